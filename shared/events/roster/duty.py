"""Duty turns: who holds them, and what is done in them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from shared.events.registry import Fact, Submission
from shared.events.vocabulary import Code, Day, Note, Several, Slug, Title

TurnId = Annotated[
    str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{1,2}$"), Field(description="Year and number: 2018-3.")
]
Holders = Annotated[
    list[Code], Field(min_length=1, max_length=12, description="One: a solo turn; several: a joint turn.")
]
Months = Annotated[int, Field(ge=1, le=12, strict=True)]


class PlanTurn(Submission, service="roster", committee_only=True):
    """Who holds the committee's duty from a day on, for a term in months (three, by the committee's rule)."""

    turn: TurnId
    holders: Holders
    begins: Day
    months: Months = 3
    theme: Title


class RotateDuty(Submission, service="roster", committee_only=True):
    """A tick: the turn of this day takes over unless it has, the one before it ends."""

    due: Day


class RecordTurnWork(Submission, service="roster"):
    """What a holder did in its turn, in a countable unit (106 banners, 26 home visits)."""

    turn: TurnId
    work: Slug
    quantity: Several
    note: Note = ""


class SubmitIdea(Submission, service="roster"):
    """A suggestion collected during a turn, later appraised as gold or silver (金点子, 银点子)."""

    turn: TurnId
    title: Title


class TurnPlanned(Fact, service="roster"):
    """A turn was planned."""

    turn: TurnId
    holders: Holders
    begins: Day
    ends: Day


class TurnCancelled(TurnPlanned, service="roster"):
    """A planned turn was cancelled or is planned otherwise, before it began: what its planning told, as of then."""


class DutyRotated(Fact, service="roster"):
    """The duty passed to the holders of a turn."""

    turn: TurnId
    holders: Holders
    before: TurnId | None
    begins: Day
    ends: Day


class TurnBegun(Fact, service="roster"):
    """A turn begins for one of its holders, alone or with `others`: told beside the passing of the duty."""

    turn: TurnId
    others: Annotated[int, Field(ge=0, le=11, strict=True, description="0: a solo turn; more: a joint turn.")]
    begins: Day
    ends: Day


class TurnWorkRecorded(Fact, service="roster"):
    """A holder did something in its turn."""

    turn: TurnId
    work: Slug
    quantity: Several


class IdeaSubmitted(Fact, service="roster"):
    """A suggestion was collected in a turn."""

    turn: TurnId
    idea: Slug
    title: Title


class TurnWorkWithdrawn(TurnWorkRecorded, service="roster"):
    """Work in a turn was corrected or withdrawn: what its record told, as of then."""


class IdeaWithdrawn(IdeaSubmitted, service="roster"):
    """A suggestion was corrected or withdrawn: what its submission told, as of then."""
