"""The pages of turns: all of them, where the committee plans the next, and one with what its holders did in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from services.roster.changing import PLANNED, turn_key
from services.roster.committee import turn_line
from services.roster.duty.form import PLAN, WORK, members, planning
from services.roster.duty.model import STANDS, Turn, TurnWork
from services.roster.duty.rules import not_at_work
from services.roster.subject_pages import answered, organisation_cell, show
from shared.countys_own import own
from shared.database.documents import COUNTS
from shared.database.kept import document, documents
from shared.events.roster import PlanTurn, RecordTurnWork
from shared.events.vocabulary import Catalogue
from shared.identity.reading import OWN, PUBLIC, SENT
from shared.pages.boards import ON_SCREEN, Board, Cell, SubjectPage
from shared.pages.cells import day_cell, number_cell
from shared.pages.chinese import NOTHING, work_text
from shared.pages.words import ShownState, names_on
from shared.roster.organisations import of_county
from shared.web.boards import Address, lines_of
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.parameters import PageAsked, TurnInPath
from shared.web.reading import reads
from shared.web.records.correctable import Correctable, HowCorrected
from shared.web.records.planned import change_facts, change_links
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

PAGE = "/roster/turns"
HEADS = {"期次": "tight", "轮值单位": "", "任期": "tight", "主题": "wide"}
COUNTED = {"工作": "wide", "意见建议": "number", "状态": ""}
WORK_HEADS = {"工作": "", "数量": "number", "单位": "", "日期": "tight", "说明": "wide", "报送记录": ON_SCREEN}
NEWEST = (("begins", -1), ("_id", -1))
router = APIRouter(prefix=PAGE)


@router.get("", dependencies=[reads(PUBLIC)])
async def turns(here: Here, page: PageAsked = 1, sent: str = "") -> Response:
    """The last to come first."""
    return await _all(here, page, await told_of(here.parts, here.who, sent))


@router.post("/{key}", response_model=None, dependencies=[reads(SENT)])
async def plan(request: Request, here: Here, key: str) -> Response:
    """The committee plans a turn."""
    sent = await submit_one_of({PLAN.key: PLAN}, key, request, here, here.parts.settings.county, PAGE)
    return await answered(sent, "duty", PAGE, lambda again: _all(here, 1, again=again))


@router.get("/{turn}", dependencies=[reads(PUBLIC)])
async def one(here: Here, how: HowCorrected, turn: TurnInPath, page: PageAsked = 1, sent: str = "") -> Response:
    """One of them; its holders record what they did."""
    return await _one(here, turn, page, await told_of(here.parts, here.who, sent), how=how)


@router.post("/{turn}/{key}", response_model=None, dependencies=[reads(SENT)])
async def record(request: Request, here: Here, turn: TurnInPath, key: str) -> Response:
    """Something that whoever is signed in did in the turn."""
    at = f"{PAGE}/{turn}"
    sent = await submit_one_of({WORK.key: WORK}, key, request, here, here.who or "", at)
    return await answered(sent, "duty", at, lambda again: _one(here, turn, 1, again=again))


async def _all(here: Visit, page: int, told: Told | None = None, again: Again | None = None) -> Response:
    county, db = here.parts.settings.county, here.parts.db
    known = await documents(db, Turn, {"county": county, **STANDS})
    may, context = here.admits(PlanTurn, county), planning(members(here.roster, county, here.today), known, here.today)
    offered = offering([PLAN] * may, PAGE, context, told, again, {PLAN.key: context.begun})
    names = names_on(here.roster, here.today)
    wanted = {"county": county, **STANDS}

    def line(turn: Turn) -> Sequence[Cell]:
        return _line(here, turn, names)

    lines, pages = await lines_of(db, Turn, wanted, NEWEST, page, Address(PAGE), "期", line)
    board = Board("历期轮值", {**HEADS, **COUNTED}, lines, "还没有安排轮值。由联合党委在本页安排第一期。", pages)
    lead = "成员党组织轮流值班，一个单位的为轮值，几个单位一起的为联值。"
    return show("duty", SubjectPage("轮值", lead, boards=(board,)), offered)


def _line(here: Visit, turn: Turn, names: Mapping[str, str]) -> Sequence[Cell]:
    said, url = turn_line(turn, names, here.today), f"{PAGE}/{turn.id.split('/', 1)[1]}"
    return (
        Cell(said.name, url, said.form),
        Cell("、".join(said.holders)),
        Cell(said.term),
        Cell(said.theme),
        Cell(work_text(turn.work), url) if turn.work else Cell(NOTHING),
        _ideas(here, turn),
        Cell(state=ShownState(said.state, said.level)),
    )


def _ideas(here: Visit, turn: Turn) -> Cell:
    """How many there are, leading to them where whoever looks may read them."""
    url = f"/roster/ideas?turn={turn.id.split('/', 1)[1]}" if here.who and turn.ideas else ""
    return number_cell(turn.ideas, url=url)


async def _one(
    here: Visit,
    name: str,
    page: int,
    told: Told | None = None,
    again: Again | None = None,
    how: Correctable | None = None,
) -> Response:
    turn = await document(here.parts.db, Turn, of_county(here.parts.settings.county, name))
    if turn is None or turn.cancelled:
        raise HTTPException(404)
    may = here.admits(RecordTurnWork, here.who or "") and _works(here, turn, name)
    offered = offering([WORK] * may, f"{PAGE}/{name}", told=told, again=again, begun={WORK.key: {"turn": name}})
    said = turn_line(turn, names_on(here.roster, here.today), here.today)
    facts = (
        ("状态", Cell(state=ShownState(said.state, said.level))),
        ("轮值单位", Cell("、".join(said.holders), note=said.form)),
        ("任期", Cell(said.term)),
        ("主题", Cell(said.theme)),
        ("开展的工作", Cell(said.work)),
        ("意见建议", _ideas(here, turn)),
        *(await _ways(here, how, turn, name) if how else ()),
    )
    boards = (await _work_board(here, name, page),) if here.who else ()
    return show("duty", SubjectPage(said.name, back=Cell("轮值", PAGE), facts=facts, boards=boards), offered)


async def _ways(here: Visit, how: Correctable, turn: Turn, name: str) -> tuple[tuple[str, Cell], ...]:
    """While it is only planned, for whoever may."""
    if here.today >= turn.begins:
        return ()
    return change_facts((await change_links(here, how, PLANNED, [turn.county])).get(turn_key(name)))


def _works(here: Visit, turn: Turn, name: str) -> bool:
    """Whether the rule takes what the viewer did in it, as of today or, once it is over, of its last day."""
    day = min(here.today, turn.ends)
    is_young = here.today - day <= (here.parts.settings.allowed.oldest or here.today - day)
    return is_young and not_at_work(turn, name, here.who or "", day, here.roster) is None


async def _work_board(here: Visit, name: str, page: int) -> Board:
    def line(one: TurnWork) -> Sequence[Cell]:
        work = own().entry(Catalogue.WORK, one.work)
        may = here.reading.may(OWN, one.id.split("/")[0])
        return (
            Cell(work.name),
            number_cell(one.quantity, work.unit),
            organisation_cell(here, one.organisation),
            day_cell(one.day),
            Cell(one.note or NOTHING),
            Cell("查看", f"/roster/submissions/{one.id}") if may else Cell(NOTHING),
        )

    wanted = {**COUNTS, "turn": name}
    order = (("day", -1), ("_id", 1))
    at = Address(f"{PAGE}/{name}")
    lines, pages = await lines_of(here.parts.db, TurnWork, wanted, order, page, at, "项", line)
    return Board("工作记录", WORK_HEADS, lines, "本期还没有登记工作。轮值期间由轮值单位在本页登记。", pages)
