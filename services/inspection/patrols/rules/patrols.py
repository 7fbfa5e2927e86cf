"""Rules of patrols: what an inspection is by who made it, and which plan and which day it counts for."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from services.inspection.patrols.model.patrols import Inspection, PatrolDay, PatrolRound
from services.inspection.patrols.model.plans import PatrolPlan, PatrolPlans
from services.inspection.patrols.rules.checklists import checked_wrongly, in_force_instead
from services.inspection.patrols.rules.closing import withdrawn
from services.inspection.patrols.rules.plans import known_plans
from services.inspection.rectifications.rules.findings import followed_up
from shared.events import Event, Fact
from shared.events.inspection import InspectionLogged, LogInspection, PatrolMade
from shared.events.vocabulary import OF_A_PLACE, Check, Inspector, Rhythm
from shared.pipeline.decisions import About, Accepted, Refused, State, Verdict
from shared.roster.organisations import county_of


def log_inspection(state: State, event: Event[LogInspection]) -> Verdict:
    """It counts for its patroller and the day on which the plan is due; its findings are followed up in any case."""
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
    look = Look(_check(event, due), _inspector(state, event), plan, due, in_force_instead(state, event))
    facts: tuple[Fact | About, ...] = (_logged(event, look, counted), *counted.facts)
    return Accepted((*counted.changes, _kept(event, look), *followed.changes), (*facts, *followed.facts))


def _plan_of(state: State, event: Event[LogInspection], plans: PatrolPlans) -> PatrolPlan | Refused | None:
    """The plan it names or else the day's; a station or window may be looked at outside every plan."""
    asked, here, day = event.data, event.organisation, event.day
    if asked.patrol in OF_A_PLACE and state.standing(event).patrolled is not asked.patrol:
        return Refused("not-patrolled", organisation=here, patrol=asked.patrol)
    if asked.plan is None:
        daily = plans.daily(asked.patrol, here, state.roster, day, event.submitter)
        return daily if daily or asked.patrol in OF_A_PLACE else Refused("plan-needed", patrol=asked.patrol)
    plan = plans.on(day).get(asked.plan)
    if plan is None or plan.patrol is not asked.patrol:
        return Refused("plan-not-in-force", plan=asked.plan, day=day, patrol=asked.patrol)
    if not plan.covers(here, state.roster, day) or plans.gives_way(plan, state.roster, day):
        return Refused("not-patrolled", organisation=here, patrol=plan.name)
    return _followed(state, event, plan)


def _followed(state: State, event: Event[LogInspection], plan: PatrolPlan) -> PatrolPlan | Refused | None:
    """A plan counts what its patroller does: anybody else made a spot check, and nobody does another's patrol of it."""
    patroller = plan.patroller(event.organisation, state.roster, event.day)
    if patroller == event.submitter:
        return plan
    if event.submitter != event.organisation:
        return None
    here = event.organisation
    return Refused("plan-of-another", plan=plan.plan, title=plan.name, organisation=here, patroller=patroller)


class Look(NamedTuple):
    """What an inspection was and by whom, and the plan and the day it counts for."""

    check: Check
    by: Inspector
    plan: PatrolPlan | None
    due: date | None
    in_force: int | None
    """The version of the day, where it was marked by an older one."""


def _check(event: Event[LogInspection], due: date | None) -> Check:
    """Whoever looks at itself makes a self-check; what is due is a patrol; all else is a spot check."""
    if event.submitter == event.organisation:
        return Check.SELF_CHECK
    return Check.PATROL if due else Check.SPOT_CHECK


def _inspector(state: State, event: Event[LogInspection]) -> Inspector:
    """Who stands above the place, or else holds the office for it: nobody else may submit for another."""
    if event.submitter == event.organisation:
        return Inspector.SELF
    if event.data.camera:
        return Inspector.CAMERA
    is_above = event.submitter in state.roster.path(event.organisation, event.day).split("/")
    return Inspector.ABOVE if is_above else Inspector.OFFICE


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
    """The day's record with this patrol in it; one that had been missed is withdrawn as of when it was missed.

    Who patrolled another place is told of it beside the place; a self-check is one fact. A place that counts elsewhere
    already, for its week crosses a month or its patroller changed, is not on time here: no rate may exceed 1.
    """
    here, day = event.organisation, _round(state, event, plan, due)
    before, where = day.tally(plan.plan), plan.counts_where(event.submitter, event.day)
    first, made_up = here not in before.patrolled, here in before.missed
    is_here = before.counted.get(here, where) == where
    on_time = is_here and event.time <= plan.deadline(due) and (first or here not in before.on_time)
    after = before.model_copy(
        update={
            "patrolled": {**before.patrolled, here: before.patrolled.get(here, 0) + 1},
            "on_time": (*before.on_time, here) if on_time else before.on_time,
            "counted": {**before.counted, here: where} if first and where else before.counted,
        }
    )
    theirs = (_made(event, plan, due, first, on_time),) if event.submitter != here else ()
    closed_on = due if before.due is None else day.day
    back = (withdrawn(plan, before, here, closed_on),) if made_up else ()
    changed = day.having(day=closed_on, plans={**day.plans, plan.plan: after})
    return Counted(first, on_time, made_up, (changed,), (*theirs, *back))


def _made(event: Event[LogInspection], plan: PatrolPlan, due: date, first: bool, on_time: bool) -> About:
    here = event.organisation
    fact = PatrolMade(patrol=plan.patrol, plan=plan.plan, place=here, due=due, first=first, on_time=on_time)
    return About(event.submitter, fact)


def _round(state: State, event: Event[LogInspection], plan: PatrolPlan, due: date) -> PatrolRound:
    county = county_of(event.organisation)
    kind = PatrolDay if plan.rhythm is Rhythm.DAILY else PatrolRound
    id = plan.round_id(county, due)
    return state.get(kind, id) or kind(id=id, county=county, day=due)


def _logged(event: Event[LogInspection], look: Look, counted: Counted) -> Fact:
    asked, plan = event.data, look.plan
    return InspectionLogged(
        inspection=event.id,
        patrol=asked.patrol,
        plan=plan.plan if plan else None,
        day=event.day,
        due=look.due,
        score=asked.score,
        checklist=asked.checked.checklist if asked.checked else None,
        version=asked.checked.version if asked.checked else None,
        findings=len(asked.findings),
        first_of_day=counted.first,
        on_time=counted.on_time,
        made_up=counted.made_up,
        check=look.check,
        by=look.by,
        rhythm=plan.rhythm if plan else None,
        in_force=look.in_force,
    )


def _kept(event: Event[LogInspection], look: Look) -> Inspection:
    asked = event.data
    return Inspection(
        id=event.key,
        county=county_of(event.organisation),
        organisation=event.organisation,
        submitter=event.submitter,
        inspection=event.id,
        patrol=asked.patrol,
        plan=look.plan.plan if look.plan else None,
        day=event.day,
        due=look.due,
        captured=event.time,
        score=asked.score,
        checked=asked.checked,
        findings=len(asked.findings),
        place=asked.place,
        photos=tuple(asked.photos),
        reinspects=asked.reinspects,
        check=look.check,
        by=look.by,
    )
