"""What the roster keeps beside organisations: duty turns, the service guide, issues, learning."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from shared.documents import Document


class Turn(Document):
    """A term of duty: one holder alone (轮值) or several together (联值), and what was done in it."""

    collection: ClassVar[str] = "turns"

    county: str
    holders: tuple[str, ...]
    begins: date
    ends: date
    months: int
    theme: str
    work: dict[str, int] = {}
    ideas: int = 0


class PlannedTurn(BaseModel):
    """A turn's place in the county's plan; the last day is its own."""

    model_config = ConfigDict(frozen=True)

    turn: str
    holders: tuple[str, ...]
    begins: date
    ends: date


class Duty(Document):
    """The county's plan of turns and who holds the duty now: the guard against two holders at once."""

    collection: ClassVar[str] = "duties"

    planned: tuple[PlannedTurn, ...] = ()
    holding: str | None = None

    def overlapping(self, begins: date, ends: date) -> PlannedTurn | None:
        """The planned turn that shares a day with this term."""
        return next((turn for turn in self.planned if turn.begins <= ends and begins <= turn.ends), None)

    def beginning(self, day: date) -> PlannedTurn | None:
        """The turn that begins on a day."""
        return next((turn for turn in self.planned if turn.begins == day), None)


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


class Subplan(Document):
    """A reform sub-plan that a member leads."""

    collection: ClassVar[str] = "subplans"

    organisation: str
    title: str


class Certificate(Document):
    """A certificate that a person gained."""

    collection: ClassVar[str] = "certificates"

    certificate: str
    number: str
    person: str
    home: str


class Idea(Document):
    """A suggestion collected in a turn."""

    collection: ClassVar[str] = "ideas"

    organisation: str
    turn: str
    title: str


class Lesson(Document):
    """A lesson and how many attended it, by organisation."""

    collection: ClassVar[str] = "lessons"

    title: str
    day: date


class Attendance(Document):
    """An organisation's attendance at a lesson."""

    collection: ClassVar[str] = "attendances"

    lesson: str
    organisation: str
    attended: int
