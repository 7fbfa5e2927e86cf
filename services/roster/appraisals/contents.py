"""What is said in an appraisal, and how it is sealed: for one sheet and step, so that nothing is put under another."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError

from shared.events.text import as_meant, in_one_line
from shared.events.vocabulary import Hundredths, PersonId
from shared.pipeline.allowance import Opens
from shared.pipeline.decisions import Refused

MOST_TEXT, MOST_WHY, MOST_INCIDENTS, MOST_OPENED = 500, 300, 10, 100
Text = Annotated[str, StringConstraints(min_length=1, max_length=MOST_TEXT), BeforeValidator(as_meant)]
Why = Annotated[str, StringConstraints(min_length=1, max_length=MOST_WHY), BeforeValidator(as_meant)]
Record = Annotated[str, StringConstraints(min_length=1, max_length=60), BeforeValidator(in_one_line)]
Heads = Annotated[int, Field(ge=0, le=1000, strict=True)]


class Grade(StrEnum):
    """From the best; two apart differ so much that both sides talk."""

    EXCELLENT = "excellent"
    QUALIFIED = "qualified"
    BASIC = "basic"
    UNQUALIFIED = "unqualified"


class Content(BaseModel):
    """JSON of these names and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Members(Content):
    """Who is appraised, each once."""

    persons: Annotated[list[PersonId], Field(min_length=1, max_length=MOST_OPENED)]


class OwnWords(Content):
    """How a person did its duties, and what it did beyond them."""

    duty: Text
    role: Text


class Ballot(Content):
    """How many of the branch were present, and how many gave each grade."""

    present: Heads
    excellent: Heads
    qualified: Heads
    basic: Heads
    unqualified: Heads

    @property
    def given(self) -> int:
        """Grades, by how many."""
        return self.excellent + self.qualified + self.basic + self.unqualified


class PartMark(Content):
    """Points in hundredths, and why."""

    points: Hundredths
    why: Why


class CommitteePart(Content):
    """Daily duty, service, Party life, what the person did beyond; upheld incidents by the numbers of their records."""

    daily: PartMark
    service: PartMark
    party_life: PartMark
    role: PartMark
    incidents: Annotated[list[Record], Field(max_length=MOST_INCIDENTS)] = []
    grade: Grade


class HomePart(Content):
    """The home branch's grade and its one sentence."""

    grade: Grade
    sentence: Why


class Words(Content):
    """A text: what was agreed on, or for which reason."""

    text: Text


class AppealAnswered(Content):
    """Whether the person is right, and why."""

    upheld: bool
    text: Text


C = TypeVar("C", bound=Content)


def opened(keys: Opens | None, enclosed: str, of: str, step: str, kind: type[C]) -> C | Refused:
    """What was enclosed for a sheet and step; never a word of what stands there in the reason for a no."""
    if keys is None:
        return Refused("no-people-keys")
    try:
        return kind.model_validate_json(keys.open(enclosed, of, step))
    except ValidationError:
        return Refused("unfit-enclosure")
    except ValueError:
        return Refused("unreadable-enclosure")


def content_of(keys: Opens | None, parts: dict[str, str], of: str, step: str, kind: type[C]) -> C | None:
    """What was said in a step before; None while nothing was, or nothing is left of it."""
    kept = parts.get(step)
    found = opened(keys, kept, of, step, kind) if kept else None
    return None if isinstance(found, Refused) else found
