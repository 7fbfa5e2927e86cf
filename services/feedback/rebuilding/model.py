"""What is kept of a rebuild: how far it is, and what it put right."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, ClassVar

from shared.database.documents import Document
from shared.part import KeptPart

MOST_LINES = 500
"""Figures that are named; more are counted."""
SILENT_AFTER = timedelta(minutes=1)
"""Since its last word: then it has ended without one."""


class PutRight(KeptPart):
    """A figure as it was kept and as its facts add up; `place` is a path in the tree, or of a stock an organisation."""

    month: str
    place: str
    measure: str
    kept: int
    computed: int


class Rebuild(Document):
    """One after another in a county: while `is_running`, `beat` is its last word.

    It was `begun` by a person, and `read_from` is when a process set to work on it, for the first time or again.
    Whoever goes on with it writes it with each month that it puts right, in the same transaction, so that of two only
    one does.
    """

    collection: ClassVar[str] = "rebuilds"

    county: str
    by: str
    person: str = ""
    begun: datetime
    read_from: datetime | None = None
    beat: datetime
    is_running: bool = True
    ended: datetime | None = None
    months: tuple[str, ...] = ()
    done: int = 0
    facts: int = 0
    facts_read: int = 0
    count: int = 0
    lines: tuple[PutRight, ...] = ()
    altered: tuple[str, ...] = ()
    wrong: str = ""

    def is_unheard(self, now: datetime) -> bool:
        """Whether it is said to run, and nobody has heard of it for too long."""
        return self.is_running and now - self.beat > SILENT_AFTER

    def seconds_left(self) -> float | None:
        """At the speed so far; None before anything was read, and of one that does not run."""
        took = (self.beat - (self.read_from or self.begun)).total_seconds()
        if not self.is_running or not self.facts_read or took <= 0:
            return None
        return took * (self.facts - self.facts_read) / self.facts_read

    def with_lines(self, more: list[PutRight]) -> dict[str, Any]:
        """What changes when so many figures more were put right."""
        return {"count": self.count + len(more), "lines": (*self.lines, *more)[:MOST_LINES]}
