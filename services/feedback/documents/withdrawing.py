"""What was signed is withdrawn by whoever signed it, before anybody has signed for it."""

from __future__ import annotations

from collections.abc import Iterator

from services.feedback.documents.deadlines import marks_of_recipient, taken_back
from services.feedback.documents.drafting import done, scheme_of
from services.feedback.documents.model import Delivery, DeliveryState, DocumentScheme, Draft, DraftState, HandStep
from services.feedback.documents.putting_right import dropped
from services.feedback.documents.signing import former_report
from services.feedback.reports.model import Report
from shared.calendar import due_after
from shared.database.documents import Key, Need
from shared.events import Event
from shared.events.documents import ReportWithdrawn, WithdrawReport
from shared.pipeline.decisions import About, Accepted, Refused, State, Verdict
from shared.roster.organisations import county_of

WITHDRAWN = "withdrawn"


def withdrawal_needs(event: Event[WithdrawReport]) -> Iterator[Need]:
    """The report, its delivery and its draft."""
    id = event.data.report
    yield from (Key(Report, id), Key(Delivery, id), Key(Draft, id), Key(DocumentScheme, county_of(event.organisation)))


def withdraw_report(state: State, event: Event[WithdrawReport]) -> Verdict:
    """By whoever signed it, while nobody has signed for it: its number is void, its draft is to be reviewed anew."""
    id, reason = event.data.report, event.data.reason
    report, delivery, draft = state.get(Report, id), state.get(Delivery, id), state.get(Draft, id)
    if report is None or delivery is None or draft is None or delivery.county != county_of(event.organisation):
        return Refused("report-unknown", period=id.partition("_")[0])
    if delivery.state is DeliveryState.WITHDRAWN:
        return Refused("report-void", document=report.number)
    if delivery.state is DeliveryState.RECEIVED:
        return Refused("already-received", organisation=report.organisation, period=report.period)
    if report.revision:
        return Refused("revision-stays", document=report.number)
    if event.actor != delivery.signed_by:
        return Refused("not-the-signer", document=report.number)
    void = report.having(withdrawn=reason)
    kept = former_report(void)
    reminders, unmarked = taken_back(delivery, marks_of_recipient(delivery))
    step = HandStep(what=WITHDRAWN, at=event.time, by=event.actor, note=reason)
    fact = ReportWithdrawn(
        report=id, period=report.period, edition=report.edition, number=report.number, kind=report.kind
    )
    return Accepted(
        (
            void,
            kept,
            delivery.having(
                state=DeliveryState.WITHDRAWN, reminders=reminders, opinions=(), steps=(*delivery.steps, step)
            ),
            _again(draft, event, state),
        ),
        (
            About(report.organisation, fact, report.issued),
            *unmarked,
            *dropped(delivery, delivery.opinions, reason),
        ),
    )


def _again(draft: Draft, event: Event[WithdrawReport], state: State) -> Draft:
    """Its next edition, for the former is what was issued."""
    return done(
        draft,
        event,
        WITHDRAWN,
        event.data.reason,
        state=DraftState.DRAFTED,
        edition=draft.edition + 1,
        due=due_after(event.day, scheme_of(state, draft).review_days).day,
        reviewed_by="",
        sent_back=event.data.reason,
    )
