"""What is kept of documents: schemes, drafts and their former editions, numbers given, deliveries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from services.feedback.documents.opinions import OpinionInHand
from services.feedback.documents.waiting import Awaiting, Deadline
from services.feedback.reports.model import Report, Required
from shared.calendar import due_after
from shared.database.documents import Document
from shared.events.documents import DocumentSeries, DocumentStep, ReturnGround
from shared.events.vocabulary import ReportKind
from shared.part import KeptPart


class SignedFrom(KeptPart):
    """How reports become documents, from a day on: numbers, who signs, and times in working days."""

    effective_from: date
    prefix: str
    quarterly_series: DocumentSeries
    annual_series: DocumentSeries
    director_signs_monthly: bool
    review_days: int
    signing_days: int
    receipt_days: int
    objection_days: int = 3
    answer_days: int = 5
    monthly_reply_days: int = 5
    quarterly_reply_days: int = 10
    annual_reply_days: int = 15
    judging_days: int = 3
    again_days: int = 5
    remind_days: int = 1
    urge_days: int = 3
    escalation_days: int = 3
    grace_days: int = 0
    contact: str = ""
    telephone: str = ""

    def series(self, kind: ReportKind, is_revision: bool = False) -> DocumentSeries | None:
        """In which series a report is numbered, a correction as a letter; a monthly one is no numbered document."""
        numbered = {ReportKind.QUARTERLY: self.quarterly_series, ReportKind.ANNUAL: self.annual_series}
        return DocumentSeries.LETTER if is_revision and kind in numbered else numbered.get(kind)

    def reply_days(self, kind: ReportKind) -> int:
        """Within which a recipient replies to what is required, from the day of issue."""
        days = {
            ReportKind.MONTHLY: self.monthly_reply_days,
            ReportKind.QUARTERLY: self.quarterly_reply_days,
            ReportKind.ANNUAL: self.annual_reply_days,
        }
        return days[kind]


class DocumentScheme(Document):
    """A county's, oldest first."""

    collection: ClassVar[str] = "document_schemes"

    history: tuple[SignedFrom, ...] = ()

    def on(self, day: date) -> SignedFrom | None:
        """The one in force on a day; None while reports are issued as soon as their period is closed."""
        return next((one for one in reversed(self.history) if one.effective_from <= day), None)

    def grace_ends(self, last: date) -> date:
        """The day with which a period that ends on a day is closed: until then what comes late counts in its drafts."""
        scheme = self.on(last)
        return due_after(last, scheme.grace_days).day if scheme else last


class DraftState(StrEnum):
    """Where a draft is: to be reviewed, to be signed, or issued."""

    DRAFTED = "drafted"
    REVIEWED = "reviewed"
    SIGNED = "signed"


class HandStep(KeptPart):
    """Something that was done with a draft or delivery: what, when, by which person (empty: the system) and why."""

    what: str
    at: datetime
    by: str = ""
    note: str = ""


class Draft(Awaiting):
    """A recipient's report before it is issued: figures are frozen, opinions are given; each change is an edition.

    `report.issued` is until when facts are counted in it; `due` when the next step is to be done. Who drafted it is
    empty where the clock did.
    """

    collection: ClassVar[str] = "drafts"

    county: str
    organisation: str
    period: str
    kind: ReportKind
    state: DraftState = DraftState.DRAFTED
    edition: int = 1
    due: date
    report: Report
    advice: tuple[str, ...] = ()
    required: tuple[Required, ...] = ()
    drafted_by: str = ""
    reviewed_by: str = ""
    sent_back: str = ""
    steps: tuple[HandStep, ...] = ()

    @property
    def named(self) -> str:
        """With its edition, as whoever reviews or signs it says what was read."""
        return f"{self.id}@{self.edition}"

    def running(self) -> Iterator[Deadline]:
        """Its review, then its signature."""
        if self.state is not DraftState.SIGNED:
            step = DocumentStep.REVIEW if self.state is DraftState.DRAFTED else DocumentStep.SIGNATURE
            yield Deadline(step, self.due)


class FormerDraft(Document):
    """An edition of a draft that another took the place of."""

    collection: ClassVar[str] = "former_drafts"

    organisation: str
    period: str
    draft: Draft


class NumbersGiven(Document):
    """The last number given in a series and year: none is left out, none is given twice."""

    collection: ClassVar[str] = "numbers"

    last: int = 0


class DeliveryState(StrEnum):
    """Where an issued report is."""

    DELIVERED = "delivered"
    RECEIVED = "received"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class Objection(KeptPart):
    """What a recipient holds is not so, until when it is answered, and the answer."""

    item: str
    reason: str
    due: date
    upheld: bool | None = None
    answer: str = ""


class ReplyState(StrEnum):
    """Where the reply to what is required is; none where nothing is."""

    NONE = "none"
    AWAITED = "awaited"
    REPLIED = "replied"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class Reply(KeptPart):
    """To one opinion: why it came to that, what is done, by whom and until when."""

    opinion: int
    cause: str
    measure: str
    responsible: str
    finish_by: date


class Delivery(Awaiting):
    """An issued report on its way: signed for by its recipient, sent back, or void. `due` is for signing for it.

    `required` are the opinions that ask for a reply, `reply_due` until when it is sent or judged, `objection_by` until
    when the recipient may object. `opinions` are those that are put right since it was signed for, and `filed` is when
    the last of them was closed; a correction says why (`because`).
    """

    collection: ClassVar[str] = "deliveries"

    county: str
    organisation: str
    period: str
    kind: ReportKind
    edition: int
    number: str
    issued: datetime
    state: DeliveryState = DeliveryState.DELIVERED
    due: date
    signed_by: str
    received: datetime | None = None
    received_by: str = ""
    on_time: bool | None = None
    ground: ReturnGround | None = None
    objection_by: date | None = None
    objections: tuple[Objection, ...] = ()
    required: tuple[Required, ...] = ()
    reply: ReplyState = ReplyState.NONE
    reply_due: date | None = None
    replies: tuple[Reply, ...] = ()
    replied_on_time: bool | None = None
    returned_reply: str = ""
    because: str = ""
    opinions: tuple[OpinionInHand, ...] = ()
    filed: date | None = None
    steps: tuple[HandStep, ...] = ()

    def running(self) -> Iterator[Deadline]:
        """Receipt and reply, until it is sent back; what was objected is answered all the same."""
        if self.state is DeliveryState.WITHDRAWN:
            return
        for nth, one in enumerate(self.objections, 1):
            if one.upheld is None:
                yield Deadline(DocumentStep.ANSWER, one.due, nth)
        if self.state is DeliveryState.DELIVERED:
            yield Deadline(DocumentStep.RECEIPT, self.due)
        if self.state is not DeliveryState.RETURNED and self.reply_due is not None:
            is_replied = self.reply is ReplyState.REPLIED
            yield Deadline(DocumentStep.JUDGING if is_replied else DocumentStep.REPLY, self.reply_due)

    @property
    def left_open(self) -> int:
        """How many of its opinions nobody has seen done (未销号)."""
        return sum(each.is_open for each in self.opinions)


class FormerReport(Document):
    """An issued report that became void, as it was."""

    collection: ClassVar[str] = "former_reports"

    organisation: str
    period: str
    report: Report
