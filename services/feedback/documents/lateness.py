"""By how many working days a unit signed for documents, or replied to them, too late: its own of a period says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from services.feedback.documents.answering import REPLIED
from services.feedback.documents.model import Delivery, DeliveryState
from services.feedback.documents.waiting import Deadline, Urgency
from services.feedback.reports import periods
from shared.calendar import china_day, working_days_between
from shared.events.documents import DocumentStep


class LateOnce(NamedTuple):
    """A step that was late: its day, when it was done (None while it is not), and since when it counts as late."""

    step: DocumentStep
    due: date
    done: date | None
    since: date


def late_deliveries(county: str) -> dict[str, Any]:
    """The filter of documents of which a step was ever late."""
    late = [{"on_time": False}, {"replied_on_time": False}, {"reminders.what": Urgency.OVERDUE.value}]
    return {"county": county, "$or": late}


def most_late(deliveries: Iterable[Delivery], organisation: str, period: str) -> Mapping[DocumentStep, int]:
    """Working days, of each step of its own that counts as late since a day of the period; up to its last day."""
    last, months = periods.last_day(period), periods.months_of(period)
    found: dict[DocumentStep, int] = {}
    for one in (each for each in deliveries if each.organisation == organisation):
        for late in late_steps(one):
            if f"{late.since:%Y-%m}" in months:
                days = working_days_between(late.due, min(late.done or last, last))
                found[late.step] = max(days, found.get(late.step, 0))
    return found


def late_steps(one: Delivery) -> Iterator[LateOnce]:
    """As they count: a mark, or what was done after its day before there was one; of what is void nothing."""
    if one.state is DeliveryState.WITHDRAWN:
        return
    if one.state is not DeliveryState.RETURNED:
        receipt = Deadline(DocumentStep.RECEIPT, one.due)
        yield from _late(one, receipt, china_day(one.received) if one.received else None)
    if reply := _first_reply(one):
        yield from _late(one, reply, next((china_day(each.at) for each in one.steps if each.what == REPLIED), None))


def _late(one: Delivery, of: Deadline, done: date | None) -> Iterator[LateOnce]:
    mark = one.reminder(of, Urgency.OVERDUE)
    since = china_day(mark.at) if mark else done
    if since and (done is None or done > of.due):
        yield LateOnce(of.step, of.due, done, since)


def _first_reply(one: Delivery) -> Deadline | None:
    """By its mark, for once a reply has come its document has another day; what is asked for again counts no more."""
    marks = (each.deadline for each in one.reminders if each.what is Urgency.OVERDUE)
    return next((each for each in marks if each.step is DocumentStep.REPLY), None)
