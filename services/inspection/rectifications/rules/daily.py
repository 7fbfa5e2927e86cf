"""What the clock finds each day: deadlines that come and pass, work that waits too long, work that stays verified."""

from __future__ import annotations

from typing import Any

from services.inspection.rectifications.model import Rectification, Stage, What
from services.inspection.rectifications.rules.rounds import ESCALATED_AFTER, stepped
from services.inspection.rectifications.rules.verifying import patrol_offices, verifier, whose
from shared.calendar import due_after
from shared.events import Event
from shared.events.inspection import (
    MarkOverdue,
    RectificationClosed,
    RectificationEscalated,
    RectificationNearDeadline,
    RectificationOverdue,
    VerificationDue,
)
from shared.pipeline.decisions import About, Accepted, State, Verdict
from shared.roster.organisations import county_of

LookedAt = tuple[Rectification, tuple[About, ...]]
"""A rectification as it stands after the clock looked, and what is told of it."""


def mark_overdue(state: State, event: Event[MarkOverdue]) -> Verdict:
    """Looks at every rectification that has something to be told by this day; looking twice tells nothing twice."""
    offices = patrol_offices(state.roster, county_of(event.organisation), event.time)
    found = [
        _looked_at(one, state, event, offices)
        for one in state.find(Rectification, to_look_at(event))
        if one.look is not None and one.look <= event.data.day
    ]
    return Accepted(tuple(one for one, _ in found), tuple(fact for _, facts in found for fact in facts))


def to_look_at(event: Event[MarkOverdue]) -> dict[str, Any]:
    """The filter of the rectifications that the clock has something to do with by this day."""
    return {"county": county_of(event.organisation), "look": {"$lte": event.data.day.isoformat()}}


def _looked_at(one: Rectification, state: State, event: Event[MarkOverdue], offices: tuple[str, ...]) -> LookedAt:
    match one.stage:
        case Stage.VERIFIED | Stage.CLOSED:
            closed = RectificationClosed(rectification=one.rectification)
            return stepped(one, event, What.CLOSED, stage=Stage.CLOSED), (About(one.organisation, closed),)
        case Stage.SUBMITTED:
            return _waits(one, state, event, offices)
        case _ if one.deadline >= event.data.day:
            left = RectificationNearDeadline(rectification=one.rectification, deadline=one.deadline)
            return stepped(one, event, What.NEAR_DEADLINE, warned=True), (About(one.organisation, left),)
        case _:
            return _is_late(one, state, event)


def _waits(one: Rectification, state: State, event: Event[MarkOverdue], offices: tuple[str, ...]) -> LookedAt:
    """Submitted work is never overdue, however long its verifier takes; the verifier is told once."""
    assert one.submitted is not None
    reminded = stepped(one, event, What.VERIFICATION_DUE, reminded=True)
    whose = verifier(state.roster, offices, one, event.time)
    if whose is None:
        return reminded, ()
    due = VerificationDue(rectification=one.rectification, organisation=one.organisation, submitted=one.submitted)
    return reminded, (About(whose, due),)


def _is_late(one: Rectification, state: State, event: Event[MarkOverdue]) -> LookedAt:
    """Overdue once under each deadline; three working days later the organisation above is told as well."""
    marked, facts = _marked(one, event)
    if event.data.day <= due_after(one.deadline, ESCALATED_AFTER).day:
        return marked, facts
    escalated, facts_above = _escalated(marked, state, event)
    return escalated, (*facts, *facts_above)


def _marked(one: Rectification, event: Event[MarkOverdue]) -> LookedAt:
    if one.marked is not None:
        return one, ()
    mark = RectificationOverdue(rectification=one.rectification, deadline=one.deadline, again=one.was_overdue)
    return stepped(one, event, What.OVERDUE, marked=event.time), (About(one.organisation, mark),)


def _escalated(one: Rectification, state: State, event: Event[MarkOverdue]) -> LookedAt:
    """To the organisation above it on this day; a county has none, and is not patrolled."""
    above = state.standing(event, whose(state.roster, one, event.time)).parent
    if above is None:
        return one, ()
    escalated = RectificationEscalated(
        rectification=one.rectification, organisation=one.organisation, deadline=one.deadline
    )
    changes: dict[str, Any] = {"escalated": event.time, "escalated_to": above, "escalations": one.escalations + 1}
    return stepped(one, event, What.ESCALATED, **changes), (About(above, escalated),)
