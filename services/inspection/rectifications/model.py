"""What is kept of findings and opinions until they are put right, and of what was found before."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from pydantic import Field

from services.inspection.photos.model import AddedPhoto
from shared.database.documents import Document
from shared.events.text import alike
from shared.events.vocabulary import Severity
from shared.part import KeptPart


class Stage(StrEnum):
    """How far a rectification has come; what is reopened has been sent back as well.

    Withdrawn is what counts no more, for the inspection that found it, or the document that asked for it, does not.
    """

    OPENED = "opened"
    ACCEPTED = "accepted"
    SUBMITTED = "submitted"
    SENT_BACK = "sent-back"
    VERIFIED = "verified"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


TO_DO = (Stage.OPENED, Stage.ACCEPTED, Stage.SENT_BACK)
"""The organisation's turn: the deadline runs."""
DONE = (Stage.VERIFIED, Stage.CLOSED)
OPEN = (*TO_DO, Stage.SUBMITTED)
"""Not seen to be done (未销号): whatever was submitted stays open until it is verified."""


class What(StrEnum):
    """What a step of the history was."""

    OPENED = "opened"
    ACCEPTED = "accepted"
    SUBMITTED = "submitted"
    REINSPECTED = "reinspected"
    VERIFIED = "verified"
    SENT_BACK = "sent-back"
    REOPENED = "reopened"
    EXTENDED = "extended"
    NEAR_DEADLINE = "near-deadline"
    OVERDUE = "overdue"
    ESCALATED = "escalated"
    VERIFICATION_DUE = "verification-due"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    SETTLED = "settled"
    TAKEN_BACK = "taken-back"


class Step(KeptPart):
    """A line of the history: when it happened, who submitted it, and what they said; `of` is what was taken back.

    `key` is the submission that it was; `deadline` the one that holds since, where it set one.
    """

    at: datetime
    by: str
    what: What
    note: str = ""
    photos: tuple[str, ...] = ()
    of: What | None = None
    key: str = ""
    deadline: date | None = None
    provisional: bool = False


class Before(KeptPart):
    """What a step changed, as it was before: by the submission's key, so that only the last step is taken back."""

    key: str
    what: What
    kept: dict[str, Any]


class Extension(KeptPart):
    """More working days, and the day on which they were given."""

    day: date
    working_days: int


class FellDue(KeptPart):
    """What was told when the due day was over."""

    due: date
    in_time: bool


class Recorded(KeptPart):
    """A fact that was told of a rectification, about whom and of which day: what is needed to take it back."""

    organisation: str
    day: date
    fact: str
    data: dict[str, Any]
    times: int = 1


class Source(StrEnum):
    """What a rectification comes from."""

    FINDING = "finding"
    DOCUMENT = "document"


class OfOpinion(KeptPart):
    """The opinion of a document that is put right: which one it is, what it says, and its own day (`finish_by`)."""

    report: str
    document: str
    number: str
    opinion: int
    problem: str
    requirement: str
    responsible: str = ""
    finish_by: date


class Rectification(Document):
    """A finding, or an opinion of a document, that is to be put right by a deadline, the last day of it included.

    `above` is the organisation above when it was found; `since` when the present round or the wait began. `marked` and
    `escalated` are the marks that stand in this round; `was_overdue` and `escalations` remember those of earlier ones.
    `deadline` is the one that is worked to, and a new one with each round; `due` is the first, later only by extensions
    given before it had passed (`too_late` are the others), and what was told of it is `fell_due`. The deadline is
    `counted` working days from `counted_from` on: it moves when a notice of days off becomes known.
    `before` is what the last steps changed, the newest last: never more than `UNDONE` of them. The deadline of an
    `opinion` is its own day, which no calendar moves; it is `found` on the day on which its document was signed for.
    `look` is the first day whose tick has something to do with it; `records` is what was told, the like of a day once.
    """

    collection: ClassVar[str] = "rectifications"
    UNDONE: ClassVar[int] = 3

    county: str
    organisation: str
    above: str
    rectification: str
    item: str
    severity: Severity
    within: int
    found: date
    deadline: date
    provisional: bool
    counted_from: date | None = None
    counted: int = 0
    due: date = Field(default_factory=lambda kept: kept["deadline"])
    given: tuple[Extension, ...] = ()
    too_late: tuple[Extension, ...] = ()
    fell_due: FellDue | None = None
    since: datetime
    stage: Stage = Stage.OPENED
    repeats: str | None = None
    opinion: OfOpinion | None = None
    submitted: date | None = None
    submitted_by: str | None = None
    worked_by: str = ""
    """The person who reported the work, where one is known."""
    reinspections: tuple[str, ...] = ()
    verified: datetime | None = None
    on_time: bool | None = None
    in_time: bool | None = None
    warned: bool = False
    reminded: bool = False
    marked: datetime | None = None
    was_overdue: bool = False
    escalated: datetime | None = None
    escalated_to: str = ""
    escalations: int = 0
    sent_back: int = 0
    reopened: int = 0
    look: date | None = None
    steps: tuple[Step, ...] = ()
    added: tuple[AddedPhoto, ...] = ()
    records: tuple[Recorded, ...] = ()
    before: tuple[Before, ...] = ()

    @property
    def source(self) -> Source:
        """What it comes from."""
        return Source.FINDING if self.opinion is None else Source.DOCUMENT

    @property
    def report(self) -> str | None:
        """The document whose opinion it is; none of a finding."""
        return self.opinion.report if self.opinion else None

    @property
    def is_fixed(self) -> bool:
        """Whether its deadline is still the day that its document says."""
        return self.opinion is not None and self.counted_from is None

    @property
    def ever_overdue(self) -> bool:
        """Whether it counts as overdue, under this deadline or an earlier one."""
        return self.marked is not None or self.was_overdue


class FoundItem(KeptPart):
    """Where and when an item was found last."""

    item: str
    rectification: str
    found: date


class FoundItems(Document):
    """What was found at one organisation lately, the newest last: never more than `KEPT` items."""

    collection: ClassVar[str] = "found_items"
    KEPT: ClassVar[int] = 100

    items: tuple[FoundItem, ...] = ()

    def last(self, item: str) -> FoundItem | None:
        """When an item was found last, in whatever letters it was written."""
        return next((one for one in reversed(self.items) if alike(one.item) == alike(item)), None)
