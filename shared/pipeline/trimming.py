"""A stream is trimmed behind what is decided: at once, but for whoever uses up a share once a second.

Each message that is stored is written to the disk before the bus looks at the next one or hands any out: whoever sends
without end would be given room with every batch, and everybody's would wait for his.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable

from shared.bus.connection import Bus, Message
from shared.bus.streams import SHARE, SUBMISSIONS, Subscription
from shared.roster.organisations import county_of

WHILE = 1.0
"""Seconds in which a submitter whose whole share was waiting is given room once."""
LEAST = 0.01
"""Seconds of a pull that the server does not end before it began."""


class Trimming:
    """Behind one subscription's place."""

    def __init__(self, bus: Bus, of: Subscription, now: Callable[[], float] = time.monotonic) -> None:
        self._bus, self._of, self._now = bus, of, now
        self._trimmed, self._at = 0, -WHILE
        self._decided = Counter[str]()

    def decided(self, messages: Iterable[Message]) -> None:
        """Counted to their submitters; the county's own programs end by themselves."""
        if self._of.stream == SUBMISSIONS.name:
            self._decided.update(message.subject.rpartition(".")[2] for message in messages)

    async def up_to(self, done: int) -> float:
        """Trims to there, or says in how many seconds to ask again."""
        if not self._of.trims or done <= self._trimmed:
            return 0.0
        if wait := self._wait():
            return wait
        await self._bus.trim(self._of, done)
        self._trimmed, self._at = done, self._now()
        self._decided.clear()
        return 0.0

    def _wait(self) -> float:
        left = self._at + WHILE - self._now()
        uses_up = any(n >= SHARE and code != county_of(code) for code, n in self._decided.items())
        return max(left, LEAST) if uses_up and left > 0 else 0.0
