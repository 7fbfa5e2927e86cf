"""What the clock finds each day: deadlines that come and pass, work that waits too long, work that stays verified."""

from __future__ import annotations

from typing import Any

from services.inspection.rectifications.model import Rectification, Stage, What
from services.inspection.rectifications.rules.falling_due import falls_due
from services.inspection.rectifications.rules.marks import WithMark, escalated, overdue
from services.inspection.rectifications.rules.recording import settled
from services.inspection.rectifications.rules.rounds import ESCALATED_AFTER, next_step, stepped
from services.inspection.rectifications.rules.verifying import patrol_offices, verifier, whose
from shared.calendar import due_after
from shared.database.documents import Change
from shared.events import Event, Fact
from shared.events.inspection import MarkOverdue, RectificationClosed, RectificationNearDeadline, VerificationDue
from shared.pipeline.decisions import About, Accepted, State, Verdict
from shared.roster.organisations import county_of

LookedAt = tuple[tuple[Change, ...], tuple[Fact | About, ...]]
"""What changes when the clock looks at a rectification, and what is told of it."""


def mark_overdue(state: State, event: Event[MarkOverdue]) -> Verdict:
    """Looks at every rectification that has something to be told by this day; looking twice tells nothing twice."""
    offices = patrol_offices(state.roster, county_of(event.organisation), event.time)
    found = [
        _looked_at(one, state, event, offices)
        for one in state.find(Rectification, to_look_at(event))
        if one.look is not None and one.look <= event.data.day
    ]
    changes = tuple(change for changed, _ in found for change in changed)
    return Accepted(changes, tuple(fact for _, facts in found for fact in facts))


def to_look_at(event: Event[MarkOverdue]) -> dict[str, Any]:
    """The filter of the rectifications that the clock has something to do with by this day."""
    return {"county": county_of(event.organisation), "look": {"$lte": event.data.day.isoformat()}}


def _looked_at(one: Rectification, state: State, event: Event[MarkOverdue], offices: tuple[str, ...]) -> LookedAt:
    """What fell due is told, and what the clock takes further is."""
    one, due = falls_due(one, event.data.day)
    step = next_step(one)
    one, facts = _further(one, state, event, offices) if step and step <= event.data.day else (one, ())
    seen = settled(one, event, *due, *facts)
    return seen.changes, seen.facts


def _further(one: Rectification, state: State, event: Event[MarkOverdue], offices: tuple[str, ...]) -> WithMark:
    match one.stage:
        case Stage.VERIFIED:
            closed = RectificationClosed(rectification=one.rectification)
            return stepped(one, event, What.CLOSED, stage=Stage.CLOSED), (About(one.organisation, closed),)
        case Stage.SUBMITTED:
            return _waits(one, state, event, offices)
        case _ if one.deadline >= event.data.day:
            left = RectificationNearDeadline(rectification=one.rectification, deadline=one.deadline)
            return stepped(one, event, What.NEAR_DEADLINE, warned=True), (About(one.organisation, left),)
        case _:
            return _is_late(one, state, event)


def _waits(one: Rectification, state: State, event: Event[MarkOverdue], offices: tuple[str, ...]) -> WithMark:
    """Submitted work is never overdue, however long its verifier takes; the verifier is told once."""
    assert one.submitted is not None
    reminded = stepped(one, event, What.VERIFICATION_DUE, reminded=True)
    whose = verifier(state.roster, offices, one, event.time)
    if whose is None:
        return reminded, ()
    due = VerificationDue(rectification=one.rectification, organisation=one.organisation, submitted=one.submitted)
    return reminded, (About(whose, due),)


def _is_late(one: Rectification, state: State, event: Event[MarkOverdue]) -> WithMark:
    """Overdue once under each deadline; three working days later the organisation above is told as well.

    A county has none above it, and is not patrolled.
    """
    one, facts = overdue(one, event)
    above = state.standing(event, whose(state.roster, one, event.time)).parent
    if above is None or event.data.day <= due_after(one.deadline, ESCALATED_AFTER).day:
        return one, facts
    one, facts_above = escalated(one, event, above)
    return one, (*facts, *facts_above)
