"""The service guide with its dated limits, and the issues that joint meetings resolve."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from shared.database.documents import Document
from shared.part import KeptPart


class Limit(KeptPart):
    """A process limit in working days, in force from a day on.

    By a joint meeting (`issue`), or as an item of the guide was published with its name and responsible organisation.
    """

    since: date
    days: int
    issue: str | None = None
    name: str = ""
    responsible: str = ""


class Process(Document):
    """An item of the service guide; its limits are dated, the newest last. With none left it is no item any more."""

    collection: ClassVar[str] = "processes"

    name: str
    responsible: str
    limits: tuple[Limit, ...]

    def limit_on(self, day: date) -> Limit | None:
        """The limit in force on a day."""
        return next((limit for limit in reversed(self.limits) if limit.since <= day), None)

    def without(self, since: date, issue: str | None = None) -> Process:
        """As it was before a limit was set: called, and answered for, as the last publication left says."""
        left = tuple(one for one in self.limits if (one.since, one.issue) != (since, issue))
        last = next((one for one in reversed(left) if one.name), None)
        called = {"name": last.name, "responsible": last.responsible} if last else {}
        return self.having(limits=left, **called)


IS_IN_THE_GUIDE: Mapping[str, Any] = {"limits": {"$ne": []}}
"""Of processes, those that have a limit or will have one."""


class GuideList(Document):
    """One of the lists that make the service guide."""

    collection: ClassVar[str] = "guide_lists"

    name: str
    items: int
    withdrawn: bool = False
    day: date | None = None
    """None for what was compiled before its day was kept."""
    record: str = ""
    """The submission by which it was compiled; empty for what was before that was kept."""


class Stage(StrEnum):
    """The three stages of a joint meeting."""

    RAISED = "raised"
    STUDIED = "studied"
    RESOLVED = "resolved"


class Issue(Document):
    """What a small meeting raised, the committee studied and a joint meeting resolved (三段式)."""

    collection: ClassVar[str] = "issues"

    title: str
    consulted: tuple[str, ...]
    stage: Stage
    plan: str = ""
    resolution: str = ""
    withdrawn: bool = False
    raised_by: str | None = None
    """None for what was raised before it was kept by whom."""
    also: tuple[str, ...] = ()
    """Who else raised an issue under the same name, which has an id of its own."""
    days: dict[Stage, date] = {}
    """On which day it came to each stage; nothing of those before that was kept."""
    records: dict[Stage, str] = {}
    """The submission by which it did."""

    def at(self, stage: Stage, day: date, record: str) -> dict[str, object]:
        """What is kept of its coming to a stage."""
        return {"stage": stage, "days": {**self.days, stage: day}, "records": {**self.records, stage: record}}
