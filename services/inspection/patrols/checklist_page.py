"""The page of one checklist: the items of each version with their weights, and its next version."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from services.inspection.patrols import reads as records
from services.inspection.patrols.adopted import COMING, LISTS, NOW, OVER
from services.inspection.patrols.adopted import PAGE as PLANS
from services.inspection.patrols.adopting import NEXT, Publishing
from services.inspection.patrols.model.checklists import Checklist, ChecklistVersion
from services.inspection.patrols.plan_form import PLANNED, version_key
from services.inspection.places import SUBJECTS
from shared.events.inspection import PublishChecklist
from shared.forms import values_of
from shared.identity.reading import SENT, SIGNED_IN
from shared.pages.boards import Board, Cell, SubjectPage
from shared.pages.cells import day_cell, number_cell
from shared.pages.chinese import NOTHING
from shared.pages.words import ShownState
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.parameters import NameInPath, VersionInPath
from shared.web.reading import reads
from shared.web.records.correctable import HowCorrected
from shared.web.records.planned import ChangeLinks, change_links
from shared.web.told import Told, told_of
from shared.web.unless_away import unless_away
from shared.web.visit import Here, Visit

HEADS = {"版本": "", "起始日期": "tight", "检查项": "number", "状态": "", "取消": ""}
ITEM_HEADS = {"检查内容": "wide", "分值": "number"}
NO_LINKS: Mapping[str, ChangeLinks] = {}
router = APIRouter(prefix=LISTS)


@router.get("/{checklist}", dependencies=[reads(SIGNED_IN)])
async def one(here: Here, how: HowCorrected, checklist: NameInPath, sent: str = "") -> Response:
    """With all its versions, and the items of the one in force."""
    kept = await _checklist(here, checklist)
    is_coming = any(one.effective_from > here.today for one in kept.versions)
    ways = await change_links(here, how, PLANNED, [kept.county]) if is_coming else NO_LINKS
    return await _page(here, checklist, ways, await told_of(here.parts, here.who, sent))


@router.post("/{checklist}/{version}/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, checklist: NameInPath, version: VersionInPath, key: str) -> Response:
    """Its next version, which follows the one that stood in the page."""
    at = f"{LISTS}/{checklist}"
    county = here.parts.settings.county
    known = await unless_away(records.checklist(here.parts.db, county, checklist))
    given = {"checklist": checklist, "version": version}
    sent = await submit_one_of({NEXT.key: NEXT}, key, request, here, county, at, Publishing(known), given)
    page = f"{at}/{version}"
    return await SUBJECTS.answered(sent, "plans", page, lambda again: _page(here, checklist, NO_LINKS, again=again))


async def _checklist(here: Visit, name: str) -> Checklist:
    kept = await records.checklist(here.parts.db, here.parts.settings.county, name)
    if kept is None or not kept.versions:
        raise HTTPException(404)
    return kept


async def _page(
    here: Visit, name: str, ways: Mapping[str, ChangeLinks], told: Told | None = None, again: Again | None = None
) -> Response:
    kept = await _checklist(here, name)
    shown = kept.on(here.today) or kept.versions[0]
    may = here.admits(PublishChecklist, kept.county)
    newest = kept.versions[-1]
    begun = {NEXT.key: values_of(NEXT, newest.model_dump(mode="json", exclude={"effective_from"}))}
    at = f"{LISTS}/{name}/{newest.version + 1}"
    offered = offering([NEXT] * may, at, Publishing(kept), told, again, begun)
    lines = [_line(here, kept, one, ways) for one in reversed(kept.versions)]
    boards = (Board("历次版本", HEADS, lines, ""), *(_items(one) for one in dict.fromkeys((shown, newest))))
    return SUBJECTS.show("plans", SubjectPage(shown.name, back=Cell("计划和检查表", PLANS), boards=boards), offered)


def _line(here: Visit, kept: Checklist, one: ChecklistVersion, ways: Mapping[str, ChangeLinks]) -> tuple[Cell, ...]:
    way = ways.get(version_key(kept.checklist, one.version)) if one.effective_from > here.today else None
    return (
        Cell(f"第{one.version}版"),
        day_cell(one.effective_from),
        number_cell(len(one.items), "项"),
        Cell(state=_state(here, kept, one)),
        Cell("取消", way.cancel) if way else Cell(NOTHING),
    )


def _state(here: Visit, kept: Checklist, one: ChecklistVersion) -> ShownState:
    if one.effective_from > here.today:
        return COMING
    return NOW if kept.on(here.today) == one else OVER


def _items(version: ChecklistVersion) -> Board:
    lines = [(Cell(one.name), Cell(str(one.weight))) for one in version.items]
    return Board(f"第{version.version}版检查项", ITEM_HEADS, lines, "")
