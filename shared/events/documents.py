"""Events of documents: a report is drafted, reviewed, signed, issued under a number, delivered and signed for."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from shared.events.feedback import ReportId
from shared.events.registry import Fact, Submission
from shared.events.text import in_one_line
from shared.events.vocabulary import Day, Note, Period, ReportKind, Sha256, Statement, Title, WorkingDays

MOST_DRAFTS, MOST_OPINIONS, MOST_OBJECTIONS, MOST_PREFIX = 100, 20, 20, 12
"""Drafts of one list, opinions and objections of one report, characters of a number before its year."""
DraftId = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}|-Q[1-4])?_[0-9A-Z-]{6,13}@[1-9][0-9]{0,3}$"),
    Field(description="A report's draft in one edition: 2018-03_123456100@2."),
]
Drafts = Annotated[list[DraftId], Field(min_length=1, max_length=MOST_DRAFTS)]
Reports = Annotated[list[ReportId], Field(min_length=1, max_length=MOST_DRAFTS)]
Edition = Annotated[int, Field(ge=1, le=9999, strict=True)]
Prefix = Annotated[str, StringConstraints(min_length=2, max_length=MOST_PREFIX), BeforeValidator(in_one_line)]
DocumentNumber = Annotated[
    str,
    StringConstraints(max_length=40),
    Field(description="As it is printed, 某联党函〔2018〕7号; of a monthly feedback 2018年第3期."),
]


class DocumentSeries(StrEnum):
    """Numbers of documents run apart for each, in every year."""

    FILE = "file"
    LETTER = "letter"


class ReturnGround(StrEnum):
    """Why a delivered document is sent back unsigned for."""

    WRONG_ADDRESSEE = "wrong-addressee"
    UNREADABLE = "unreadable"
    OTHER = "other"


class GivenOpinion(BaseModel):
    """What is to be put right: the problem, what is required, until when it is done, and by whom."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    problem: Statement
    requirement: Statement
    finish_by: Day | None = None
    responsible: Annotated[Title | None, Field(description="Who sees to it there; nobody named unless said.")] = None


class OpinionReply(BaseModel):
    """What a recipient answers to one opinion: why it came to that, what is done, by whom and until when."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    opinion: Annotated[int, Field(ge=1, le=MOST_OPINIONS, strict=True, description="Its number in the document.")]
    cause: Statement
    measure: Statement
    responsible: Title
    finish_by: Day


# Submissions


class AdoptDocumentScheme(Submission, service="feedback", committee_only=True):
    """From a day on, reports of periods that end are drafted and signed before they are issued, and how.

    Times are working days: for review, for signing, and for a recipient to sign for what was delivered; then for an
    objection and its answer; for the reply to what is required, from the day of issue, for judging it, and for another
    one when it is returned.
    """

    effective_from: Day
    prefix: Annotated[Prefix, Field(description="Of the numbers of documents: 某联党 of 某联党函〔2018〕7号.")]
    quarterly_series: DocumentSeries = DocumentSeries.LETTER
    annual_series: DocumentSeries = DocumentSeries.FILE
    director_signs_monthly: bool = True
    review_days: WorkingDays = 3
    signing_days: WorkingDays = 2
    receipt_days: WorkingDays = 2
    objection_days: WorkingDays = 3
    answer_days: WorkingDays = 5
    monthly_reply_days: WorkingDays = 5
    quarterly_reply_days: WorkingDays = 10
    annual_reply_days: WorkingDays = 15
    judging_days: WorkingDays = 3
    again_days: WorkingDays = 5


class RedraftReports(Submission, service="feedback", committee_only=True):
    """Drafts are made anew from the facts of now, each as its next edition; opinions that were given stay."""

    drafts: Drafts


class ReviewReport(Submission, service="feedback", committee_only=True):
    """A draft is in order with this advice and these opinions, which take the place of all that is in it; no figure
    can be changed.
    """

    draft: DraftId
    advice: Annotated[list[Statement], Field(max_length=MOST_OPINIONS, description="Sentences without a day.")] = []
    opinions: Annotated[list[GivenOpinion], Field(max_length=MOST_OPINIONS)] = []
    note: Note = ""


class PassReports(Submission, service="feedback", committee_only=True):
    """Drafts are in order as they are."""

    drafts: Drafts


class SendBackReports(Submission, service="feedback", committee_only=True):
    """Whoever signs wants drafts reviewed again."""

    drafts: Drafts
    reason: Statement


class SignReports(Submission, service="feedback", committee_only=True):
    """Reviewed drafts are signed: numbered, issued and delivered; all of the list, or none."""

    drafts: Drafts


class SignMonthlyReports(Submission, service="feedback", committee_only=True):
    """Monthly ones are signed by authority of the committee's scheme; all of the list, or none."""

    drafts: Drafts


class WithdrawReport(Submission, service="feedback", committee_only=True):
    """Whoever signed a report takes it back before its recipient has signed for it; its number is void."""

    report: ReportId
    reason: Statement


class ReceiveReport(Submission, service="feedback", carries_on=True):
    """The recipient (the subject) signs for a report that was delivered to it."""

    report: ReportId


class ReturnReport(Submission, service="feedback", carries_on=True):
    """The recipient (the subject) sends a report back: it is another's, or cannot be read."""

    report: ReportId
    ground: ReturnGround
    note: Note = ""


class RedeliverReport(Submission, service="feedback", committee_only=True):
    """A report that was sent back is delivered again."""

    report: ReportId
    note: Note = ""


class ObjectReport(Submission, service="feedback", carries_on=True):
    """The recipient (the subject) holds that something in a report it signed for is not so."""

    report: ReportId
    item: Annotated[Title, Field(description="What in it is not so: a figure, an opinion.")]
    reason: Statement


class AnswerObjection(Submission, service="feedback", committee_only=True):
    """The office answers an objection: what was said stands, or it is to be corrected."""

    report: ReportId
    objection: Annotated[int, Field(ge=1, le=MOST_OBJECTIONS, strict=True, description="Its number.")]
    upheld: Annotated[bool, Field(description="Whether the document is to be corrected.")]
    answer: Statement


class ReplyReport(Submission, service="feedback", carries_on=True):
    """The recipient (the subject) replies to every opinion with a day; said again, it takes the place of the former."""

    report: ReportId
    replies: Annotated[list[OpinionReply], Field(min_length=1, max_length=MOST_OPINIONS)]


class JudgeReply(Submission, service="feedback", committee_only=True):
    """The office agrees to a reply, or returns it with a reason."""

    report: ReportId
    accepted: bool
    reason: Note = ""


class OrderRevision(Submission, service="feedback", committee_only=True):
    """Issued reports whose printed figures have changed are drafted anew, to be signed and delivered as corrections."""

    reports: Reports
    reason: Statement


class OrderLockedRevision(OrderRevision, service="feedback", committee_only=True):
    """The same also where the year's assessment was issued already: by whoever signs that."""


# Facts


class DocumentSchemeAdopted(Fact, service="feedback"):
    """From a day on reports are signed before they are issued."""

    effective_from: Day


class DocumentSchemeWithdrawn(DocumentSchemeAdopted, service="feedback"):
    """They are not after all, or by another scheme; no period was closed under it."""


class ReportDrafted(Fact, service="feedback"):
    """A recipient's report was drafted, on closing its period or anew; whatever changes it makes another edition."""

    report: ReportId
    period: Period
    edition: Edition


class ReportReviewed(ReportDrafted, service="feedback"):
    """A recipient's draft was found in order."""


class ReportSentBack(ReportDrafted, service="feedback"):
    """A recipient's draft is to be reviewed again."""


class ReportSigned(ReportDrafted, service="feedback"):
    """A recipient's report was signed and delivered, under a number; its content is sealed by a hash."""

    number: DocumentNumber
    receipt_due: Day
    content: Sha256


class ReportWithdrawn(ReportDrafted, service="feedback"):
    """A report that was issued is void; it counts no longer."""

    number: DocumentNumber
    kind: ReportKind


class ReportReceived(Fact, service="feedback"):
    """A recipient signed for its report."""

    report: ReportId
    period: Period
    on_time: bool


class ReportReturned(Fact, service="feedback"):
    """A recipient sent its report back unsigned for."""

    report: ReportId
    period: Period
    ground: ReturnGround
    was_received: Annotated[bool, Field(description="Whether it had been signed for before.")] = False
    was_on_time: bool = False


class ReportRedelivered(Fact, service="feedback"):
    """A report that was sent back was delivered again."""

    report: ReportId
    period: Period
    receipt_due: Day


class ReportObjected(Fact, service="feedback"):
    """A recipient objected to something in its report."""

    report: ReportId
    period: Period
    objection: Edition
    answer_due: Day


class ObjectionAnswered(Fact, service="feedback"):
    """An objection was answered: upheld, or what was said stands."""

    report: ReportId
    period: Period
    objection: Edition
    upheld: bool
    on_time: bool


class ReportReplied(Fact, service="feedback"):
    """A recipient replied to what was required of it."""

    report: ReportId
    period: Period
    on_time: bool


class ReplyJudged(Fact, service="feedback"):
    """A reply was agreed to, or returned until a day."""

    report: ReportId
    period: Period
    accepted: bool
    again_by: Day | None = None


class RevisionOrdered(ReportDrafted, service="feedback"):
    """A recipient's issued report is to be corrected; so many of the figures that it prints have changed."""

    changed: Annotated[int, Field(ge=1, le=10_000, strict=True)]


class ReportRevised(ReportDrafted, service="feedback"):
    """A recipient's report was corrected for the nth time (更正第 n 次), under a number of its own."""

    number: DocumentNumber
    revision: Edition
    corrects: DocumentNumber
