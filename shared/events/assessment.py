"""Events of assessment: schemes of indicators, lists drawn up and approved, and what keeps a grade down."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from shared.events.documents.named import Edition
from shared.events.registry import Fact, Submission
from shared.events.vocabulary import Code, Day, OrganisationKind, Period, Slug, Statement, Title
from shared.part import SubmittedPart

MOST_INDICATORS, MOST_STEPS, MOST_ADJUSTED = 60, 20, 10
"""Indicators of a scheme, steps of one; points that all deductions, and all bonuses, of one kind come to at most."""
MOST_NAME = 40
"""Characters of an indicator's name: it stands in a column of a document."""

IndicatorName = Annotated[Title, StringConstraints(max_length=MOST_NAME)]
WholePoints = Annotated[int, Field(ge=1, le=100, strict=True, description="Whole points of a hundred.")]
Amount = Annotated[
    int,
    Field(ge=0, le=1_000_000_00, strict=True, description="Of a figure as it is read, in hundredths: 98 % is 9800."),
]
Heads = Annotated[int, Field(ge=0, le=1_000, strict=True, description="People at a meeting.")]


class ScoringWay(StrEnum):
    """How a figure becomes points: in proportion, in whole steps, or taken from and added to the hundred."""

    LINEAR = "linear"
    STEPS = "steps"
    DEDUCT = "deduct"
    BONUS = "bonus"


class Without(StrEnum):
    """What becomes of an indicator's points where a unit has no such figure."""

    SPREAD = "spread"
    FULL = "full"
    ZERO = "zero"


class Grade(StrEnum):
    """优秀, 良好, 合格, 不合格, the best first."""

    EXCELLENT = "excellent"
    GOOD = "good"
    PASSING = "passing"
    FAILING = "failing"


class VetoGround(StrEnum):
    """Why a grade is kept down (一票否决): a violation that was established, or something concealed."""

    VIOLATION = "violation"
    CONCEALMENT = "concealment"


class VoteOutcome(StrEnum):
    """通过, 未通过."""

    CARRIED = "carried"
    NOT_CARRIED = "not-carried"


class Indicator(SubmittedPart):
    """A figure that units of one kind are marked by, and how.

    `floor` is where points begin, `target` where there are all of them; a floor above its target is for figures of
    which less is better. Of a deduction the target is where all of it is taken. `divided_by` makes a quotient of two
    counts, or of a count and the unit's `places`. Steps are how many there are between floor and target.
    """

    name: IndicatorName
    applies_to: OrganisationKind
    figure: Slug
    divided_by: Slug | None = None
    way: ScoringWay = ScoringWay.LINEAR
    weight: WholePoints
    floor: Amount
    target: Amount
    steps: Annotated[int, Field(ge=1, le=MOST_STEPS, strict=True)] = 1
    without: Without = Without.SPREAD

    @property
    def is_weighted(self) -> bool:
        """Whether it is one of those that come to a hundred points, and no deduction or bonus."""
        return self.way in (ScoringWay.LINEAR, ScoringWay.STEPS)


# Submissions


class AdoptAssessmentScheme(Submission, service="feedback", committee_only=True):
    """From a 1 January on units are assessed by these indicators, which of each kind come to a hundred points.

    Bounds of grades are points; `excellent_share` is how many in a hundred of a kind may be excellent.
    """

    effective_from: Day
    indicators: Annotated[list[Indicator], Field(min_length=1, max_length=MOST_INDICATORS)]
    excellent_from: WholePoints = 90
    good_from: WholePoints = 80
    passing_from: WholePoints = 60
    excellent_share: Annotated[int, Field(ge=0, le=100, strict=True)] = 30
    quarterly: Annotated[bool, Field(description="Whether quarters are assessed as well as years.")] = False


class RedrawAssessment(Submission, service="feedback", committee_only=True):
    """A period's list is drawn up anew from the figures that its reports have now; one that is approved stays."""

    period: Period


class ApproveAssessment(Submission, service="feedback", committee_only=True):
    """The committee's secretaries voted on a list as it was read: it is carried by more than half of those present.

    `outcome` is what came of it, which its numbers must bear out; without one it says that it was carried.
    """

    period: Period
    edition: Edition
    held_on: Day
    present: Heads
    in_favour: Heads
    against: Heads
    abstained: Heads
    outcome: VoteOutcome | None = None


class VetoAssessment(Submission, service="feedback", committee_only=True):
    """A unit's grade in a period is not above passing, for a reason and with its proof, by name and number."""

    member: Code
    period: Period
    veto: VetoGround
    reason: Statement
    proof: Title


# Facts


class AssessmentSchemeAdopted(Fact, service="feedback"):
    """From a day on units are assessed by a scheme."""

    effective_from: Day


class AssessmentSchemeWithdrawn(AssessmentSchemeAdopted, service="feedback"):
    """They are not after all, or by another; nothing was drawn up under it."""


class AssessmentDrawnUp(Fact, service="feedback"):
    """A period's list was drawn up, on closing it or anew; whatever changes it makes another edition."""

    period: Period
    edition: Edition
    members: Annotated[int, Field(ge=0, le=10_000, strict=True, description="Units in it.")]


class AssessmentApproved(Fact, service="feedback"):
    """A period's list was approved as it stands in an edition."""

    period: Period
    edition: Edition


class AssessmentApprovalWithdrawn(AssessmentApproved, service="feedback"):
    """It was not after all: no document that bears it was signed."""


class AssessmentNotCarried(Fact, service="feedback"):
    """A vote on a period's list, as it stands in an edition, was not carried: the list waits as before."""

    period: Period
    edition: Edition


class AssessmentNotCarriedWithdrawn(AssessmentNotCarried, service="feedback"):
    """There was no such vote after all."""


class AssessmentVetoed(Fact, service="feedback"):
    """The grade of the unit concerned is kept down in a period; why is told to those who may read it."""

    period: Period


class AssessmentVetoWithdrawn(AssessmentVetoed, service="feedback"):
    """It is not."""
