"""The sheets that whoever looks may open: a person its own, a secretary its people's, the committee all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.roster.appraisals.audience import may_open, reader_of
from services.roster.appraisals.model import Sheet
from services.roster.appraisals.words import STATES, state_of
from services.roster.party.model import JointBranch
from services.roster.people.reads import people_in
from services.roster.subject_pages import organisation_cell, show
from shared.database.documents import COUNTS
from shared.database.kept import documents
from shared.events.roster.party import BranchKind
from shared.identity.reading import SHEETS
from shared.pages.boards import Board, Cell, SubjectPage, narrowing
from shared.pages.cells import Cells, day_cell, number_cell
from shared.roster.organisations import of_county
from shared.roster.people import People
from shared.web.boards import Address, asking, lines_at_hand, lines_of
from shared.web.offering import offering
from shared.web.parameters import NameAsked, PageAsked, YearAsked
from shared.web.reading import reads
from shared.web.visit import Here, Visit

PAGE = "/roster/appraisals"
HEADS = {"姓名": "tight", "年度": "tight", "支部": "", "所在单位": "", "期限": "tight", "状态": ""}
NEWEST = (("year", -1), ("_id", 1))
DONE = "done"
SheetStateAsked = Annotated[
    Literal["self", "peers", "committee", "home", "settled", "signed", "answered", "archived", "done"], Query()
]
ONLY_PERSONS = "考核评议表只供本人、双方党组织书记、党委办公室主任和组织部阅看，请以本人账号登录。"
router = APIRouter(prefix=PAGE)


@router.get("", dependencies=[reads(SHEETS)])
async def appraisals(
    here: Here,
    year: YearAsked | None = None,
    branch: NameAsked | None = None,
    state: SheetStateAsked | None = None,
    page: PageAsked = 1,
) -> Response:
    """The newest year first; to whom nothing is open nothing is said to be there."""
    boards = [await sheets_board(here, PAGE, year, branch, state, page)]
    if may_open(here):
        boards.append(await _branches(here))
    lead = "窗口党员的双重考核和双重评议：自评、互评、双方评定，必要时会商，本人阅签后归档。"
    note = "" if reader_of(here).person else ONLY_PERSONS
    seen = SubjectPage("窗口党员考核评议", lead, boards=tuple(boards), note=note)
    return show("appraisals", seen, offering((), PAGE))


async def sheets_board(
    here: Visit, path: str, year: str | None, branch: str | None, state: str | None, page: int
) -> Board:
    """Those that fit."""
    mine, db = reader_of(here).filter, here.parts.db
    people, named = await people_in(db), await branch_names(here)
    by: dict[str, Any] = asking(branch=branch)
    if year:
        by["year"] = int(year)
    if state:
        by["awaits"] = None if state == DONE else state
    asked = {"year": year, "branch": branch if path == PAGE else None, "state": state}
    lines, paging = await lines_of(
        db, Sheet, {**mine, **by}, NEWEST, page, Address(path, asked), "份", lambda one: _line(here, one, people, named)
    )
    years = sorted((str(one) for one in await db[Sheet.collection].distinct("year", mine)), reverse=True)
    narrowings = (
        narrowing("year", "年度", year, {one: f"{one}年" for one in years}),
        *((narrowing("branch", "支部", branch, named),) if path == PAGE and named else ()),
        narrowing("state", "状态", state, {**STATES, DONE: "已归档"}),
    )
    return Board("考核评议表", HEADS, lines, "没有可以阅看的考核评议表。", paging, narrowings)


async def branch_names(here: Visit) -> Mapping[str, str]:
    """Joint branches by what they are called."""
    found = await documents(here.parts.db, JointBranch, {**COUNTS, "branch_kind": BranchKind.JOINT_BRANCH.value})
    return {one.id.partition("/")[2]: one.name for one in sorted(found, key=lambda one: one.id)}


def _line(here: Visit, one: Sheet, people: People, branches: Mapping[str, str]) -> Cells:
    return (
        Cell(people.name_of(one.person) or "个人信息已删除", f"{PAGE}/{one.name}"),
        Cell(f"{one.year}年", value=one.year, unit="年"),
        Cell(branches.get(one.branch, one.branch)),
        organisation_cell(here, one.home),
        day_cell(one.due if one.awaits else None),
        Cell(state=state_of(one, here.today)),
    )


async def _branches(here: Visit) -> Board:
    """Where appraisals are opened."""
    named = await branch_names(here)
    kept = await documents(
        here.parts.db, JointBranch, {"_id": {"$in": [of_county(here.parts.settings.county, one) for one in named]}}
    )
    members = {one.id.partition("/")[2]: one.members_on(here.today) for one in kept}
    lines = [(Cell(name, f"{PAGE}/of/{slug}"), number_cell(members[slug], "人")) for slug, name in named.items()]
    shown, paging = lines_at_hand(lines, 1, Address(PAGE), "个支部")
    empty = "还没有联合党支部，请先在“党组织”页面登记窗口联合党支部及其成员。"
    return Board("开展考核评议", {"窗口联合党支部": "wide", "成员": "number"}, shown, empty, paging)
