"""Rules of patrols: which plan and which day a patrol counts for, and what is missing when a day is over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from services.inspection.patrols.model.patrols import Inspection, PatrolDay, PatrolRound, Tally
from services.inspection.patrols.model.plans import PatrolPlan, PatrolPlans, day_id, week_of
from services.inspection.patrols.rules.checklists import checked_wrongly
from services.inspection.patrols.rules.plans import known_plans
from services.inspection.rectifications.rules.findings import followed_up
from shared.calendar import CHINA, is_working_day
from shared.events import Event, Fact
from shared.events.inspection import (
    CloseDay,
    InspectionLogged,
    LogInspection,
    MissedPatrolWithdrawn,
    PatrolDayClosed,
    PatrolMissed,
)
from shared.events.vocabulary import OF_A_PLACE, Rhythm
from shared.pipeline.decisions import About, Accepted, Refused, State, Verdict
from shared.roster.organisations import county_of

LAST_SECOND = time(23, 59, 59)


def log_inspection(state: State, event: Event[LogInspection]) -> Verdict:
    """A patrol counts for the day on which its plan is due; its findings are followed up."""
    plans = known_plans(state, county_of(event.organisation))
    plan = _plan_of(state, event, plans)
    if isinstance(plan, Refused):
        return plan
    if no := _marked_wrongly(state, event):
        return no
    followed = followed_up(state, event)
    if isinstance(followed, Refused):
        return followed
    due = plans.due_day(plan, event.day) if plan else None
    counted = _counted(state, event, plan, due) if plan and due else NOT_COUNTED
    facts: tuple[Fact | About, ...] = (_logged(event, plan, due, counted), *counted.facts)
    return Accepted((*counted.changes, _kept(event, plan, due), *followed.changes), (*facts, *followed.facts))


def _plan_of(state: State, event: Event[LogInspection], plans: PatrolPlans) -> PatrolPlan | Refused | None:
    """The plan it names or else the day's; a station or window may be patrolled outside every plan."""
    asked, here, day = event.data, event.organisation, event.day
    if asked.patrol in OF_A_PLACE and state.standing(event).patrolled is not asked.patrol:
        return Refused("not-patrolled", organisation=here, patrol=asked.patrol)
    if asked.plan is None:
        daily = plans.daily(asked.patrol, here, state.roster, day)
        return daily if daily or asked.patrol in OF_A_PLACE else Refused("plan-needed", patrol=asked.patrol)
    plan = plans.on(day).get(asked.plan)
    if plan is None or plan.patrol is not asked.patrol:
        return Refused("plan-not-in-force", plan=asked.plan, day=day, patrol=asked.patrol)
    return (
        plan if plan.covers(here, state.roster, day) else Refused("not-patrolled", organisation=here, patrol=plan.name)
    )


def _marked_wrongly(state: State, event: Event[LogInspection]) -> Refused | None:
    asked = event.data
    if asked.checked is None:
        return None
    return checked_wrongly(state, county_of(event.organisation), asked.checked, asked.score, event.day)


class Counted(NamedTuple):
    """What a patrol changes for its day: whether it is the first, brings the place in time, or is made up."""

    first: bool = False
    on_time: bool = False
    made_up: bool = False
    changes: tuple[PatrolRound, ...] = ()
    facts: tuple[About, ...] = ()


NOT_COUNTED = Counted()


def _counted(state: State, event: Event[LogInspection], plan: PatrolPlan, due: date) -> Counted:
    """The day's record with this patrol in it; one that had been missed is withdrawn as of when it was missed."""
    here, day = event.organisation, _round(state, event, plan, due)
    before = day.tally(plan.plan)
    on_time = event.time <= plan.deadline(due) and here not in before.on_time
    made_up = here in before.missed
    after = before.model_copy(
        update={
            "patrolled": {**before.patrolled, here: before.patrolled.get(here, 0) + 1},
            "on_time": (*before.on_time, here) if on_time else before.on_time,
        }
    )
    withdrawn = MissedPatrolWithdrawn(patrol=plan.patrol, plan=plan.plan, day=due)
    facts = (About(here, withdrawn, _end_of(due)),) if made_up else ()
    changed = day.having(day=due, plans={**day.plans, plan.plan: after})
    return Counted(here not in before.patrolled, on_time, made_up, (changed,), facts)


def _round(state: State, event: Event[LogInspection], plan: PatrolPlan, due: date) -> PatrolRound:
    county = county_of(event.organisation)
    kind = PatrolDay if plan.rhythm is Rhythm.DAILY else PatrolRound
    id = plan.round_id(county, due)
    return state.get(kind, id) or kind(id=id, county=county, day=due)


def _logged(event: Event[LogInspection], plan: PatrolPlan | None, due: date | None, counted: Counted) -> Fact:
    asked = event.data
    return InspectionLogged(
        inspection=event.id,
        patrol=asked.patrol,
        plan=plan.plan if plan else None,
        day=event.day,
        due=due,
        score=asked.score,
        checklist=asked.checked.checklist if asked.checked else None,
        version=asked.checked.version if asked.checked else None,
        findings=len(asked.findings),
        first_of_day=counted.first,
        on_time=counted.on_time,
        made_up=counted.made_up,
    )


def _kept(event: Event[LogInspection], plan: PatrolPlan | None, due: date | None) -> Inspection:
    asked = event.data
    return Inspection(
        id=event.key,
        county=county_of(event.organisation),
        organisation=event.organisation,
        submitter=event.submitter,
        inspection=event.id,
        patrol=asked.patrol,
        plan=plan.plan if plan else None,
        day=event.day,
        due=due,
        captured=event.time,
        score=asked.score,
        checked=asked.checked,
        findings=len(asked.findings),
        place=asked.place,
        photos=tuple(asked.photos),
        reinspects=asked.reinspects,
    )


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
    rounds: dict[str, PatrolRound] = {one.id: one for one in state.find(PatrolRound, rounds_near(event))}
    rounds[daily.id] = daily.having(closed=True)
    facts: list[About] = []
    for plan in known_plans(state, county).due_on(day):
        id = plan.round_id(county, day)
        before = rounds.get(id) or PatrolRound(id=id, county=county, day=day)
        tally = before.tally(plan.plan)
        if tally.due is None:
            closed = tally.model_copy(update={"due": plan.places(state.roster, day)})
            rounds[id] = before.having(day=day, plans={**before.plans, plan.plan: closed})
            facts += _closed(event, plan, closed, day)
    return Accepted(tuple(rounds.values()), tuple(facts))


def _closed(event: Event[CloseDay], plan: PatrolPlan, tally: Tally, day: date) -> Iterator[About]:
    counted = PatrolDayClosed(
        plan=plan.plan,
        patrol=plan.patrol,
        day=day,
        expected=len(tally.due or ()),
        done=tally.done,
        on_time=tally.done_on_time,
    )
    yield About(event.organisation, counted, _end_of(day))
    for code in tally.missed:
        yield About(code, PatrolMissed(patrol=plan.patrol, plan=plan.plan, day=day), _end_of(day))


def _end_of(day: date) -> datetime:
    return datetime.combine(day, LAST_SECOND, CHINA)


def rounds_near(event: Event[CloseDay]) -> dict[str, Any]:
    """The filter of weekly rounds and campaigns due in the week of the day that is closed.

    The whole week: a plan whose weekday was changed within a week has one round in it all the same.
    """
    week = week_of(event.data.day)
    return {
        "county": county_of(event.organisation),
        "day": {"$gte": week[0].isoformat(), "$lte": week[-1].isoformat()},
    }
