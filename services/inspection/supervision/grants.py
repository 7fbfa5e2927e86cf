"""The pages of viewing: who of which organisation may look through cameras, granted and withdrawn by the committee."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from services.inspection.places import SUBJECTS
from services.inspection.supervision.keeping import GRANT, WITHDRAW, Keeping, role_at
from services.inspection.supervision.model import ViewingGrant
from services.inspection.supervision.rules import grant_id
from shared.calendar import china_day
from shared.countys_own import in_own_words
from shared.database.kept import document
from shared.events.inspection import GrantViewing, WithdrawViewing
from shared.events.refusals import WORDS
from shared.identity.reading import OWN, SENT
from shared.pages.boards import Board, Cell, SubjectPage
from shared.pages.cells import day_cell
from shared.pages.chinese import NOTHING
from shared.pages.words import ShownState
from shared.web.boards import Address, asking, lines_of
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.parameters import CodeAsked, CodeInPath, PageAsked, PersonInPath
from shared.web.persons import persons
from shared.web.reading import reads
from shared.web.subjects import named, organisation_cell, unit_narrowing
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

PAGE = "/inspection/viewing-grants"
HEADS = {"人员": "", "所属单位": "wide", "查看范围": "", "起始日期": "tight", "状态": ""}
HISTORY = {"日期": "tight", "事项": ""}
HOLDS, ENDED = ShownState("有效", "good"), ShownState("已收回", "")
LEAD = "部门负责人查看本部门窗口，乡镇分管负责人查看本乡镇站点，纪检人员查看全县。由联合党委授权和收回。"
CHOOSE = "需要授权的，请先在“所属单位”中选择单位。"
NOBODY = "该单位还没有登记人员，请先在“人员”中登记，再授权查看。"
router = APIRouter(prefix=PAGE)


@router.get("", dependencies=[reads(OWN)])
async def grants(here: Here, organisation: CodeAsked | None = None, page: PageAsked = 1, sent: str = "") -> Response:
    """Those of one's own people; the committee's are all, and of a chosen organisation with the form for another."""
    if organisation is not None:
        here.reading.must(OWN, organisation)
    return await _page(here, organisation, page, await told_of(here.parts, here.who, sent))


@router.post("/{organisation}/grant", response_model=None, dependencies=[reads(SENT)])
async def grant(request: Request, here: Here, organisation: CodeInPath) -> Response:
    """To one of its people, the role that is held there."""
    role = _role(here, organisation)
    if role is None:
        raise HTTPException(404)
    back, known = Address(PAGE, {"organisation": organisation}).at(), await _keeping(here, organisation)
    forms, given = {GRANT.key: GRANT}, {"role": role}
    sent = await submit_one_of(forms, GRANT.key, request, here, organisation, back, known, given)
    at = f"{PAGE}/{organisation}"
    return await SUBJECTS.answered(sent, "grants", at, lambda again: _page(here, organisation, 1, again=again))


@router.get("/{organisation}/{person}", dependencies=[reads(OWN)])
async def one(here: Here, organisation: CodeInPath, person: PersonInPath, sent: str = "") -> Response:
    """What one person may look at, and since when."""
    return await _one(here, organisation, person, await told_of(here.parts, here.who, sent))


@router.post("/{organisation}/{person}/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, organisation: CodeInPath, person: PersonInPath, key: str) -> Response:
    """It is withdrawn."""
    at, forms = f"{PAGE}/{organisation}/{person}", {WITHDRAW.key: WITHDRAW}
    sent = await submit_one_of(forms, key, request, here, organisation, at, given={"person": person})
    return await SUBJECTS.answered(sent, "grants", at, lambda again: _one(here, organisation, person, again=again))


def _role(here: Visit, organisation: str) -> str | None:
    stood = here.roster.standing(organisation, here.today)
    role = role_at(stood.kind) if stood else None
    return role.value if role else None


async def _keeping(here: Visit, organisation: str) -> Keeping:
    people = await here.parts.people.current()
    return Keeping(people=people.of(organisation).names)


async def _page(
    here: Visit, organisation: str | None, page: int, told: Told | None = None, again: Again | None = None
) -> Response:
    address, grantable = Address(PAGE, {"organisation": organisation}), _grantable(here)
    may = organisation is not None and organisation in grantable
    known = await _keeping(here, organisation or "")
    at = f"{PAGE}/{organisation}" if organisation else PAGE
    offered = offering([GRANT] * (may and bool(known.people)), at, known, told, again)
    note = ("" if known.people else NOBODY) if may else CHOOSE if grantable else ""
    board = await _board(here, address, page, grantable)
    return SUBJECTS.show("grants", SubjectPage("查看授权", in_own_words(LEAD), boards=(board,), note=note), offered)


def _grantable(here: Visit) -> Mapping[str, str]:
    """The organisations at which a role is held that whoever looks may grant, by name."""
    codes = (one.id for one in here.roster if _role(here, one.id))
    return named(here, [code for code in codes if here.admits(GrantViewing, code)])


async def _board(here: Visit, address: Address, page: int, grantable: Mapping[str, str]) -> Board:
    everybody = await persons(here)

    def line(one: ViewingGrant) -> Sequence[Cell]:
        held, last = one.on(here.now), one.history[-1]
        return (
            Cell(everybody.within(one.person, one.organisation, here.today), f"{PAGE}/{one.organisation}/{one.person}"),
            organisation_cell(here, one.organisation),
            Cell(WORDS["role"][held] if held else NOTHING),
            day_cell(china_day(last.since)),
            Cell(state=HOLDS if held else ENDED),
        )

    scope = {"county": here.parts.settings.county, **here.reading.filter(OWN)}
    wanted = {"$and": [scope, asking(organisation=address.by.get("organisation"))]}
    order = (("organisation", 1), ("_id", 1))
    lines, pages = await lines_of(here.parts.db, ViewingGrant, wanted, order, page, address, "人", line)
    having = named(here, await here.parts.db[ViewingGrant.collection].distinct("organisation", scope))
    chosen = unit_narrowing(here, "所属单位", address.by.get("organisation"), {**grantable, **having})
    return Board("查看权限", HEADS, lines, "还没有授权。由联合党委在本页授权。", pages, (chosen,))


async def _one(
    here: Visit, organisation: str, person: str, told: Told | None = None, again: Again | None = None
) -> Response:
    here.reading.must(OWN, organisation)
    kept = await document(here.parts.db, ViewingGrant, grant_id(organisation, person))
    if kept is None:
        raise HTTPException(404)
    held, at = kept.on(here.now), f"{PAGE}/{organisation}/{person}"
    may = held is not None and here.admits(WithdrawViewing, organisation)
    offered = offering([WITHDRAW] * may, at, told=told, again=again)
    facts = (
        ("所属单位", organisation_cell(here, organisation)),
        ("查看范围", Cell(WORDS["role"][held] if held else NOTHING)),
        ("状态", Cell(state=HOLDS if held else ENDED)),
    )
    lines = [(day_cell(china_day(one.since)), Cell(_said(one.value))) for one in reversed(kept.history)]
    name = (await persons(here)).within(person, organisation, here.today)
    board = Board("授权和收回", HISTORY, lines, "")
    return SUBJECTS.show(
        "grants", SubjectPage(name, back=Cell("查看授权", PAGE), facts=facts, boards=(board,)), offered
    )


def _said(role: str | None) -> str:
    return f"授权为“{WORDS['role'][role]}”" if role else "收回授权"
