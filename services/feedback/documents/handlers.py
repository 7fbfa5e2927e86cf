"""Which rule decides what is said of documents, and what it needs to look at."""

from __future__ import annotations

from services.feedback.documents import (
    adopting,
    answering,
    cancelling,
    drafting,
    overdue,
    receiving,
    reviewing,
    revising,
    signing,
    withdrawing,
)
from services.feedback.documents.model import DocumentScheme
from shared.events import Event
from shared.events.documents import (
    AdoptDocumentScheme,
    AnswerObjection,
    CancelLockedRevision,
    CancelRevision,
    JudgeReply,
    MarkDocumentsOverdue,
    ObjectReport,
    OrderLockedRevision,
    OrderRevision,
    PassReports,
    ReceiveReport,
    RedeliverReport,
    RedraftReports,
    ReplyReport,
    ReturnReport,
    ReviewReport,
    SendBackReports,
    SignMonthlyReports,
    SignReports,
    WithdrawReport,
)
from shared.pipeline.decisions import Handler, Handlers, Key
from shared.roster.organisations import county_of


def _schemes(event: Event[AdoptDocumentScheme]) -> list[Key]:
    return [Key(DocumentScheme, county_of(event.organisation))]


DOCUMENTS: Handlers = {
    AdoptDocumentScheme: Handler(
        adopting.adopt_document_scheme,
        _schemes,
        adopting.undo_document_scheme,
        adopting.document_scheme_needed,
        adopting.document_scheme_begins,
    ),
    RedraftReports: Handler(drafting.redraft_reports, drafting.drafts_needed),
    ReviewReport: Handler(reviewing.review_report, reviewing.review_needed),
    PassReports: Handler(reviewing.pass_reports, drafting.drafts_needed),
    SendBackReports: Handler(reviewing.send_back_reports, drafting.drafts_needed),
    SignReports: Handler(signing.sign_reports, signing.signing_needs),
    SignMonthlyReports: Handler(signing.sign_reports, signing.signing_needs),
    OrderRevision: Handler(revising.order_revision, revising.revision_needs),
    OrderLockedRevision: Handler(revising.order_revision, revising.revision_needs),
    CancelRevision: Handler(cancelling.cancel_revision, cancelling.cancelling_needs),
    CancelLockedRevision: Handler(cancelling.cancel_revision, cancelling.cancelling_needs),
    WithdrawReport: Handler(withdrawing.withdraw_report, withdrawing.withdrawal_needs),
    ReceiveReport: Handler(receiving.receive_report, receiving.delivery_needed),
    ReturnReport: Handler(receiving.return_report, receiving.delivery_needed),
    ObjectReport: Handler(answering.object_report, receiving.delivery_needed),
    AnswerObjection: Handler(answering.answer_objection, receiving.delivery_needed),
    ReplyReport: Handler(answering.reply_report, receiving.delivery_needed),
    JudgeReply: Handler(answering.judge_reply, receiving.delivery_needed),
    RedeliverReport: Handler(receiving.redeliver_report, receiving.delivery_needed),
    MarkDocumentsOverdue: Handler(overdue.mark_documents_overdue, overdue.overdue_needs),
}
