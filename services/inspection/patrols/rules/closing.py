"""Rules of a day that is over: whom it was due with, what is missing, and who answers for that."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from services.inspection.patrols.model.patrollers import duty
from services.inspection.patrols.model.patrols import PatrolDay, PatrolRound, Tally
from services.inspection.patrols.model.plans import PatrolPlan, PatrolPlans, day_id, week_of
from services.inspection.patrols.rules.plans import known_plans
from shared.calendar import CHINA, is_working_day
from shared.events import Event
from shared.events.inspection import CloseDay, MissedPatrolWithdrawn, PatrolDayClosed, PatrolMissed
from shared.pipeline.decisions import About, Accepted, Refused, State, Verdict
from shared.roster.organisations import Roster, county_of

LAST_SECOND = time(23, 59, 59)
MOVED = timedelta(days=21)
"""Longer than days off in a row can be."""


def close_day(state: State, event: Event[CloseDay]) -> Verdict:
    """A working day that is over is closed once; what was missed happened on that day, whenever the tick comes."""
    day, county = event.data.day, county_of(event.organisation)
    if not is_working_day(day):
        return Refused("not-a-working-day", day=day)
    if event.time < datetime.combine(day + timedelta(days=1), time.min, CHINA):
        return Refused("day-not-over", day=day)
    daily = state.get(PatrolDay, day_id(county, day)) or PatrolDay(id=day_id(county, day), county=county, day=day)
    if daily.closed:
        return Refused("day-already-closed", day=day)
    known = {one.id: one for one in state.find(PatrolRound, rounds_near(event))}
    rounds: dict[str, PatrolRound] = {daily.id: daily.having(closed=True, day_off=False)}
    facts: list[About] = []
    plans = known_plans(state, county)
    for plan in plans.due_on(day):
        id = plan.round_id(county, day)
        before = rounds.get(id) or known.get(id) or PatrolRound(id=id, county=county, day=day)
        tally = before.tally(plan.plan)
        if tally.due is None:
            closed = closed_with(tally, plan, plans, state.roster, day)
            rounds[id] = before.having(day=day, day_off=False, plans={**before.plans, plan.plan: closed})
            facts += said(county, plan, closed, day)
    return Accepted(tuple(rounds.values()), tuple(facts))


def closed_with(tally: Tally, plan: PatrolPlan, plans: PatrolPlans, roster: Roster, day: date) -> Tally:
    """Whom the day is closed with, and who answers for each of those missed."""
    places = () if plans.gives_way(plan, roster, day) else plan.places(roster, day)
    closed = tally.model_copy(update={"due": places})
    answerable = {place: plan.patroller(place, roster, day) for place in closed.missed}
    return closed.model_copy(update={"answerable": answerable})


def said(county: str, plan: PatrolPlan, tally: Tally, day: date) -> Iterator[About]:
    """The county's sum, and of each place missed whoever was to look at it."""
    yield counted(county, plan, tally, day)
    for place, patroller in tally.answerable.items():
        yield missed(plan, place, patroller, day)


def counted(county: str, plan: PatrolPlan, tally: Tally, day: date) -> About:
    """The county's sum."""
    fact = PatrolDayClosed(
        plan=plan.plan,
        patrol=plan.patrol,
        day=day,
        expected=len(tally.due or ()),
        done=tally.done,
        on_time=tally.done_on_time,
    )
    return About(county, fact, end_of(day))


def missed(plan: PatrolPlan, place: str, patroller: str, day: date) -> About:
    """Told about whoever was to look at the place, as of the day's end."""
    fact = PatrolMissed(patrol=plan.patrol, plan=plan.plan, day=day, place=place, check=duty(patroller, place))
    return About(patroller, fact, end_of(day))


def withdrawn(plan: PatrolPlan, tally: Tally, place: str, day: date, path: str = "") -> About:
    """Takes back, as of when it was told, that a place was missed: in the words and about whom it was told.

    With the `path` that one had, where it has ended since.
    """
    answers = tally.answerable.get(place)
    if answers is None:
        return About(place, MissedPatrolWithdrawn(patrol=plan.patrol, plan=plan.plan, day=day), end_of(day), path)
    back = MissedPatrolWithdrawn(patrol=plan.patrol, plan=plan.plan, day=day, place=place, check=duty(answers, place))
    return About(answers, back, end_of(day), path)


def end_of(day: date) -> datetime:
    return datetime.combine(day, LAST_SECOND, CHINA)


def rounds_near(event: Event[CloseDay]) -> dict[str, Any]:
    """The filter of weekly rounds and campaigns that may be due on the day that is closed.

    The whole week, for a plan whose weekday was changed within it has one round in it all the same; and as far around
    it as a notice can move the last working day of a campaign that was begun before the notice was known.
    """
    week = week_of(event.data.day)
    return {
        "county": county_of(event.organisation),
        "day": {"$gte": (week[0] - MOVED).isoformat(), "$lte": (week[-1] + MOVED).isoformat()},
    }
