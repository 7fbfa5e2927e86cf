"""Deadlines that the calendar moves: provisional ones when their year's notice is known, others when it is corrected.

A tick asks before anything is judged by them, so that it does not matter how the calendar became known.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from services.inspection.rectifications.model import DONE, OPEN, TO_DO, Rectification, Stage, What
from services.inspection.rectifications.rules.falling_due import is_in_time, recounted
from services.inspection.rectifications.rules.marks import mark_withdrawn, overdue, referral_withdrawn
from services.inspection.rectifications.rules.recording import settled
from services.inspection.rectifications.rules.rounds import ESCALATED_AFTER, stepped
from shared.calendar import CHINA, china_day, due_after, is_working_day
from shared.events import Event, Fact
from shared.events.inspection import (
    RectificationDeadlineSettled,
    RectificationSubmitted,
    SettleDeadlines,
    SubmittedWorkWithdrawn,
    VerificationRevised,
)
from shared.pipeline.decisions import About, Accepted, Query, State, Verdict
from shared.roster.organisations import county_of

MOST = 500
"""Rectifications of each kind that one tick looks at, those due first first: the others come before they are due."""
RECENT = timedelta(days=31)
"""How long after its deadline an open one is still looked at for a corrected notice."""
Facts = tuple[Fact | About, ...]


def to_look_at(event: Event[SettleDeadlines]) -> tuple[Query, Query]:
    """Provisional ones, done or not; and open ones whose deadline is certain unless a notice is corrected."""
    day = event.data.day
    here = {"county": county_of(event.organisation), "found": {"$lt": day.isoformat()}}
    certain = {
        **here,
        "stage": {"$in": [stage.value for stage in OPEN]},
        "provisional": False,
        "deadline": {"$gte": (day - RECENT).isoformat()},
    }
    return Query(Rectification, {**here, "provisional": True}, "deadline", MOST), Query(
        Rectification, certain, "deadline", MOST
    )


def settle_deadlines(state: State, event: Event[SettleDeadlines]) -> Verdict:
    """What is due otherwise than was told is told again; a second look changes nothing."""
    found = {one.id: one for query in to_look_at(event) for one in state.find(Rectification, query.filter)}
    looked_at = [settle(one, event) for one in found.values() if one.found < event.data.day]
    seen = [one for one in looked_at if one is not None]
    changes = tuple(change for one in seen for change in one.changes)
    return Accepted(changes, tuple(fact for one in seen for fact in one.facts))


def settle(one: Rectification, event: Event[SettleDeadlines]) -> Accepted | None:
    """By the calendar as it is known now: deadline, due day, marks and verification; None when all of it was told."""
    if one.stage is Stage.WITHDRAWN or one.is_fixed or not (one.provisional or one.stage in OPEN):
        return None
    now = one.having(**_counted_again(one))
    if (now.deadline, now.provisional, now.due) == (one.deadline, one.provisional, one.due):
        return None
    now, change = _with_change(one, now, event)
    now, marks = _marked_again(one, now, event) if one.stage in TO_DO else _work_in_time_again(one, now, event)
    now, verification = _judged_again(one, now)
    return settled(now, event, *change, *marks, *verification)


def _with_change(one: Rectification, now: Rectification, event: Event[SettleDeadlines]) -> tuple[Rectification, Facts]:
    """The deadline that is worked to, with a line in the history; a due day that alone has moved tells itself."""
    if (now.deadline, now.provisional) == (one.deadline, one.provisional):
        return now, ()
    fact = RectificationDeadlineSettled(
        rectification=one.rectification, before=one.deadline, deadline=now.deadline, provisional=now.provisional
    )
    until: dict[str, Any] = {"deadline": now.deadline, "provisional": now.provisional}
    return stepped(now, event, What.SETTLED, **until), (About(one.organisation, fact),)


def _counted_again(one: Rectification) -> dict[str, Any]:
    began, days = counted(one)
    due = due_after(began, days)
    again = {"deadline": due.day, "provisional": due.provisional, "counted_from": began, "counted": days}
    if one.counted_from is None:
        # An earlier release did not keep what had been given; its due day is the deadline or is left alone.
        return {**again, "due": due.day} if one.due == one.deadline else again
    return {**again, **recounted(one)}


def counted(one: Rectification) -> tuple[date, int]:
    """From which day on how many working days; earlier releases kept neither and knew no holiday of a year to come."""
    if one.counted_from is not None:
        return one.counted_from, one.counted
    rounds = (china_day(step.at) for step in reversed(one.steps) if step.what in (What.SENT_BACK, What.REOPENED))
    began = next(rounds, one.found)
    days = (began + timedelta(days=n) for n in range(1, (one.deadline - began).days + 1))
    return began, sum(_was_counted(one, day) for day in days)


def _was_counted(one: Rectification, day: date) -> bool:
    return day.weekday() < 5 if one.provisional and day.year == one.deadline.year else is_working_day(day)


def _marked_again(one: Rectification, now: Rectification, event: Event[SettleDeadlines]) -> tuple[Rectification, Facts]:
    """Marks under a deadline that has moved are taken back, and made again where due."""
    if now.deadline == one.deadline:
        return now, ()
    now, facts = now.having(warned=one.warned and now.deadline < one.deadline), list[Fact | About]()
    if one.escalated and china_day(one.escalated) <= due_after(now.deadline, ESCALATED_AFTER).day:
        facts += referral_withdrawn(one)
        now = now.having(escalated=None, escalated_to="", escalations=one.escalations - 1)
    if one.marked is not None:
        facts.append(mark_withdrawn(one))
        now = now.having(marked=None)
    now, late = overdue(now, event)
    return now, (*facts, *late)


def _work_in_time_again(
    one: Rectification, now: Rectification, event: Event[SettleDeadlines]
) -> tuple[Rectification, Facts]:
    """Work that was submitted in time or late other than was told, as of its day, with the mark that goes with it."""
    assert one.submitted is not None
    was, is_in_time = one.submitted <= one.deadline, one.submitted <= now.deadline
    if was is is_in_time:
        return now, ()
    at = datetime.combine(one.submitted, time.min, CHINA)
    said = SubmittedWorkWithdrawn(rectification=one.rectification, on_time=was)
    true = RectificationSubmitted(rectification=one.rectification, on_time=is_in_time)
    now, marks = _marked_again(one, now, event) if not is_in_time else _unmarked(one, now)
    return now, (*marks, About(one.organisation, said, at), About(one.organisation, true, at))


def _unmarked(one: Rectification, now: Rectification) -> tuple[Rectification, Facts]:
    """It was never overdue under this deadline."""
    facts = [*([mark_withdrawn(one)] if one.marked else []), *(referral_withdrawn(one) if one.escalated else ())]
    escalations = one.escalations - (one.escalated is not None)
    return now.having(marked=None, escalated=None, escalated_to="", escalations=escalations), tuple(facts)


def _judged_again(one: Rectification, now: Rectification) -> tuple[Rectification, Facts]:
    """Verified work that was in time or late other than was told, as of its verification."""
    if one.stage not in DONE or one.submitted is None:
        return now, ()
    said = bool(one.on_time) if one.in_time is None else one.in_time
    judged = now.having(on_time=one.submitted <= now.deadline, in_time=is_in_time(now))
    if (judged.on_time, judged.in_time) == (one.on_time, said):
        return judged, ()
    revised = VerificationRevised(
        rectification=one.rectification,
        on_time=bool(judged.on_time),
        in_time=bool(judged.in_time),
        in_time_before=said,
    )
    return judged, (About(one.organisation, revised, one.verified),)
