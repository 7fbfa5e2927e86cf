"""From the draft to the number: a report is drafted, reviewed, signed, issued, withdrawn, corrected."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from shared.events.documents.named import (
    MOST_GRACE,
    MOST_OPINIONS,
    Ahead,
    Contact,
    DocumentNumber,
    DocumentSeries,
    DraftId,
    Drafts,
    Edition,
    GivenOpinion,
    Prefix,
    Reports,
    Telephone,
)
from shared.events.feedback import ReportId
from shared.events.registry import Fact, Submission
from shared.events.vocabulary import Day, Note, Period, ReportKind, Sha256, Statement, WorkingDays

# Submissions


class AdoptDocumentScheme(Submission, service="feedback", committee_only=True):
    """From a day on, reports of periods that end are drafted and signed before they are issued, and how.

    Times are working days: for review, for signing, and for a recipient to sign for what was delivered; then for an
    objection and its answer; for the reply to what is required, from the day of issue, for judging it, and for another
    one when it is returned. Whoever has something to do is reminded of it so many days before (`remind_days`); of a
    receipt once more so many after (`urge_days`); whoever is above is told when so many have passed
    (`escalation_days`).
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
    remind_days: Ahead = 1
    urge_days: WorkingDays = 3
    escalation_days: WorkingDays = 3
    grace_days: Annotated[
        WorkingDays, Field(le=MOST_GRACE, description="After a period, in which late facts still count in its drafts.")
    ] = 0
    contact: Annotated[Contact, Field(description="Whom to ask, as documents print it; empty: nobody is named.")] = ""
    telephone: Annotated[Telephone, Field(description="Where to call; empty: no number is printed.")] = ""


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


class OrderRevision(Submission, service="feedback", committee_only=True):
    """Issued reports whose printed figures have changed are drafted anew, to be signed and delivered as corrections."""

    reports: Reports
    reason: Statement


class OrderLockedRevision(OrderRevision, service="feedback", committee_only=True):
    """The same also where the year's assessment was issued already: by whoever signs that."""


class CancelRevision(Submission, service="feedback", committee_only=True):
    """A correction that was ordered and is not signed yet is not made after all: what was issued stays as it is."""

    report: ReportId
    reason: Statement


class CancelLockedRevision(CancelRevision, service="feedback", committee_only=True):
    """The same also where the year's assessment was issued: by whoever orders that."""


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


class RevisionOrdered(ReportDrafted, service="feedback"):
    """A recipient's issued report is to be corrected; so many of the figures that it prints have changed."""

    changed: Annotated[int, Field(ge=1, le=10_000, strict=True)]


class RevisionCancelled(ReportDrafted, service="feedback"):
    """A recipient's issued report is not corrected after all."""


class ReportRevised(ReportDrafted, service="feedback"):
    """A recipient's report was corrected for the nth time (更正第 n 次), under a number of its own."""

    number: DocumentNumber
    revision: Edition
    corrects: DocumentNumber
