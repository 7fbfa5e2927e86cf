"""The page of one item of the guide: who answers for it, its limits past and to come, and its limit set anew."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from services.roster.changing import PLANNED, limit_key
from services.roster.meetings.guide import PAGE
from services.roster.meetings.guide_form import ANEW
from services.roster.meetings.model import Issue, Limit, Process
from services.roster.subject_pages import answered, organisation_cell, show
from shared.database.documents import COUNTS
from shared.database.kept import document
from shared.events.roster import PublishGuideItem
from shared.identity.reading import PUBLIC, SENT
from shared.pages.boards import Board, Cell, SubjectPage
from shared.pages.cells import day_cell
from shared.pages.chinese import NOTHING, limit_text
from shared.pages.words import ShownState, name_of
from shared.roster.organisations import of_county
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.parameters import CodeInPath, NameInPath
from shared.web.reading import reads
from shared.web.records.correctable import HowCorrected
from shared.web.records.planned import CHANGING, ChangeLinks, change_cells, change_links
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

HEADS = {"起始日期": "tight", "办理时限": "number", "依据": "", "状态": "", **CHANGING}
NO_LINKS: Mapping[str, ChangeLinks] = {}
router = APIRouter(prefix=PAGE)


@router.get("/{item}", dependencies=[reads(PUBLIC)])
async def one(here: Here, how: HowCorrected, item: NameInPath, sent: str = "") -> Response:
    """Everybody reads it."""
    kept = await _item(here, item)
    is_coming = any(limit.since > here.today for limit in kept.limits)
    about = {kept.responsible, here.parts.settings.county}
    ways = await change_links(here, how, PLANNED, sorted(about)) if is_coming else NO_LINKS
    return await _page(here, item, ways, await told_of(here.parts, here.who, sent))


@router.post("/{item}/{organisation}/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, item: NameInPath, organisation: CodeInPath, key: str) -> Response:
    """Its limit from a later day on; the organisation answers for it."""
    at, given = f"{PAGE}/{item}", {"process": item}
    sent = await submit_one_of({ANEW.key: ANEW}, key, request, here, organisation, at, given=given)
    return await answered(sent, "guide", f"{at}/{organisation}", lambda again: _page(here, item, NO_LINKS, again=again))


async def _item(here: Visit, name: str) -> Process:
    kept = await document(here.parts.db, Process, of_county(here.parts.settings.county, name))
    if kept is None or not kept.limits:
        raise HTTPException(404)
    return kept


async def _page(
    here: Visit,
    name: str,
    ways: Mapping[str, ChangeLinks],
    told: Told | None = None,
    again: Again | None = None,
) -> Response:
    kept = await _item(here, name)
    may, at = here.admits(PublishGuideItem, kept.responsible), f"{PAGE}/{name}/{kept.responsible}"
    offered = offering([ANEW] * may, at, told=told, again=again, begun={ANEW.key: {"name": kept.name}})
    called = name_of(kept.responsible, here.roster, here.today)
    now = kept.limit_on(here.today)
    facts = (
        ("责任单位", organisation_cell(here, kept.responsible) if here.who else Cell(called)),
        ("现行时限", Cell(limit_text(now.days) if now else NOTHING)),
    )
    lines = [await _line(here, name, limit, limit == now, ways) for limit in reversed(kept.limits)]
    board = Board("历次时限", HEADS, lines, "")
    return show("guide", SubjectPage(kept.name, back=Cell("服务指南", PAGE), facts=facts, boards=(board,)), offered)


async def _line(
    here: Visit, name: str, limit: Limit, is_now: bool, ways: Mapping[str, ChangeLinks]
) -> tuple[Cell, ...]:
    state = ShownState("现行", "good") if is_now else ShownState("", "")
    if limit.since > here.today:
        state = ShownState("未施行", "warn")
    way = ways.get(limit_key(name, limit.issue)) if limit.since > here.today else None
    return (
        day_cell(limit.since),
        Cell(limit_text(limit.days)),
        await _basis(here, limit),
        Cell(state=state) if state.word else Cell("已失效"),
        *change_cells(way),
    )


async def _basis(here: Visit, limit: Limit) -> Cell:
    """Published, or by the joint meeting of an issue, whose page those signed in may read."""
    if not limit.issue:
        return Cell("发布")
    wanted = {"_id": {"$regex": f"/{limit.issue}$"}, **COUNTS, "stage": "resolved"}
    raw = await here.parts.db[Issue.collection].find_one(wanted) if here.who else None
    return Cell(f"联席会议：{raw['title']}", f"/roster/issues/{raw['_id']}") if raw else Cell("联席会议")
