"""Keeps the process that answers running, from the one that decides.

    decides  --  makes, and is ended with -->  answers

It is made first before anything is open: parted from this one, it shares nearly all of its memory. Later this one has
connections and threads, which do not survive a fork: then the same program is started, which is told to answer alone
(`handed.py`) and shares nothing. A third process between them, that could always be parted, held 17 MB for that.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable, Set
from contextlib import suppress
from typing import NoReturn

from shared.backoff import doubling
from shared.process.tied import end_with

SHORTEST, LONGEST, STEADY = 0.1, 5.0, 10.0
"""Seconds between an end and the next start: doubled each time, from the shortest again after one that was steady."""


class Keeper:
    """Of one process at a time."""

    def __init__(self, pid: int, again: Callable[[], int], for_good: Set[int] = frozenset()) -> None:
        self._pid: int | None = pid
        self._again, self._for_good = again, for_good
        self._stopping = asyncio.Event()

    @classmethod
    def of(cls, answers: Callable[[], int], again: Callable[[], int], for_good: Set[int] = frozenset()) -> Keeper:
        """`answers` runs now in a process of its own; `again` starts another when that ends, unless for good."""
        parent, pid = os.getpid(), os.fork()
        if not pid:
            _become(parent, answers)
        return cls(pid, again, for_good)

    async def ended(self) -> int:
        """Makes it anew again and again; returns a status that is for good, or 0 once it was told to stop."""
        pauses = doubling(SHORTEST, LONGEST)
        while self._pid is not None:
            since = time.monotonic()
            status = await _ended(self._pid)
            self._pid = None
            if self._stopping.is_set() or status in self._for_good:
                return 0 if self._stopping.is_set() else status
            if time.monotonic() - since > STEADY:
                pauses = doubling(SHORTEST, LONGEST)
            if not await self._is_stopped_within(next(pauses)):
                self._pid = self._again()
        return 0

    async def _is_stopped_within(self, seconds: float) -> bool:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        return self._stopping.is_set()

    def stop(self) -> None:
        """It lets what is being answered be answered, and ends."""
        self._stopping.set()
        if self._pid is not None:
            os.kill(self._pid, signal.SIGTERM)


def _become(parent: int, work: Callable[[], int]) -> NoReturn:
    """The rest of a process's life; it never returns into what its parent was doing."""
    code = 1
    try:
        end_with(parent)
        code = work()
    finally:
        os._exit(code)


async def _ended(pid: int) -> int:
    """The status with which a child has ended."""
    loop, done = asyncio.get_running_loop(), asyncio.Event()
    descriptor = os.pidfd_open(pid)
    loop.add_reader(descriptor, done.set)
    try:
        await done.wait()
    finally:
        loop.remove_reader(descriptor)
        os.close(descriptor)
    return _reaped(pid)


def _reaped(pid: int) -> int:
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status)
