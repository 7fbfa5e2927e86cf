"""Deadlines of documents: what the clock has to tell of one by a day, and which marks do not stand after all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from services.feedback.documents.model import Delivery, Draft, SignedFrom
from services.feedback.documents.waiting import Deadline, Reminder, Urgency
from shared.calendar import due_after, working_day_before
from shared.events import Event
from shared.events.documents import OF_RECIPIENT, DocumentOverdueWithdrawn, DocumentStep
from shared.pipeline.decisions import About

Waiting = Draft | Delivery
ONCE_PAST = (Urgency.OVERDUE, Urgency.AGAIN, Urgency.ESCALATED)
TakenBack = tuple[tuple[Reminder, ...], tuple[About, ...]]
"""The reminders that stand, and what is told of the others."""


def to_tell(one: Waiting, day: date, scheme: SignedFrom) -> Iterator[tuple[Deadline, Urgency]]:
    """What a day begins with that was not told of its deadlines before."""
    for deadline in one.running():
        for what in _by(deadline, day, scheme):
            if one.reminder(deadline, what) is None:
                yield deadline, what


def _by(one: Deadline, day: date, scheme: SignedFrom) -> Iterator[Urgency]:
    """Until its day that it comes; then that it is past, after some working days once more and to whoever is above.

    A document that is not signed for is asked for twice: on the first day after, and on the nth (C3, step 6).
    """
    if day <= one.due:
        if _days_before(one.due, scheme.remind_days) < day:
            yield Urgency.SOON
        return
    yield Urgency.OVERDUE
    if one.step is DocumentStep.RECEIPT and scheme.urge_days and day >= due_after(one.due, scheme.urge_days).day:
        yield Urgency.AGAIN
    if day > due_after(one.due, scheme.escalation_days).day:
        yield Urgency.ESCALATED


def _days_before(day: date, working_days: int) -> date:
    for _ in range(working_days):
        day = working_day_before(day)
    return day


def whose(one: Waiting, step: DocumentStep) -> str:
    """Its recipient's, or the office's."""
    return one.organisation if step in OF_RECIPIENT else one.county


def marked(one: Waiting, step: DocumentStep, nth: int = 0) -> Reminder | None:
    """The mark under the deadline that runs now."""
    running = next((each for each in one.running() if (each.step, each.nth) == (step, nth)), None)
    return one.reminder(running, Urgency.OVERDUE) if running else None


def urged(one: Delivery) -> int:
    """How often its receipt was asked for after its day, since it was delivered last."""
    receipt = Deadline(DocumentStep.RECEIPT, one.due)
    return sum(one.reminder(receipt, what) is not None for what in (Urgency.OVERDUE, Urgency.AGAIN))


def done_by(one: Delivery, event: Event[Any], step: DocumentStep, nth: int = 0) -> TakenBack:
    """A step that is done: what reached us after it was marked, and was done in time, was never late."""
    mark = marked(one, step, nth)
    in_time = mark is not None and event.day <= mark.due
    return taken_back(one, (mark,) if mark and in_time else ())


def taken_back(one: Waiting, marks: tuple[Reminder, ...]) -> TakenBack:
    """Marks that do not stand, with all that followed them; each as of when it was made."""
    under = {mark.deadline for mark in marks}
    stands = tuple(each for each in one.reminders if each.deadline not in under or each.what not in ONCE_PAST)
    return stands, tuple(_withdrawn(one, mark) for mark in marks)


def marks_of_recipient(one: Delivery) -> tuple[Reminder, ...]:
    """Those under what it is to do now."""
    return tuple(mark for step in OF_RECIPIENT if (mark := marked(one, step)))


def _withdrawn(one: Waiting, mark: Reminder) -> About:
    fact = DocumentOverdueWithdrawn(
        report=one.id, period=one.period, step=mark.step, nth=mark.nth, due=mark.due, again=mark.again
    )
    return About(whose(one, mark.step), fact, mark.at)
