"""Events of feedback: closing periods, reports, awards."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from shared.events.registry import Fact, Submission
from shared.events.vocabulary import (
    MOST_CRITERIA,
    Code,
    Count,
    Day,
    Period,
    PersonId,
    Slug,
    Statement,
    Title,
    Uuid,
)

AwardSlug = Annotated[Slug, Field(description="An entry of the county's catalogue of awards.")]
MOST_OF_CRITERION = 25
"""[A] Points that a judge gives a nomination at most for each of four criteria, where its award has none of its own."""
CriterionPoints = Annotated[int, Field(ge=0, le=MOST_OF_CRITERION, strict=True, description="Whole points.")]
CriterionNumber = Annotated[str, StringConstraints(pattern=r"^[1-8]$")]
OwnPoints = Annotated[int, Field(ge=0, le=100, strict=True, description="Whole points.")]
ReportId = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}|-Q[1-4])?_[0-9A-Z-]{6,13}$"),
    Field(description="Period and organisation: 2018-03_123456100."),
]

# Submissions


class AdoptReportingScheme(Submission, service="feedback", committee_only=True):
    """Which shorter periods a longer one replaces, from a day on: the year December, or the fourth quarter."""

    effective_from: Day
    year_replaces_december: bool
    year_replaces_fourth_quarter: bool
    quarter_replaces_last_month: bool


class ClosePeriod(Submission, service="feedback", committee_only=True):
    """A tick: a month, quarter or year is over, its reports are issued."""

    period: Period


class NominateForAward(Submission, service="feedback"):
    """An organisation (the subject), its window or a person of it is recommended for an award (推荐).

    Its `ce-id` is the nomination's. `person` is left out where the award is given to a window or organisation.
    """

    award: AwardSlug
    person: PersonId | None = None
    reason: Statement


class JudgeNomination(Submission, service="feedback", committee_only=True):
    """A judge's points for a nomination (评审); said again by the same judge the last ones hold.

    Four numbers by the usual criteria; by those of the award's own, `points` by their place in its list, from 1.
    """

    nomination: Uuid
    software: Annotated[CriterionPoints | None, Field(description="软件应用")] = None
    streamlining: Annotated[CriterionPoints | None, Field(description="流程优化")] = None
    standards: Annotated[CriterionPoints | None, Field(description="服务规范")] = None
    satisfaction: Annotated[CriterionPoints | None, Field(description="群众满意度")] = None
    points: Annotated[dict[CriterionNumber, OwnPoints], Field(max_length=MOST_CRITERIA)] = {}


class PublishNomination(Submission, service="feedback", committee_only=True):
    """A nomination is made public (公示), for five working days after this day."""

    nomination: Uuid


class ObjectToNomination(Submission, service="feedback"):
    """An organisation (the subject) says what speaks against a nomination while it is public; its `ce-id` is the
    objection's."""

    nomination: Uuid
    objected: Statement


class AnswerNominationObjection(Submission, service="feedback", committee_only=True):
    """The office looked into an objection to a nomination of the subject; said again, the last answer holds."""

    nomination: Uuid
    objection: Uuid
    upheld: bool
    answer: Statement


class GrantAward(Submission, service="feedback", committee_only=True):
    """An organisation (the subject), its window or a person of it was given an award.

    By a nomination where the award has a quota; what others gave, with its `proof`.
    """

    award: AwardSlug
    person: PersonId | None = None
    nomination: Uuid | None = None
    proof: Annotated[Title | None, Field(description="Name and number of the paper by which others gave it.")] = None


class RePlaceFacts(Submission, service="feedback", committee_only=True, carries_on=True):
    """What happened at the organisation concerned from a day on counts where it stood then, as is known now.

    A move that is entered late leaves facts behind that count where it stood before; no more than 2,000 at a time.
    """

    since: Day


# Facts


class ReportingSchemeAdopted(Fact, service="feedback"):
    """A reporting scheme holds from a day on."""

    effective_from: Day


class MonthlyReportIssued(Fact, service="feedback"):
    """A recipient's monthly feedback was issued (电子反馈)."""

    report: ReportId
    period: Period


class QuarterlyReportIssued(Fact, service="feedback"):
    """A recipient's quarterly summary was issued (文件反馈)."""

    report: ReportId
    period: Period


class AnnualReportIssued(Fact, service="feedback"):
    """A recipient's annual assessment was issued, with opinions on what to put right."""

    report: ReportId
    period: Period


class PeriodClosed(Fact, service="feedback"):
    """A period is over; so many reports were issued, or drafted, or a longer period's reports replace them."""

    period: Period
    reports: Count
    replaced_by: Period | None
    drafts: Annotated[int, Field(ge=0, le=1_000_000, strict=True, description="Drafted, to be signed first.")] = 0


class AwardNominated(Fact, service="feedback"):
    """Somebody, a window or an organisation was recommended for an award; which person stays with feedback."""

    nomination: Uuid
    award: AwardSlug


class NominationWithdrawn(AwardNominated, service="feedback"):
    """Nobody was recommended after all, or somebody else: what the nomination told, as of then."""


class NominationJudged(Fact, service="feedback"):
    """A judge gave points to a nomination; how many stays with feedback."""

    nomination: Uuid
    award: AwardSlug


class NominationPublished(Fact, service="feedback"):
    """A nomination is public up to a day; the award is not granted before the day after."""

    nomination: Uuid
    award: AwardSlug
    public_until: Day


class NominationObjected(Fact, service="feedback"):
    """An organisation objected to a nomination; what it said stays with feedback."""

    nomination: Uuid
    objection: Uuid


class NominationObjectionWithdrawn(NominationObjected, service="feedback"):
    """An organisation objects no more: what its objection told, as of then."""


class NominationObjectionAnswered(Fact, service="feedback"):
    """An objection to a nomination was answered; one that is upheld keeps the award from being granted by it."""

    nomination: Uuid
    objection: Uuid
    upheld: bool


class PublicationWithdrawn(NominationPublished, service="feedback"):
    """A nomination was not made public after all: what its publication told, as of then."""


class AwardGranted(Fact, service="feedback"):
    """An organisation, its window or a person of it was given an award; one that moves left whoever held it."""

    award: AwardSlug
    holder: Code


class AwardWithdrawn(AwardGranted, service="feedback"):
    """An award was not given after all, or to somebody else: what its granting told, as of then."""


class ReportingSchemeWithdrawn(ReportingSchemeAdopted, service="feedback"):
    """A reporting scheme does not hold after all, or is another; no period was closed under it."""


class FactsRePlaced(Fact, service="feedback"):
    """So many facts of an organisation count at another place in the tree than before, so many are left to be asked."""

    since: Day
    count: Count
    left: Count
