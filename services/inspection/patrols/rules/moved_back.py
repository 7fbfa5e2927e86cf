"""What came to be due on a day that is closed already: a notice made its own day a day off just before, or a plan did.

A week or a campaign that nobody was asked for before that day was closed, as by a plan adopted afterwards, is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from services.inspection.patrols.model.patrols import PatrolDay, PatrolRound
from services.inspection.patrols.model.plans import PatrolPlan, PatrolPlans, day_id, week_of
from services.inspection.patrols.rules.closing import MOVED, closed_with, said
from services.inspection.patrols.rules.plans import known_plans
from shared.calendar import is_working_day
from shared.database.documents import Key, Need, Query
from shared.events import Event
from shared.events.inspection import SettlePatrolDays
from shared.events.vocabulary import Rhythm
from shared.pipeline.decisions import About, Accepted, State
from shared.roster.organisations import county_of


def to_look_at(event: Event[SettlePatrolDays]) -> Iterator[Need]:
    """The last working days, and what was or was to be due around them."""
    county = county_of(event.organisation)
    yield from (Key(PatrolDay, day_id(county, day)) for day in _days(event))
    yield _rounds(event)


def closed_late(state: State, event: Event[SettlePatrolDays], changed: Mapping[str, PatrolRound]) -> Accepted:
    """Told as of the closed day; `changed` are rounds as they were settled just now."""
    county, plans = county_of(event.organisation), known_plans(state, county_of(event.organisation))
    rounds = {one.id: one for one in state.find(PatrolRound, _rounds(event).filter)} | dict(changed)
    facts: list[About] = []
    closed: dict[str, PatrolRound] = {}
    for plan, day in _moved_back(state, event, plans):
        id = plan.round_id(county, day)
        before = rounds.get(id) or PatrolRound(id=id, county=county, day=day)
        if before.tally(plan.plan).due is None:
            tally = closed_with(before.tally(plan.plan), plan, plans, state.roster, day)
            closed[id] = before.having(day=day, day_off=False, plans={**before.plans, plan.plan: tally})
            facts += said(county, plan, tally, day)
    return Accepted(tuple(closed.values()), tuple(facts))


def _moved_back(state: State, event: Event[SettlePatrolDays], plans: PatrolPlans) -> Iterator[tuple[PatrolPlan, date]]:
    county = county_of(event.organisation)
    for day in _days(event):
        if (kept := state.get(PatrolDay, day_id(county, day))) and kept.closed:
            due = (plan for plan in plans.due_on(day) if plan.rhythm is not Rhythm.DAILY)
            yield from ((plan, day) for plan in due if plans.is_moved(plan, day))


def _days(event: Event[SettlePatrolDays]) -> list[date]:
    days = (event.data.day - timedelta(days=n) for n in range(MOVED.days, 0, -1))
    return [day for day in days if is_working_day(day)]


def _rounds(event: Event[SettlePatrolDays]) -> Query:
    week = week_of(event.data.day)
    first, last = week[0] - 2 * MOVED, week[-1] + MOVED
    near = {"$gte": first.isoformat(), "$lte": last.isoformat()}
    return Query(PatrolRound, {"county": county_of(event.organisation), "day": near})
