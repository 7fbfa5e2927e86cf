"""The page of patrol plans and checklists, each with its versions and the days from which they hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.inspection.patrols import reads as records
from services.inspection.patrols.adopting import ADOPT, PUBLISH, Choosing, Publishing
from services.inspection.patrols.board import plan_line
from services.inspection.patrols.model.checklists import Checklist
from services.inspection.patrols.model.plans import PatrolPlan, PatrolPlans
from services.inspection.places import SUBJECTS
from shared.events.inspection import AdoptPatrolPlan, PublishChecklist
from shared.events.vocabulary import OrganisationKind
from shared.forms import Form
from shared.identity.reading import SENT, SIGNED_IN
from shared.pages.boards import Board, Cell, SubjectPage
from shared.pages.cells import number_cell
from shared.pages.chinese import NOTHING, day_text
from shared.pages.words import ShownState
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.reading import reads
from shared.web.subjects import named
from shared.web.told import Told, told_of
from shared.web.unless_away import unless_away
from shared.web.visit import Here, Visit

PAGE = "/inspection/plans"
LISTS = "/inspection/checklists"
FORMS: Mapping[str, Form] = {form.key: form for form in (ADOPT, PUBLISH)}
HEADS = {
    "计划": "wide",
    "类别": "",
    "频次": "",
    "由谁检查": "",
    "范围": "",
    "现行检查表": "",
    "起始日期": "tight",
    "状态": "",
}
LIST_HEADS = {"检查表": "wide", "现行版本": "", "检查项": "number", "起始日期": "tight", "状态": ""}
COMING, NOW, OVER = ShownState("未施行", "warn"), ShownState("现行", "good"), ShownState("已失效", "")
router = APIRouter(prefix=PAGE)


@router.get("", dependencies=[reads(SIGNED_IN)])
async def plans(here: Here, sent: str = "") -> Response:
    """All of them, each by what holds today."""
    return await _page(here, await told_of(here.parts, here.who, sent))


@router.post("/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, key: str) -> Response:
    """A new plan, or a new checklist."""
    county = here.parts.settings.county
    known = await unless_away(choosing(here)) if key == ADOPT.key else Publishing()
    sent = await submit_one_of(FORMS, key, request, here, county, PAGE, known)
    return await SUBJECTS.answered(sent, "plans", PAGE, lambda again: _page(here, again=again))


async def choosing(here: Visit) -> Choosing:
    """Checklists by the name of their newest version; whoever has others below it."""
    county = here.parts.settings.county
    lists = await records.checklists(here.parts.db, county)
    called = {one.checklist: one.versions[-1].name for one in lists if one.versions}
    own = (OrganisationKind.COUNTY, OrganisationKind.VILLAGE)
    stood = ((one.id, one.on(here.today)) for one in here.roster)
    return Choosing(county, called, named(here, {code for code, now in stood if now and now.kind not in own}))


async def _page(here: Visit, told: Told | None = None, again: Again | None = None) -> Response:
    db, county = here.parts.db, here.parts.settings.county
    kept, lists = await records.plans_of(db, county), await records.checklists(db, county)
    forms = [ADOPT] * here.admits(AdoptPatrolPlan, county) + [PUBLISH] * here.admits(PublishChecklist, county)
    offered = offering(forms, PAGE, await choosing(here) if forms else None, told, again)
    lead = "巡查计划由联合党委制定，规定检查哪些地方、多久一次、按哪份检查表打分。"
    boards = (_plans(here, kept, lists), _lists(here, lists))
    return SUBJECTS.show("plans", SubjectPage("计划和检查表", lead, boards=boards), offered)


def _plans(here: Visit, kept: PatrolPlans, lists: Sequence[Checklist]) -> Board:
    standing = kept.on(here.today)
    newest = {one.plan: standing.get(one.plan, one) for one in kept.history}
    lines = [plan_cells(here, one, lists, plan_state(kept, one, here.today), is_link=True) for one in newest.values()]
    return Board("巡查计划", HEADS, lines, "")


def plan_cells(
    here: Visit, plan: PatrolPlan, lists: Sequence[Checklist], state: ShownState, is_link: bool
) -> Sequence[Cell]:
    """A plan, as it is from its first day on."""
    line = plan_line(plan, lists, here.roster, max(here.today, plan.effective_from))
    return (
        Cell(line.name, f"{PAGE}/{plan.plan}" if is_link else ""),
        Cell(line.patrol),
        Cell(line.rhythm),
        Cell(line.by),
        Cell(line.scope),
        Cell(line.checklist),
        Cell(line.since),
        Cell(state=state),
    )


def plan_state(kept: PatrolPlans, plan: PatrolPlan, today: date) -> ShownState:
    """Whether anybody patrols by it."""
    if plan.effective_from > today:
        return COMING
    return NOW if kept.on(today).get(plan.plan) == plan else OVER


def _lists(here: Visit, lists: Sequence[Checklist]) -> Board:
    lines = [_list(here, one) for one in lists if one.versions]
    return Board("检查表", LIST_HEADS, lines, "还没有检查表。由联合党委在本页发布。")


def _list(here: Visit, kept: Checklist) -> Sequence[Cell]:
    now = kept.on(here.today) or kept.versions[0]
    return (
        Cell(now.name, f"{LISTS}/{kept.checklist}"),
        Cell(f"第{now.version}版"),
        number_cell(len(now.items), "项"),
        Cell(day_text(now.effective_from) if now.effective_from > date.min else NOTHING),
        Cell(state=COMING if now.effective_from > here.today else NOW),
    )
