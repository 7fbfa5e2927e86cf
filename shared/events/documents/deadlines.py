"""What the clock tells of documents: reminders, what became overdue, and what is told to whoever is above."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from shared.events.documents.named import MOST_OBJECTIONS
from shared.events.feedback import ReportId
from shared.events.registry import EventData, Fact, Submission
from shared.events.vocabulary import Code, Day, Period


class DocumentStep(StrEnum):
    """What is to be done by a day: of a draft its review and signature, of an issued report all that follows."""

    REVIEW = "review"
    SIGNATURE = "signature"
    RECEIPT = "receipt"
    REPLY = "reply"
    JUDGING = "judging"
    ANSWER = "answer"


OF_RECIPIENT = (DocumentStep.RECEIPT, DocumentStep.REPLY)
"""The steps of whom a document is addressed to; the others are the office's."""
Nth = Annotated[
    int, Field(ge=0, le=MOST_OBJECTIONS, strict=True, description="Which objection is to be answered; else 0.")
]


class MarkDocumentsOverdue(Submission, service="feedback", committee_only=True):
    """A tick: what is due before this day, or soon after, and was not done is told of drafts and documents."""

    day: Day


class StepOfDocument(EventData):
    """A step of a document and the day by which it is to be done."""

    report: ReportId
    period: Period
    step: DocumentStep
    nth: Nth = 0
    due: Day


class DocumentReminded(StepOfDocument, Fact, service="feedback"):
    """Whoever does a step is reminded of it: shortly before its day, or once more when that has passed."""

    is_late: bool


class DocumentOverdue(StepOfDocument, Fact, service="feedback"):
    """A step was not done by its day; told once of a day, about whoever was to do it."""

    again: Annotated[bool, Field(description="Whether it is a reply that was returned.")] = False


class DocumentOverdueWithdrawn(DocumentOverdue, service="feedback"):
    """It was not late after all, or the document was sent back or withdrawn; as of when it was marked."""


class DocumentEscalated(StepOfDocument, Fact, service="feedback"):
    """A step waits on, days after its day; told to the organisation above, of the office's to the committee."""

    organisation: Annotated[Code, Field(description="Whose step it is.")]
