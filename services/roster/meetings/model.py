"""The service guide with its dated limits, and the issues that joint meetings resolve."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from shared.database.documents import Document


class Limit(BaseModel):
    """A process limit in working days, in force from a day on."""

    model_config = ConfigDict(frozen=True)

    since: date
    days: int
    issue: str | None = None


class Process(Document):
    """An item of the service guide; its limits are dated, the newest last."""

    collection: ClassVar[str] = "processes"

    name: str
    responsible: str
    limits: tuple[Limit, ...]

    def limit_on(self, day: date) -> Limit | None:
        """The limit in force on a day."""
        return next((limit for limit in reversed(self.limits) if limit.since <= day), None)


class GuideList(Document):
    """One of the lists that make the service guide."""

    collection: ClassVar[str] = "guide_lists"

    name: str
    items: int


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
