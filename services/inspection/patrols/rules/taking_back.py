"""Patrol plans and checklists are taken back, or adopted otherwise, until the day before they are in force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from services.inspection.patrols.model.checklists import Checklist, checklist_id
from services.inspection.patrols.model.plans import PatrolPlan, PatrolPlans
from shared.database.documents import Key
from shared.events.inspection import ChecklistPublished, ChecklistWithdrawn, PatrolPlanAdopted, PatrolPlanWithdrawn
from shared.pipeline.decisions import Accepted, Original, Refused, State, Verdict, fact_of
from shared.roster.organisations import county_of

ONE_DAY = timedelta(days=1)


def adopted(original: Original) -> Iterator[Key]:
    """The county's plans."""
    yield Key(PatrolPlans, county_of(original.organisation))


def before_it_begins(original: Original) -> date:
    """The last day on which nobody patrols by it."""
    return fact_of(original, PatrolPlanAdopted).effective_from - ONE_DAY


def undo_plan(state: State, original: Original) -> Verdict:
    """The plan before it goes on; a campaign's name is free again."""
    fact = fact_of(original, PatrolPlanAdopted)
    plans = state.get(PatrolPlans, county_of(original.organisation))
    assert plans is not None
    *_, last = (n for n, plan in enumerate(plans.history) if is_of(plan, fact))
    left = plans.having(history=(*plans.history[:last], *plans.history[last + 1 :]))
    return Accepted((left,), original.taken_back(PatrolPlanWithdrawn))


def is_of(plan: PatrolPlan, fact: PatrolPlanAdopted) -> bool:
    """Whether a plan is kept as that fact told."""
    return all(getattr(plan, name) == value for name, value in fact)


def published(original: Original) -> Iterator[Key]:
    """The checklist with all its versions."""
    fact = fact_of(original, ChecklistPublished)
    yield Key(Checklist, checklist_id(county_of(original.organisation), fact.checklist))


def before_it_is_in_force(original: Original) -> date:
    """The last day on which nobody marks by it."""
    return fact_of(original, ChecklistPublished).effective_from - ONE_DAY


def undo_checklist(state: State, original: Original) -> Verdict:
    """The newest version alone: versions are numbered one after another."""
    fact = fact_of(original, ChecklistPublished)
    known = state.get(Checklist, checklist_id(county_of(original.organisation), fact.checklist))
    assert known is not None
    if known.versions[-1].version != fact.version:
        return Refused("checklist-version-followed", title=fact.name, version=known.versions[-1].version)
    left = known.having(versions=known.versions[:-1])
    return Accepted((left,), original.taken_back(ChecklistWithdrawn))
