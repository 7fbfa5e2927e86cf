"""Keeps the process that answers running: made before anything is open, so that it can make that one again and again.

    decides  --  makes, and is ended with -->  keeper  --  makes, and is ended with -->  answers

What decides cannot make it: it has connections and threads, which do not survive a fork. The keeper has neither, and
shares nearly all of its memory with the other two.
"""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable, Set
from typing import NoReturn

from shared.backoff import doubling
from shared.process.tied import end_with

SHORTEST, LONGEST, STEADY = 0.1, 5.0, 10.0
"""Seconds between an end and the next start: doubled each time, from the shortest again after one that was steady."""
STOPS = {signal.SIGTERM, signal.SIGINT}
HEARD = {*STOPS, signal.SIGCHLD}


class Keeper:
    """The keeper as the process has it that decides."""

    def __init__(self, pid: int) -> None:
        self._pid, self._status = pid, -1

    @classmethod
    def of(cls, answers: Callable[[], int], for_good: Set[int] = frozenset()) -> Keeper:
        """Made now; `answers` runs in a process of its own, and again when that ends but with a status `for_good`."""
        parent, pid = os.getpid(), os.fork()
        if not pid:
            _become(parent, lambda: _keep(answers, for_good))
        return cls(pid)

    async def ended(self) -> int:
        """Its status when it has ended, whether told to or not: one for good, or 0."""
        loop, done = asyncio.get_running_loop(), asyncio.Event()
        descriptor = os.pidfd_open(self._pid)
        loop.add_reader(descriptor, done.set)
        try:
            await done.wait()
        finally:
            loop.remove_reader(descriptor)
            os.close(descriptor)
        return self._reaped()

    def _reaped(self) -> int:
        if self._status < 0:
            _, status = os.waitpid(self._pid, 0)
            self._status = os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 1
        return self._status

    def stop(self) -> None:
        """It lets what is being answered be answered, and ends."""
        if self._status < 0:
            os.kill(self._pid, signal.SIGTERM)


def _become(parent: int, work: Callable[[], int]) -> NoReturn:
    """The rest of a process's life; it never returns into what its parent was doing."""
    code = 1
    try:
        end_with(parent)
        code = work()
    finally:
        os._exit(code)


def _keep(answers: Callable[[], int], for_good: Set[int]) -> int:
    """Signals wait until they are asked for, so that none falls between a fork and knowing what was forked."""
    signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)
    pauses = doubling(SHORTEST, LONGEST)
    while True:
        since = time.monotonic()
        is_stopped, status = _ends(_made(answers))
        if is_stopped or status in for_good:
            return 0 if is_stopped else status
        if time.monotonic() - since > STEADY:
            pauses = doubling(SHORTEST, LONGEST)
        if signal.sigtimedwait(STOPS, next(pauses)):
            return 0


def _made(answers: Callable[[], int]) -> int:
    parent, pid = os.getpid(), os.fork()
    if not pid:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, HEARD)
        _become(parent, answers)
    return pid


def _ends(child: int) -> tuple[bool, int]:
    """When it has ended: whether the keeper was told to stop, and passed that on; and the child's status."""
    is_stopped = False
    while True:
        if signal.sigwait(HEARD) == signal.SIGCHLD:
            ended, status = os.waitpid(child, os.WNOHANG)
            if ended:
                return is_stopped, os.waitstatus_to_exitcode(status)
        else:
            is_stopped = True
            os.kill(child, signal.SIGTERM)
