"""Tasks as a service tells them, finished but for the page: titles with names, where each is done, until when."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from shared.calendar import working_day_before
from shared.forms import Shown
from shared.pages.chinese import day_text
from shared.pages.words import ShownState

SOON = 3
"""Days before its due day from which on a task says so in colour, and at the latest the working day before it."""


def anchor_of(id: str) -> str:
    """The same for the same task; two of one page have two."""
    return f"t-{hashlib.sha256(id.encode()).hexdigest()[:12]}"


class Tab(StrEnum):
    """Which list: what is mine to do, what I did, what I am only told, and all that waits in one's own subtree."""

    MINE = "mine"
    DONE = "done"
    COPIED = "copied"
    ALL = "all"


class TaskPicture(BaseModel):
    """A photo in a row; without addresses it has not arrived."""

    model_config = ConfigDict(frozen=True)

    name: str
    small: str = ""
    whole: str = ""


class Task(BaseModel):
    """One thing that waits. `id` is its own within its service; `forms` are done in the row, where that is possible."""

    model_config = ConfigDict(frozen=True)

    id: str
    title: str
    says: str = ""
    url: str
    button: str = ""
    """What is pressed to go there; without one the title leads there alone."""
    whose: str = ""
    """Whose turn it is, where it is not the viewer's."""
    kind: str = ""
    """Its kind's name, put in by whoever asked for it."""
    slug: str = ""
    """Its kind's, put in with it."""
    since: date | None = None
    at: datetime | None = None
    """When it was done, where that is known to the second."""
    due: date | None = None
    is_overdue: bool = False
    before: tuple[TaskPicture, ...] = ()
    after: tuple[TaskPicture, ...] = ()
    forms: tuple[Shown, ...] = ()
    folded: tuple[Shown, ...] = ()
    """Forms that need words: they open in the row."""
    reminded: str = ""
    """When it was reminded of last and by whom, as whoever looks may know."""
    state: tuple[str, str] = ("", "")
    """A word and its level, for what has no due day."""

    @property
    def anchor(self) -> str:
        """By which the page's address names it: short, for it stands in the address of each form."""
        return anchor_of(self.id)

    def shown_state(self, today: date) -> ShownState:
        """How it stands with its due day; what is overdue says for how long."""
        if self.due is None:
            return ShownState(*self.state)
        late = (today - self.due).days
        if self.is_overdue or late > 0:
            return ShownState(f"逾期{late}天" if late > 0 else "已逾期", "bad")
        if late == 0:
            return ShownState("今天到期", "warn")
        is_soon = late >= -SOON or today >= working_day_before(self.due)
        return ShownState(f"{_near(self.due, today)}到期", "warn" if is_soon else "")


def _near(day: date, today: date) -> str:
    """Of this year without the year, for there is little room."""
    if day - today == timedelta(days=1):
        return "明天"
    return f"{day.month}月{day.day}日" if day.year == today.year else day_text(day)


class KindCount(BaseModel):
    """How many tasks there are of a kind, and how many of them are overdue: exact, however few are shown."""

    model_config = ConfigDict(frozen=True)

    slug: str
    name: str
    count: int
    overdue: int = 0


class TodoPart(BaseModel):
    """What one service knows: of each kind how many, and the first of all in the order of the list."""

    model_config = ConfigDict(frozen=True)

    service: str
    kinds: tuple[KindCount, ...] = ()
    tasks: tuple[Task, ...] = ()
    tabs: dict[Tab, int] = {}
    """How much every list holds, where that was asked for."""

    @property
    def count(self) -> int:
        """Of all kinds."""
        return sum(one.count for one in self.kinds)


@dataclass(frozen=True, slots=True)
class Gathered:
    """The parts that answered, and the services that did not."""

    parts: Sequence[TodoPart]
    silent: Sequence[str] = ()

    @property
    def kinds(self) -> list[KindCount]:
        """Those of which there is something."""
        return [kind for part in self.parts for kind in part.kinds if kind.count]

    @property
    def count(self) -> int:
        """Of all that answered."""
        return sum(part.count for part in self.parts)

    def of_tab(self, tab: Tab) -> int:
        """How much a list holds."""
        return sum(part.tabs.get(tab, 0) for part in self.parts)


def in_order(tasks: Iterable[Task]) -> list[Task]:
    """What is overdue first, then by due day, then what waits longest; of equals by their ids."""
    return sorted(tasks, key=lambda one: (not one.is_overdue, one.due or date.max, one.since or date.max, one.id))


def newest_first(tasks: Iterable[Task]) -> list[Task]:
    """What was done or told, the last first."""
    return sorted(tasks, key=_when, reverse=True)


def _when(one: Task) -> tuple[date, float, str]:
    return one.since or date.min, one.at.timestamp() if one.at else 0.0, one.id
