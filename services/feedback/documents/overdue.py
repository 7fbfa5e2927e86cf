"""What the clock finds each day: steps of documents that are due soon, that are past, and that wait too long."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.feedback.documents.deadlines import Waiting, to_tell, whose
from services.feedback.documents.model import Delivery, DocumentScheme, Draft
from services.feedback.documents.waiting import Deadline, Reminder, Urgency
from shared.calendar import due_after
from shared.database.documents import Document, Key, Need, Query
from shared.events import Event, Fact
from shared.events.documents import (
    MOST_AHEAD,
    DocumentEscalated,
    DocumentOverdue,
    DocumentReminded,
    DocumentStep,
    MarkDocumentsOverdue,
)
from shared.pipeline.decisions import About, Accepted, State, Verdict
from shared.roster.organisations import county_of


def overdue_needs(event: Event[MarkDocumentsOverdue]) -> Iterator[Need]:
    """What waits and is due by then or soon after, unless whoever is above was told of it already."""
    yield Key(DocumentScheme, county_of(event.organisation))
    yield Query(Draft, to_look_at(event))
    yield Query(Delivery, to_look_at(event))


def to_look_at(event: Event[MarkDocumentsOverdue]) -> dict[str, Any]:
    """The filter of those; a scheme reminds of nothing that is further ahead."""
    ahead = due_after(event.data.day, MOST_AHEAD).day
    waits = {"$elemMatch": {"due": {"$lte": ahead.isoformat()}, "escalated": False}}
    return {"county": county_of(event.organisation), "waits": waits}


def mark_documents_overdue(state: State, event: Event[MarkDocumentsOverdue]) -> Verdict:
    """Each deadline is told of once at each of its times; looking twice tells nothing twice, nor does looking ahead."""
    schemes, day = state.get(DocumentScheme, county_of(event.organisation)), min(event.data.day, event.day)
    if schemes is None or not schemes.history:
        return Accepted()
    scheme = schemes.on(day) or schemes.history[0]
    changed: list[Document] = []
    facts: list[About] = []
    found: list[Waiting] = [*state.find(Draft, to_look_at(event)), *state.find(Delivery, to_look_at(event))]
    for one in found:
        reminders = tuple(_reminder(one, event, *each) for each in to_tell(one, day, scheme))
        if reminders:
            changed.append(one.having(reminders=(*one.reminders, *reminders)))
            facts += (_fact(state, event, one, each) for each in reminders)
    return Accepted(tuple(changed), tuple(facts))


def _reminder(one: Waiting, event: Event[MarkDocumentsOverdue], of: Deadline, what: Urgency) -> Reminder:
    again = of.step is DocumentStep.REPLY and isinstance(one, Delivery) and one.replied_on_time is not None
    return Reminder(step=of.step, due=of.due, nth=of.nth, what=what, at=event.time, again=again)


def _fact(state: State, event: Event[MarkDocumentsOverdue], one: Waiting, made: Reminder) -> About:
    """About whoever is to do it; of what waits too long about the organisation above, which of a county is itself."""
    said: dict[str, Any] = {"report": one.id, "period": one.period, **made.deadline._asdict()}
    late = whose(one, made.step)
    fact: Fact
    match made.what:
        case Urgency.ESCALATED:
            answering = state.standing(event, state.roster.answering(late, event.time))
            return About(answering.parent or late, DocumentEscalated(**said, organisation=late))
        case Urgency.OVERDUE:
            fact = DocumentOverdue(**said, again=made.again)
        case what:
            fact = DocumentReminded(**said, is_late=what is Urgency.AGAIN)
    return About(late, fact)
