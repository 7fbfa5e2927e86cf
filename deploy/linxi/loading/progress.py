"""How far the year is: a bar in a terminal, a line every few seconds in a log."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

EVERY = 5.0
"""Seconds between two lines."""


class Tally:
    """Counts and times what was sent."""

    def __init__(self, total: int) -> None:
        self.total, self.done, self.own, self.since = total, 0, 0, time.monotonic()

    def sent(self, count: int) -> None:
        """So many more are stored."""
        self.own += count
        self.done += count

    def skipped(self, count: int) -> None:
        """So many were there already."""
        self.done += count

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return max(time.monotonic() - self.since, 0.001)

    @property
    def rate(self) -> float:
        """Submissions a second, those skipped not counted."""
        return self.own / self.seconds

    @property
    def seconds_left(self) -> float:
        """At the rate so far."""
        return max(self.total - self.done, 0) / self.rate if self.own else 0.0


class Bar(Tally):
    """A bar that moves."""

    def __init__(self, total: int, bar: Progress) -> None:
        super().__init__(total)
        self._bar, self._task = bar, bar.add_task("2018", total=total, rate=0)

    def sent(self, count: int) -> None:
        """Moves the bar."""
        super().sent(count)
        self._bar.update(self._task, completed=self.done, rate=round(self.rate))

    def skipped(self, count: int) -> None:
        """Moves the bar."""
        super().skipped(count)
        self._bar.update(self._task, completed=self.done)


class Lines(Tally):
    """A line now and then."""

    def __init__(self, total: int) -> None:
        super().__init__(total)
        self._said = self.since

    def sent(self, count: int) -> None:
        """Says how far it is, not too often."""
        super().sent(count)
        if time.monotonic() - self._said >= EVERY:
            self._said = time.monotonic()
            left = f"{self.seconds_left:.0f} s left"
            print(f"2018: {self.done}/{self.total} submissions, {self.rate:.0f}/s, {left}", flush=True)


@contextmanager
def metered(total: int) -> Iterator[Tally]:
    """A bar when somebody watches, lines when a log does."""
    console = Console()
    if not console.is_terminal:
        yield Lines(total)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}/s"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as bar:
        yield Bar(total, bar)
