"""The pages of reform sub-plans: all of them, by who leads them and by word, and one with what may be done."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from services.roster.learning.form import SUBPLAN
from services.roster.learning.model import Subplan
from services.roster.learning.rules import may_lead
from services.roster.subject_pages import answered, named, organisation_cell, record_of, show, unit_narrowing
from shared.database.documents import COUNTS
from shared.database.kept import document
from shared.events.roster import FileSubplan
from shared.identity.reading import SENT, SIGNED_IN
from shared.pages.boards import Board, Cell, Narrowing, SubjectPage
from shared.pages.cells import day_cell
from shared.web.boards import Address, asking, lines_of, saying
from shared.web.forms import Again
from shared.web.offering import Offering, offering, submit_one_of
from shared.web.parameters import CodeAsked, CodeInPath, IdInPath, PageAsked, WordsAsked
from shared.web.reading import reads
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

PAGE = "/roster/subplans"
FORMS = {SUBPLAN.key: SUBPLAN}
HEADS = {"子方案": "wide", "牵头单位": "", "备案日期": "tight"}
router = APIRouter(prefix=PAGE)


@router.get("", dependencies=[reads(SIGNED_IN)])
async def subplans(
    here: Here, organisation: CodeAsked | None = None, words: WordsAsked = "", page: PageAsked = 1, sent: str = ""
) -> Response:
    """The newest first."""
    address = Address(PAGE, {"organisation": organisation, "words": words})
    return await _page(here, address, page, await told_of(here.parts, here.who, sent))


@router.post("/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, key: str) -> Response:
    """One that whoever is signed in leads."""
    sent = await submit_one_of(FORMS, key, request, here, here.who or "", PAGE)
    return await answered(sent, "subplans", PAGE, lambda again: _page(here, Address(PAGE), 1, again=again))


@router.get("/{submitter}/{id}", dependencies=[reads(SIGNED_IN)])
async def subplan(here: Here, submitter: CodeInPath, id: IdInPath) -> Response:
    """One of them."""
    kept = await document(here.parts.db, Subplan, f"{submitter}/{id}")
    if kept is None or kept.withdrawn:
        raise HTTPException(404)
    facts = (
        ("牵头单位", organisation_cell(here, kept.organisation)),
        ("备案日期", day_cell(kept.day)),
        *await record_of(here, kept.id),
    )
    return show("subplans", SubjectPage(kept.title, back=Cell("改革子方案", PAGE), facts=facts), Offering(()))


async def _page(
    here: Visit, address: Address, page: int, told: Told | None = None, again: Again | None = None
) -> Response:
    who = here.who or ""
    may = here.admits(FileSubplan, who) and may_lead(here.roster.standing(who, here.today))
    offered = offering([SUBPLAN] * may, PAGE, told=told, again=again)
    lead = "有审批职能的成员单位牵头制定，备案后在这里查看。"
    return show("subplans", SubjectPage("改革子方案", lead, boards=(await _board(here, address, page),)), offered)


async def _board(here: Visit, address: Address, page: int) -> Board:
    def line(one: Subplan) -> Sequence[Cell]:
        return (Cell(one.title, f"{PAGE}/{one.id}"), organisation_cell(here, one.organisation), day_cell(one.day))

    asked, db = address.by, here.parts.db
    by = {**asking(organisation=asked.get("organisation")), **saying("title", asked.get("words"))}
    order = (("day", -1), ("_id", 1))
    lines, pages = await lines_of(db, Subplan, {**COUNTS, **by}, order, page, address, "份", line)
    leads = named(here, await db[Subplan.collection].distinct("organisation", COUNTS))
    narrowings = (
        unit_narrowing(here, "牵头单位", asked.get("organisation"), leads),
        Narrowing("words", "查找", asked.get("words") or ""),
    )
    return Board("已备案的子方案", HEADS, lines, "还没有备案的子方案。由牵头的成员单位在本页备案。", pages, narrowings)
