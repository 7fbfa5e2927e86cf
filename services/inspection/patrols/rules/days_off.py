"""Days that were closed as working days before a notice made them days off, or moved what was due on them.

What was moved back onto a day that is closed already, before its own day came, is closed for that day.

Whoever was told to have missed something on such a day has missed nothing: that is taken back, as of when it was told.
What was looked at keeps counting for whoever did it. A weekend that a notice makes a working day after it has passed is
not closed afterwards: nobody was asked for anything on it, and what was done was not counted for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from services.inspection.patrols.model.patrols import PatrolDay, PatrolRound, Tally
from services.inspection.patrols.model.plans import PatrolPlan, PatrolPlans
from services.inspection.patrols.rules.closing import closed_with, end_of, said, withdrawn
from services.inspection.patrols.rules.learnt_since import settled_anew
from services.inspection.patrols.rules.moved_back import closed_late
from services.inspection.patrols.rules.plans import counted_by, known_plans
from shared.calendar import is_working_day
from shared.events import Event
from shared.events.inspection import PatrolDayWithdrawn, SettlePatrolDays
from shared.pipeline.decisions import About, Accepted, Query, State, Verdict
from shared.roster.organisations import county_of

A_YEAR = timedelta(days=366)
"""How far back days are looked at: a notice is for one year."""
MOST = 10
"""Days of each kind that one tick settles, the oldest first: each may take back as much as the county has places."""


def to_look_at(event: Event[SettlePatrolDays]) -> tuple[Query, ...]:
    """What is kept of days that are days off now, and of days off that are working days after all."""
    county, until = county_of(event.organisation), event.data.day
    days = [until - timedelta(days=n) for n in range(A_YEAR.days, 0, -1)]
    off = {"county": county, "day": {"$in": [f"{day}" for day in days if not is_working_day(day)]}}
    worked = {"county": county, "day": {"$in": [f"{day}" for day in days if is_working_day(day)]}}
    either = {"closed": {"$in": [True, False]}}
    return (
        Query(PatrolDay, {**off, **either, "day_off": {"$ne": True}}, "day", MOST),
        Query(PatrolRound, {**off, "day_off": {"$ne": True}}, "day", MOST),
        Query(PatrolDay, {**worked, "closed": False, "day_off": True}, "day", MOST),
        Query(PatrolRound, {**worked, "day_off": True}, "day", MOST),
    )


def settle_patrol_days(state: State, event: Event[SettlePatrolDays]) -> Verdict:
    """What was told under another calendar than is known now is told again; a second look changes nothing."""
    kept = {one.id: one for query in to_look_at(event) for one in state.find(query.kind, query.filter)}
    found = [one for one in kept.values() if isinstance(one, PatrolRound)]
    settled = [now for one in found if (now := _settled(state, one, event))]
    changed = {change.id: change for one in settled for change in one.changes if isinstance(change, PatrolRound)}
    back = closed_late(state, event, changed)
    changed |= {one.id: one for one in back.changes if isinstance(one, PatrolRound)}
    anew = settled_anew(state, event, changed)
    changed |= {one.id: one for one in anew.changes if isinstance(one, PatrolRound)}
    return Accepted(tuple(changed.values()), tuple(fact for one in (*settled, back, anew) for fact in one.facts))


def _settled(state: State, kept: PatrolRound, event: Event[SettlePatrolDays]) -> Accepted | None:
    plans = known_plans(state, kept.county)
    tallies, facts, due = dict(kept.plans), list[About](), _due_day(kept, plans)
    for plan, tally in counted_by(kept, plans):
        if tally.due is not None and due != kept.day:
            facts += _taken_back(kept, plan, tally)
            tally = tally.model_copy(update={"due": None, "answerable": {}, "excused": (), "passed": {}})
        elif tally.due is not None or not kept.day_off:
            continue
        if due is not None and due < event.data.day:
            tally = closed_with(tally, plan, plans, state.roster, due)
            facts += said(kept.county, plan, tally, due)
        tallies[plan.plan] = tally
    now = kept.having(plans=tallies, day=due or kept.day, day_off=due is None)
    if isinstance(now, PatrolDay):
        now = now.having(closed=due is not None and (now.closed or kept.day_off))
    return None if now == kept else Accepted((now,), tuple(facts))


def _due_day(kept: PatrolRound, plans: PatrolPlans) -> date | None:
    """When it is due by the calendar known now; the same for all plans of a day."""
    if isinstance(kept, PatrolDay):
        return kept.day if is_working_day(kept.day) else None
    return next((plans.due_day(plan, kept.day) for plan, _ in counted_by(kept, plans)), None)


def _taken_back(kept: PatrolRound, plan: PatrolPlan, tally: Tally) -> Iterator[About]:
    """The county's sum, and of each place that has not been patrolled since whoever was said to have missed it."""
    back = PatrolDayWithdrawn(plan=plan.plan, patrol=plan.patrol, day=kept.day)
    yield About(kept.county, back, end_of(kept.day))
    yield from (withdrawn(plan, tally, place, kept.day) for place in tally.missed)
