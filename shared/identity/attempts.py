"""Attempts to get in that failed: who goes on guessing waits ever longer, and nobody else is shut out by it.

Counted by code, by address, and by both together, in bounded memory and for `FORGET` seconds after the last. Only the
same code from the same address has to wait before it is looked at again; to whoever fails otherwise it is answered
later, and what is right is taken at once from wherever else it comes.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import NamedTuple

FREE = 5
"""Failures that cost nothing: slips of a hand."""
LONGEST, LATEST = 60.0, 2.0
"""Seconds: the longest wait between two attempts, and the most by which an answer comes later."""
FORGET = 900.0
MOST = 10_000
"""Pairs, addresses and codes that are remembered, the last of each."""
AT_ONCE = 64
"""Answers that are kept back at a time; beyond that they cost this process more than whoever asks."""


def wait_after(failures: int) -> float:
    """Seconds before the next attempt: 1, 2, 4, ... once there were too many."""
    return 0.0 if failures < FREE else min(2.0 ** min(failures - FREE, 30), LONGEST)


def late_by(failures: int) -> float:
    """Seconds by which it is answered that an attempt failed."""
    return min(0.1 * max(failures - FREE, 0), LATEST)


def is_worth_a_line(failures: int) -> bool:
    """The first of them, then the eighth, sixteenth, ...: guessing fills no log."""
    return failures <= FREE or failures.bit_count() == 1


class _Failed(NamedTuple):
    times: int
    last: float


class _Counts:
    """Of one kind of key, the last that failed."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._failed: OrderedDict[str, _Failed] = OrderedDict()

    def of(self, key: str) -> _Failed:
        """None so far, or none for long."""
        held = self._failed.get(key, _Failed(0, 0.0))
        return held if self._clock() - held.last < FORGET else _Failed(0, 0.0)

    def add(self, key: str) -> int:
        """How many there are with this one."""
        times = self.of(key).times + 1
        self._failed[key] = _Failed(times, self._clock())
        self._failed.move_to_end(key)
        if len(self._failed) > MOST:
            self._failed.popitem(last=False)
        return times

    def forget(self, key: str) -> None:
        self._failed.pop(key, None)

    def __len__(self) -> int:
        return len(self._failed)


class Attempts:
    """Those of one process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._pairs, self._addresses, self._codes = (_Counts(clock) for _ in range(3))
        self._kept_back = 0

    def __len__(self) -> int:
        """What is remembered."""
        return len(self._pairs) + len(self._addresses) + len(self._codes)

    def wait(self, code: str, address: str) -> float:
        """Seconds before this code is looked at again from this address; 0 when it is now."""
        failed = self._pairs.of(_pair(code, address))
        return max(0.0, failed.last + wait_after(failed.times) - self._clock()) if failed.times else 0.0

    def failed(self, code: str, address: str) -> int:
        """How often by now, of the code or from the address, whichever is more; no code counts as none."""
        of_code = self._codes.add(code) if code else 0
        self._pairs.add(_pair(code, address))
        return max(of_code, self._addresses.add(address))

    def succeeded(self, code: str, address: str) -> None:
        """Its own slips are forgotten; what others tried from there or of it is not."""
        self._pairs.forget(_pair(code, address))

    async def kept_back(self, failures: int) -> None:
        """Until it is answered that one more failed."""
        if self._kept_back < AT_ONCE and (late := late_by(failures)):
            self._kept_back += 1
            try:
                await asyncio.sleep(late)
            finally:
                self._kept_back -= 1


def _pair(code: str, address: str) -> str:
    return f"{code} {address}"
