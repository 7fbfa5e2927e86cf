"""Which rule decides what is said of patrol plans and checklists, and what it needs to look at."""

from __future__ import annotations

from collections.abc import Iterator

from services.inspection.model import Checklist, PatrolPlans
from services.inspection.model.checklists import checklist_id
from services.inspection.rules.checklists import publish_checklist
from services.inspection.rules.plans import adopt_plan
from shared.decisions import Handler, Handlers, Key, Need
from shared.events import Event
from shared.events.inspection import AdoptPatrolPlan, PublishChecklist
from shared.roster import county_of


def _of_plan(event: Event[AdoptPatrolPlan]) -> Iterator[Need]:
    county = county_of(event.organisation)
    yield Key(PatrolPlans, county)
    if event.data.checklist:
        yield Key(Checklist, checklist_id(county, event.data.checklist))


def _of_checklist(event: Event[PublishChecklist]) -> Iterator[Need]:
    yield Key(Checklist, checklist_id(county_of(event.organisation), event.data.checklist))


PLANS: Handlers = {
    AdoptPatrolPlan: Handler(adopt_plan, _of_plan),
    PublishChecklist: Handler(publish_checklist, _of_checklist),
}
