"""How far the year is, in submissions."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from deploy.progress import Watch, watched


class Tally:
    """Counts and times what was sent."""

    def __init__(self, total: int, watch: Watch | None = None) -> None:
        self.done, self.own, self.since = 0, 0, time.monotonic()
        self._watch = watch or Watch()
        self._watch.begins("2018", total, "件")

    def sent(self, count: int) -> None:
        """So many more are stored."""
        self.own += count
        self.done += count
        self._watch.at(f"{self.own / max(time.monotonic() - self.since, 0.001):.0f}/s")
        self._watch.reached(self.done)

    def skipped(self, count: int) -> None:
        """So many were there already."""
        self.done += count
        self._watch.skips(self.done)


@contextmanager
def metered(total: int) -> Iterator[Tally]:
    """A bar when somebody watches, lines when a log does."""
    with watched() as watch:
        yield Tally(total, watch)
        watch.ends()
