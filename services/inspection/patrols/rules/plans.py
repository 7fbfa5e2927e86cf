"""Rules of patrol plans: the committee adopts them, a later one follows an earlier one from its day on."""

from __future__ import annotations

from collections.abc import Iterator

from services.inspection.patrols.model.checklists import Checklist, checklist_id
from services.inspection.patrols.model.patrols import PatrolRound, Tally
from services.inspection.patrols.model.plans import PatrolPlan, PatrolPlans, first_plans
from shared.events import Event
from shared.events.inspection import AdoptPatrolPlan, PatrolPlanAdopted
from shared.events.vocabulary import PatrolKind, Rhythm
from shared.pipeline.decisions import Accepted, Refused, State, Verdict
from shared.roster.organisations import county_of


def adopt_plan(state: State, event: Event[AdoptPatrolPlan]) -> Verdict:
    """A plan is kept beside those before it: a day that is past is looked up by what was in force on it."""
    county = county_of(event.organisation)
    plans = known_plans(state, county)
    plan = _adopted(event.data, county)
    if no := inconsistent(plan) or _not_new(plan, plans) or _unknown(state, plan, county):
        return no
    fact = PatrolPlanAdopted(
        plan=plan.plan,
        name=plan.name,
        patrol=plan.patrol,
        rhythm=plan.rhythm,
        scope=plan.scope,
        effective_from=plan.effective_from,
        effective_to=plan.effective_to,
        by=plan.by,
    )
    return Accepted((plans.having(history=(*plans.history, plan)),), (fact,))


def known_plans(state: State, county: str) -> PatrolPlans:
    """The county's plans; those it begins with when it has adopted none."""
    return state.get(PatrolPlans, county) or first_plans(county)


def counted_by(kept: PatrolRound, plans: PatrolPlans) -> Iterator[tuple[PatrolPlan, Tally]]:
    """The plans of a day, as they were in force on it, each with who was patrolled by it."""
    known = {plan.plan: plan for plan in plans.history} | plans.on(kept.day)
    return ((known[slug], tally) for slug, tally in kept.plans.items() if slug in known)


def _adopted(asked: AdoptPatrolPlan, county: str) -> PatrolPlan:
    return PatrolPlan.model_validate({**asked.model_dump(), "scope": asked.scope or county})


def inconsistent(plan: PatrolPlan) -> Refused | None:
    """A campaign has a period and no other rhythm; a weekly plan has a weekday."""
    is_campaign = plan.patrol is PatrolKind.CAMPAIGN
    has_weekday = plan.weekday is not None
    if is_campaign is not (plan.rhythm is Rhythm.CAMPAIGN) or has_weekday is not (plan.rhythm is Rhythm.WEEKLY):
        return Refused("rhythm-not-of-kind", plan=plan.plan, title=plan.name, rhythm=plan.rhythm, patrol=plan.patrol)
    if plan.effective_to and plan.effective_to < plan.effective_from:
        return Refused("plan-ends-before-it-begins", plan=plan.plan, title=plan.name)
    if is_campaign and (plan.effective_to is None or plan.last_working_day() is None):
        return Refused("campaign-needs-an-end", plan=plan.plan, title=plan.name)
    return None


def _not_new(plan: PatrolPlan, plans: PatrolPlans) -> Refused | None:
    """A campaign is one round of patrols: its slug stands for the same period for good."""
    campaigns = {known.plan for known in plans.history if known.rhythm is Rhythm.CAMPAIGN}
    others = {known.plan for known in plans.history if known.rhythm is not Rhythm.CAMPAIGN}
    if plan.plan in campaigns or (plan.rhythm is Rhythm.CAMPAIGN and plan.plan in others):
        return Refused("campaign-already-adopted", plan=plan.plan, title=plan.name)
    return None


def _unknown(state: State, plan: PatrolPlan, county: str) -> Refused | None:
    """The scope stands in this county's tree, the checklist is published."""
    if county not in state.roster.path(plan.scope, plan.effective_from).split("/"):
        return Refused("unknown-organisation", organisation=plan.scope)
    known = state.get(Checklist, checklist_id(county, plan.checklist)) if plan.checklist else None
    if plan.checklist and (known is None or not known.versions):
        return Refused("unknown-checklist", checklist=plan.checklist)
    return None
