"""What is kept of assessments: schemes, lists of a period, each unit in them, and what keeps grades down."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from services.feedback.assessment.result import Result
from services.feedback.documents.model import HandStep
from services.feedback.reports import periods
from shared.database.documents import Document
from shared.events.assessment import Indicator, VetoGround
from shared.events.vocabulary import OrganisationKind, ReportKind
from shared.part import KeptPart


class AssessedBy(KeptPart):
    """By what units are assessed from a day on; bounds of grades are points."""

    effective_from: date
    indicators: tuple[Indicator, ...]
    excellent_from: int
    good_from: int
    passing_from: int
    excellent_share: int
    quarterly: bool

    def of(self, kind: OrganisationKind) -> tuple[Indicator, ...]:
        """The indicators of a kind; a kind that has none is not assessed."""
        return tuple(one for one in self.indicators if one.applies_to is kind)


class AssessmentScheme(Document):
    """A county's, oldest first."""

    collection: ClassVar[str] = "assessment_schemes"

    history: tuple[AssessedBy, ...] = ()

    def on(self, day: date) -> AssessedBy | None:
        """The one in force on a day."""
        return next((one for one in reversed(self.history) if one.effective_from <= day), None)

    def of(self, period: str) -> AssessedBy | None:
        """By which a period is assessed: a year, and a quarter where the scheme says so; months never are."""
        found, kind = self.on(periods.last_day(period)), periods.kind_of(period)
        if found is None or kind is ReportKind.MONTHLY:
            return None
        return found if kind is ReportKind.ANNUAL or found.quarterly else None


class AssessmentState(StrEnum):
    """Where a period's list is."""

    DRAWN_UP = "drawn-up"
    APPROVED = "approved"


class Vote(KeptPart):
    """How a list was voted on: on which day, by how many of how many."""

    held_on: date
    present: int
    in_favour: int
    against: int
    abstained: int


class LostVote(KeptPart):
    """A vote on an edition that was not carried; when it was entered, and the key of what entered it."""

    vote: Vote
    edition: int
    entered: datetime
    submission: str
    withdrawn: bool = False


class Assessment(Document):
    """The list of a period; each change is an edition. `submission` is the key of what approved it.

    `lost` are the votes on it that were not carried, those that were withdrawn among them, as they were entered.
    """

    collection: ClassVar[str] = "assessments"

    county: str
    period: str
    kind: ReportKind
    edition: int = 1
    state: AssessmentState = AssessmentState.DRAWN_UP
    scheme_from: date
    drawn_up: datetime
    members: int
    vote: Vote | None = None
    submission: str = ""
    lost: tuple[LostVote, ...] = ()
    steps: tuple[HandStep, ...] = ()

    @property
    def votes_lost(self) -> tuple[LostVote, ...]:
        """Those that count."""
        return tuple(one for one in self.lost if not one.withdrawn)

    @property
    def voted_down(self) -> LostVote | None:
        """The last vote on the edition that waits, where there was one: it is drawn up anew, or voted on once more."""
        mine = [one for one in self.votes_lost if one.edition == self.edition]
        return mine[-1] if mine and self.state is AssessmentState.DRAWN_UP else None


class Assessed(Document):
    """A unit in a period's list, by its report's id; `is_approved` is the list's.

    One that a later edition has no more is `withdrawn`.
    """

    collection: ClassVar[str] = "assessed"

    county: str
    organisation: str
    name: str
    organisation_kind: OrganisationKind
    period: str
    edition: int
    is_approved: bool = False
    result: Result
    withdrawn: bool = False


class Veto(Document):
    """What keeps a unit's grade down in a period; its id is the key of what entered it."""

    collection: ClassVar[str] = "vetoes"

    county: str
    organisation: str
    period: str
    veto: VetoGround
    reason: str
    proof: str
    entered: datetime
    withdrawn: bool = False


def assessment_id(county: str, period: str) -> str:
    """A county has one list of a period."""
    return f"{county}/{period}"


def assessed_of(county: str, period: str) -> Mapping[str, Any]:
    """The filter of the units in a period's list."""
    return {"county": county, "period": period}


def vetoes_of(county: str, period: str) -> Mapping[str, Any]:
    """The filter of what keeps grades down in a period."""
    return {"county": county, "period": period, "withdrawn": {"$ne": True}}
