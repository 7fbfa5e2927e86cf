"""The page of one patrol plan: its versions with their days, the ways to change what is to come, and its next one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from services.inspection.patrols import reads as records
from services.inspection.patrols.adopted import HEADS, PAGE, choosing, plan_cells, plan_state
from services.inspection.patrols.adopting import ANEW
from services.inspection.patrols.model.plans import PatrolPlan, PatrolPlans
from services.inspection.patrols.plan_form import PLANNED, plan_key
from services.inspection.places import SUBJECTS
from shared.events.inspection import AdoptPatrolPlan
from shared.events.vocabulary import Rhythm
from shared.forms import values_of
from shared.identity.reading import SENT, SIGNED_IN
from shared.pages.boards import Board, Cell, SubjectPage
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.parameters import NameInPath
from shared.web.reading import reads
from shared.web.records.correctable import HowCorrected
from shared.web.records.planned import CHANGING, ChangeLinks, change_cells, change_links
from shared.web.told import Told, told_of
from shared.web.unless_away import unless_away
from shared.web.visit import Here, Visit

NO_LINKS: Mapping[str, ChangeLinks] = {}
OF_ITS_OWN = "专项巡查的范围和期限下达以后不再调整；需要另行检查的，制定新的计划。"
router = APIRouter(prefix=PAGE)


@router.get("/{plan}", dependencies=[reads(SIGNED_IN)])
async def one(here: Here, how: HowCorrected, plan: NameInPath, sent: str = "") -> Response:
    """With all its versions."""
    _, versions = await _versions(here, plan)
    is_coming = any(one.effective_from > here.today for one in versions)
    county = here.parts.settings.county
    ways = await change_links(here, how, PLANNED, [county]) if is_coming else NO_LINKS
    return await _page(here, plan, ways, await told_of(here.parts, here.who, sent))


@router.post("/{plan}/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, plan: NameInPath, key: str) -> Response:
    """Its next version."""
    at, known = f"{PAGE}/{plan}", await unless_away(choosing(here))
    county, given = here.parts.settings.county, {"plan": plan}
    sent = await submit_one_of({ANEW.key: ANEW}, key, request, here, county, at, known, given)
    return await SUBJECTS.answered(sent, "plans", at, lambda again: _page(here, plan, NO_LINKS, again=again))


async def _versions(here: Visit, plan: str) -> tuple[PatrolPlans, list[PatrolPlan]]:
    kept = await records.plans_of(here.parts.db, here.parts.settings.county)
    versions = [one for one in kept.history if one.plan == plan]
    if not versions:
        raise HTTPException(404)
    return kept, versions


async def _page(
    here: Visit, plan: str, ways: Mapping[str, ChangeLinks], told: Told | None = None, again: Again | None = None
) -> Response:
    kept, versions = await _versions(here, plan)
    lists = await records.checklists(here.parts.db, here.parts.settings.county)
    is_campaign = versions[-1].rhythm is Rhythm.CAMPAIGN
    may = not is_campaign and here.admits(AdoptPatrolPlan, here.parts.settings.county)
    begun = {ANEW.key: _begun(here, versions[-1])}
    offered = offering([ANEW] * may, f"{PAGE}/{plan}", await choosing(here), told, again, begun)
    lines = [
        (*plan_cells(here, one, lists, plan_state(kept, one, here.today), is_link=False), *_way(here, one, ways))
        for one in reversed(versions)
    ]
    board = Board("历次内容", {**HEADS, **CHANGING}, lines, "")
    note = OF_ITS_OWN if is_campaign else ""
    back = Cell("计划和检查表", PAGE)
    return SUBJECTS.show("plans", SubjectPage(versions[-1].name, back=back, boards=(board,), note=note), offered)


def _begun(here: Visit, plan: PatrolPlan) -> Mapping[str, str]:
    """As it is now, but for the days."""
    said = plan.model_dump(mode="json", exclude={"effective_from", "effective_to"})
    scope = "" if plan.scope == here.parts.settings.county else plan.scope
    return values_of(ANEW, {**said, "scope": scope})


def _way(here: Visit, plan: PatrolPlan, ways: Mapping[str, ChangeLinks]) -> Sequence[Cell]:
    is_coming = plan.effective_from > here.today
    return change_cells(ways.get(plan_key(plan.plan, plan.effective_from)) if is_coming else None)
