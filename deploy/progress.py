"""How far long work is: a bar where somebody watches, a line now and then where none does (cron, a journal, CI)."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Column

from deploy.embedded.terminal import say
from shared.pages.chinese import grouped, size

EVERY = 10.0
"""Seconds between two lines."""
BYTES = ""
"""The unit of what is counted in bytes, and shown as sizes; any other is a word behind the number."""
AGAIN = 0.1
"""Seconds between two looks of the bar: what is done in thousands is counted more often than that."""
WHAT, WIDE = 26, 12
"""Cells of what is done, which is cut there, and of the bar: how much and how long yet fit beside them on 80."""


def _now() -> float:
    return time.monotonic()


@dataclass
class Stretch:
    """A part of the work: `total` is 0 where nobody knows how much it is."""

    what: str
    total: int
    unit: str
    done: int = 0
    skipped: int = 0
    """Of what is done so much took no time: it was there already."""
    of: str = ""
    """Where it is just now."""
    since: float = field(default_factory=lambda: _now())

    @property
    def seconds_left(self) -> float | None:
        """At the rate so far; None before anything is done, or where nobody knows how much it is."""
        own, took = self.done - self.skipped, _now() - self.since
        return took * (self.total - self.done) / own if own > 0 and self.done <= self.total and took > 0 else None

    def amount(self) -> str:
        """14.4 MB/40.0 MB, 1,200/178,500份; empty where nobody knows how much it is."""
        if not self.total:
            return ""
        if self.unit == BYTES:
            return f"{size(self.done)}/{size(self.total)}"
        return f"{grouped(self.done)}/{grouped(self.total)}{self.unit}"

    def line(self) -> str:
        """数据库（lianban_roster/ledger）：36%，1,200/3,400份，约还需1分20秒。"""
        left = self.seconds_left
        parts = (f"{self.done * 100 // self.total}%", self.amount(), f"约还需{lasting(left)}" if left else "")
        return f"{self.what}{f'（{self.of}）' if self.of else ''}：{'，'.join(filter(None, parts))}。"


def lasting(seconds: float) -> str:
    """40秒, 1分20秒, 2小时5分."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole}秒"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes}分{rest}秒"
    return f"{minutes // 60}小时{minutes % 60}分"


class Watch:
    """To whom work says how far it is; as it stands: a line every `EVERY` seconds of a stretch that lasts."""

    def __init__(self, says: Callable[[str], None] = say) -> None:
        self._says = says
        self._stretch: Stretch | None = None
        self._last = _now()

    def says(self, line: str) -> None:
        """What stays to be read."""
        self._says(line)

    def begins(self, what: str, total: int = 0, unit: str = BYTES) -> None:
        """The next stretch; the one before it is over."""
        self._stretch, self._last = Stretch(what, total, unit), _now()
        self._shown(self._stretch)

    def at(self, of: str) -> None:
        """Where in the stretch it is now."""
        if self._stretch:
            self._stretch.of = of

    def reached(self, done: int, total: int | None = None) -> None:
        """So much of the stretch is done; `total` where it is known only now. From any thread."""
        if stretch := self._stretch:
            stretch.done = done
            stretch.total = stretch.total if total is None else total
            self._shown(stretch)

    def skips(self, done: int) -> None:
        """So much of the stretch was there already."""
        if stretch := self._stretch:
            stretch.skipped += done - stretch.done
            self.reached(done)

    def ends(self) -> None:
        """Nothing more is to be waited for."""
        self._stretch = None

    def _shown(self, stretch: Stretch) -> None:
        if stretch.total and _now() - self._last >= EVERY:
            self._last = _now()
            self.says(stretch.line())


class _Bar(Watch):
    """One bar, below what is said."""

    def __init__(self, bar: Progress) -> None:
        super().__init__(self._above)
        self._progress = bar
        self._task = bar.add_task("", visible=False, amount="", left="")
        self._shown_of: tuple[str, float] = ("", 0.0)

    def ends(self) -> None:
        """The bar goes, what was said stays."""
        super().ends()
        self._progress.update(self._task, visible=False, refresh=True)

    def _above(self, line: str) -> None:
        with suppress(OSError):
            self._progress.console.print(line, markup=False, highlight=False, soft_wrap=True)

    def _shown(self, stretch: Stretch) -> None:
        what, at = self._shown_of
        if what == stretch.what and _now() - at < AGAIN:
            return
        self._shown_of = stretch.what, _now()
        left = stretch.seconds_left
        self._progress.update(
            self._task,
            description=" ".join(filter(None, (stretch.what, stretch.of))),
            total=stretch.total or None,
            completed=stretch.done,
            visible=True,
            amount=stretch.amount(),
            left="" if left is None else f"约还需{lasting(left)}",
            refresh=what != stretch.what,
        )


def is_watched() -> bool:
    """Whether the output is a terminal that can move, and nobody asked for plain text (https://no-color.org)."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("NO_COLOR")


@contextmanager
def watched() -> Iterator[Watch]:
    """While work is done; the terminal is as before when it ends, however it ends."""
    if not is_watched():
        yield Watch()
        return
    columns = (
        TextColumn(
            "{task.description}",
            markup=False,
            table_column=Column(no_wrap=True, overflow="ellipsis", max_width=WHAT),
        ),
        BarColumn(WIDE),
        TextColumn("{task.fields[amount]}", markup=False),
        TextColumn("{task.fields[left]}", markup=False),
    )
    with Progress(*columns, console=Console(), transient=True) as bar:
        yield _Bar(bar)
