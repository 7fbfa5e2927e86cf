"""Receipt: a delivered report is signed for by its recipient or sent back, and then delivered again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from services.feedback.documents.deadlines import done_by, marked, marks_of_recipient, taken_back
from services.feedback.documents.model import (
    Delivery,
    DeliveryState,
    DocumentScheme,
    HandStep,
    ReplyState,
    SignedFrom,
)
from services.feedback.documents.putting_right import filed_if_done, taken_up
from services.feedback.documents.waiting import Deadline, Reminder, Urgency
from services.feedback.reports import periods
from shared.calendar import due_after
from shared.database.documents import Key, Need
from shared.events import Event
from shared.events.documents import (
    DocumentStep,
    ObjectReport,
    ReceiptWithdrawn,
    ReceiveReport,
    RedeliverReport,
    ReplyReport,
    ReportReceived,
    ReportRedelivered,
    ReportReturned,
    ReturnGround,
    ReturnReport,
)
from shared.pipeline.decisions import About, Accepted, Refused, State, Verdict
from shared.roster.organisations import county_of

RECEIVED, RETURNED, REDELIVERED = "received", "returned", "redelivered"
Receipt = ReceiveReport | ReturnReport
OfRecipient = Receipt | ObjectReport | ReplyReport


def delivery_needed(event: Event[Any]) -> Iterator[Need]:
    """The one that is named, and the scheme."""
    yield Key(Delivery, event.data.report)
    yield Key(DocumentScheme, county_of(event.organisation))


def receive_report(state: State, event: Event[ReceiveReport]) -> Verdict:
    """Signed for once, in time up to the due day; also one that had been sent back. Then its opinions open."""
    one = delivered(state, event)
    if isinstance(one, Refused):
        return one
    if one.state is DeliveryState.RECEIVED:
        return Refused("already-received", organisation=one.organisation, period=one.period)
    on_time = event.day <= one.due
    is_marked = marked(one, DocumentStep.RECEIPT) is not None
    reminders, unmarked = done_by(one, event, DocumentStep.RECEIPT)
    step = HandStep(what=RECEIVED, at=event.time, by=event.actor)
    opinions, facts = taken_up(one, event)
    received = one.having(
        reminders=reminders,
        state=DeliveryState.RECEIVED,
        received=event.time,
        received_by=event.actor,
        on_time=on_time,
        ground=None,
        objection_by=due_after(event.day, scheme_then(state, one, event.day).objection_days).day,
        opinions=opinions,
        steps=(*one.steps, step),
    )
    fact = ReportReceived(report=one.id, period=one.period, on_time=on_time, was_overdue=is_marked and not on_time)
    return Accepted((filed_if_done(received, event),), (*unmarked, About(one.organisation, fact), *facts))


def return_report(state: State, event: Event[ReturnReport]) -> Verdict:
    """Sent back for a ground, also when it was signed for by mistake; what else it is, is said.

    What was counted of its receipt, and of a reply that did not come, is taken back; one that came stands.
    """
    one, asked = delivered(state, event), event.data
    if isinstance(one, Refused):
        return one
    if one.state is DeliveryState.RETURNED:
        return Refused("already-returned", organisation=one.organisation, period=one.period)
    if asked.ground is ReturnGround.OTHER and not asked.note:
        return Refused("ground-without-words")
    step = HandStep(what=RETURNED, at=event.time, by=event.actor, note=asked.note)
    marks = (*marks_of_recipient(one), *_late_receipt(one))
    reminders, unmarked = taken_back(one, marks)
    returned = one.having(
        reminders=reminders,
        state=DeliveryState.RETURNED,
        received=None,
        received_by="",
        on_time=None,
        ground=asked.ground,
        steps=(*one.steps, step),
    )
    fact = ReportReturned(
        report=one.id,
        period=one.period,
        ground=asked.ground,
        was_received=one.state is DeliveryState.RECEIVED,
        was_on_time=bool(one.on_time),
    )
    return Accepted((returned,), (About(one.organisation, fact), *unmarked, *_receipt_withdrawn(one)))


def _late_receipt(one: Delivery) -> tuple[Reminder, ...]:
    """The mark that came before what was signed for late."""
    mark = one.reminder(Deadline(DocumentStep.RECEIPT, one.due), Urgency.OVERDUE)
    return (mark,) if mark and one.state is DeliveryState.RECEIVED else ()


def _receipt_withdrawn(one: Delivery) -> Iterator[About]:
    """As of when it was signed for, so that the month in which it counted is as if it had not been."""
    if one.received is not None:
        was_overdue = bool(_late_receipt(one))
        fact = ReceiptWithdrawn(report=one.id, period=one.period, on_time=bool(one.on_time), was_overdue=was_overdue)
        yield About(one.organisation, fact, one.received)


def redeliver_report(state: State, event: Event[RedeliverReport]) -> Verdict:
    """What was sent back is delivered again, to be signed for within the scheme's time from then on, and replied to."""
    one = state.get(Delivery, event.data.report)
    if one is None or one.county != county_of(event.organisation):
        return Refused("report-unknown", period=event.data.report.partition("_")[0])
    if one.state is not DeliveryState.RETURNED:
        return Refused("not-returned", organisation=one.organisation, period=one.period)
    scheme = scheme_then(state, one, event.day)
    due = due_after(event.day, scheme.receipt_days).day
    awaited = one.reply is ReplyState.AWAITED
    reply_due = due_after(event.day, scheme.reply_days(one.kind)).day if awaited else one.reply_due
    step = HandStep(what=REDELIVERED, at=event.time, by=event.actor, note=event.data.note)
    again = one.having(
        state=DeliveryState.DELIVERED, due=due, reply_due=reply_due, ground=None, steps=(*one.steps, step)
    )
    fact = ReportRedelivered(report=one.id, period=one.period, receipt_due=due)
    return Accepted((again,), (About(one.organisation, fact),))


def scheme_then(state: State, one: Delivery, day: date) -> SignedFrom:
    """What holds on a day, or held when the period was closed."""
    schemes = state.get(DocumentScheme, one.county)
    scheme = schemes.on(day) or schemes.on(periods.last_day(one.period)) if schemes else None
    assert scheme is not None, "nothing is delivered without a scheme"
    return scheme


def delivered(state: State, event: Event[OfRecipient]) -> Delivery | Refused:
    """Nobody signs for another's; who answers for one that has ended signs for it."""
    one = state.get(Delivery, event.data.report)
    if one is None or one.county != county_of(event.organisation):
        return Refused("report-unknown", period=event.data.report.partition("_")[0])
    recipient = state.roster.answering(one.organisation, event.time)
    if event.organisation != one.organisation or event.submitter != recipient:
        return Refused("receipt-not-yours", organisation=one.organisation)
    if one.state is DeliveryState.WITHDRAWN:
        return Refused("report-void", document=one.number)
    return one
