"""What becomes of an issued report at its recipient: signed for or sent back, objected to, replied to."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from shared.events.documents.named import MOST_OBJECTIONS, MOST_OPINIONS, Edition, OpinionReply, ReturnGround
from shared.events.feedback import ReportId
from shared.events.registry import Fact, Submission
from shared.events.vocabulary import Day, Note, Period, Statement, Title

# Submissions


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


# Facts


class ReportReceived(Fact, service="feedback"):
    """A recipient signed for its report."""

    report: ReportId
    period: Period
    on_time: bool
    was_overdue: Annotated[bool, Field(description="Whether it was told before that it is late.")] = False


class ReceiptWithdrawn(ReportReceived, service="feedback"):
    """What was signed for was sent back; as of when it was signed for."""


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
    again: Annotated[bool, Field(description="Whether another reply came before it.")] = False
    was_overdue: Annotated[bool, Field(description="Whether it was told before that it is late.")] = False


class ReplyJudged(Fact, service="feedback"):
    """A reply was agreed to, or returned until a day."""

    report: ReportId
    period: Period
    accepted: bool
    again_by: Day | None = None
