"""Which rule decides what is said of patrols, and what it needs to look at."""

from __future__ import annotations

from collections.abc import Iterator

from services.inspection.patrols.model.checklists import Checklist, checklist_id
from services.inspection.patrols.model.patrols import PatrolDay, PatrolRound
from services.inspection.patrols.model.plans import PatrolPlans, campaign_id, day_id, week_id
from services.inspection.patrols.rules import closing, days_off, learnt_since, moved_back, patrols, taking_back, undoing
from services.inspection.patrols.rules.checklists import publish_checklist
from services.inspection.patrols.rules.plans import adopt_plan
from services.inspection.rectifications.rules import findings
from shared.events import Event
from shared.events.inspection import AdoptPatrolPlan, CloseDay, LogInspection, PublishChecklist, SettlePatrolDays
from shared.pipeline.decisions import Handler, Handlers, Key, Need, Query
from shared.roster.organisations import county_of


def _of_inspection(event: Event[LogInspection]) -> Iterator[Need]:
    """The plan's rhythm is not known yet: the records of the day, of the week and of the campaign are looked up."""
    county, day, asked = county_of(event.organisation), event.day, event.data
    yield Key(PatrolPlans, county)
    yield Key(PatrolDay, day_id(county, day))
    if asked.plan:
        yield Key(PatrolRound, week_id(county, asked.plan, day))
        yield Key(PatrolRound, campaign_id(county, asked.plan))
    if asked.checked:
        yield Key(Checklist, checklist_id(county, asked.checked.checklist))
    yield from findings.needs(event)


def _of_closing(event: Event[CloseDay]) -> Iterator[Need]:
    county = county_of(event.organisation)
    yield Key(PatrolPlans, county)
    yield Key(PatrolDay, day_id(county, event.data.day))
    yield Query(PatrolRound, closing.rounds_near(event))


def _of_settling(event: Event[SettlePatrolDays]) -> Iterator[Need]:
    yield Key(PatrolPlans, county_of(event.organisation))
    yield from days_off.to_look_at(event)
    yield from moved_back.to_look_at(event)


PATROLS: Handlers = {
    LogInspection: Handler(patrols.log_inspection, _of_inspection, undoing.undo_inspection, undoing.inspected),
    CloseDay: Handler(closing.close_day, _of_closing),
    SettlePatrolDays: Handler(days_off.settle_patrol_days, _of_settling, by_roster=learnt_since.to_look_at),
}


def _of_plan(event: Event[AdoptPatrolPlan]) -> Iterator[Need]:
    county = county_of(event.organisation)
    yield Key(PatrolPlans, county)
    if event.data.checklist:
        yield Key(Checklist, checklist_id(county, event.data.checklist))


def _of_checklist(event: Event[PublishChecklist]) -> Iterator[Need]:
    yield Key(Checklist, checklist_id(county_of(event.organisation), event.data.checklist))


PLANS: Handlers = {
    AdoptPatrolPlan: Handler(
        adopt_plan, _of_plan, taking_back.undo_plan, taking_back.adopted, taking_back.before_it_begins, "plan-begun"
    ),
    PublishChecklist: Handler(
        publish_checklist,
        _of_checklist,
        taking_back.undo_checklist,
        taking_back.published,
        taking_back.before_it_is_in_force,
        "checklist-in-force",
    ),
}
