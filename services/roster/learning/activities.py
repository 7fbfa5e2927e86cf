"""The pages of activities: all of them, by kind, by who held them and by word, and one with what may be done."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from services.roster.learning.form import ACTIVITY, PRESCRIBED
from services.roster.learning.model import Activity
from services.roster.subject_pages import answered, named, organisation_cell, record_of, show, unit_narrowing
from shared.database.documents import COUNTS
from shared.database.kept import document
from shared.events.roster import HoldActivity
from shared.identity.reading import SENT, SIGNED_IN
from shared.pages.boards import Board, Cell, Narrowing, SubjectPage, narrowing
from shared.pages.cells import day_cell, number_cell
from shared.pages.chinese import grouped
from shared.web.boards import Address, asking, lines_of, saying
from shared.web.forms import Again
from shared.web.offering import Offering, offering, submit_one_of
from shared.web.parameters import CodeAsked, CodeInPath, IdInPath, PageAsked, PrescribedAsked, WordsAsked
from shared.web.reading import reads
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

PAGE = "/roster/activities"
FORMS = {ACTIVITY.key: ACTIVITY}
HEADS = {"活动": "wide", "类别": "", "举办单位": "", "日期": "tight", "参加人数": "number"}
router = APIRouter(prefix=PAGE)


@router.get("", dependencies=[reads(SIGNED_IN)])
async def activities(
    here: Here,
    prescribed: PrescribedAsked | None = None,
    organisation: CodeAsked | None = None,
    words: WordsAsked = "",
    page: PageAsked = 1,
    sent: str = "",
) -> Response:
    """The newest first."""
    address = Address(PAGE, {"prescribed": prescribed, "organisation": organisation, "words": words})
    return await _page(here, address, page, await told_of(here.parts, here.who, sent))


@router.post("/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, key: str) -> Response:
    """One that whoever is signed in held."""
    sent = await submit_one_of(FORMS, key, request, here, here.who or "", PAGE)
    return await answered(sent, "activities", PAGE, lambda again: _page(here, Address(PAGE), 1, again=again))


@router.get("/{submitter}/{id}", dependencies=[reads(SIGNED_IN)])
async def activity(here: Here, submitter: CodeInPath, id: IdInPath) -> Response:
    """One of them."""
    kept = await document(here.parts.db, Activity, f"{submitter}/{id}")
    if kept is None or kept.withdrawn:
        raise HTTPException(404)
    facts = (
        ("类别", Cell(_kind(kept))),
        ("举办单位", organisation_cell(here, kept.organisation)),
        ("日期", day_cell(kept.day)),
        ("参加人数", Cell(f"{grouped(kept.participants)}人")),
        *await record_of(here, kept.id),
    )
    return show("activities", SubjectPage(kept.title, back=Cell("活动", PAGE), facts=facts), Offering(()))


async def _page(
    here: Visit, address: Address, page: int, told: Told | None = None, again: Again | None = None
) -> Response:
    offered = offering([ACTIVITY] * here.admits(HoldActivity, here.who or ""), PAGE, told=told, again=again)
    lead = "规定活动按全年安排开展，自选活动由各单位自行组织，举办后登记。"
    return show("activities", SubjectPage("活动", lead, boards=(await _board(here, address, page),)), offered)


async def _board(here: Visit, address: Address, page: int) -> Board:
    def line(one: Activity) -> Sequence[Cell]:
        return (
            Cell(one.title, f"{PAGE}/{one.id}"),
            Cell(_kind(one)),
            organisation_cell(here, one.organisation),
            day_cell(one.day),
            number_cell(one.participants),
        )

    asked = address.by
    kind = {"prescribed": asked["prescribed"] == "yes"} if asked.get("prescribed") else {}
    by = {**kind, **asking(organisation=asked.get("organisation")), **saying("title", asked.get("words"))}
    order = (("day", -1), ("_id", 1))
    lines, pages = await lines_of(here.parts.db, Activity, {**COUNTS, **by}, order, page, address, "次", line)
    empty = "还没有登记活动。举办活动的单位在本页登记。"
    return Board("已登记的活动", HEADS, lines, empty, pages, await _narrowings(here, address))


async def _narrowings(here: Visit, address: Address) -> tuple[Narrowing, ...]:
    asked = address.by
    holders = named(here, await here.parts.db[Activity.collection].distinct("organisation", COUNTS))
    return (
        narrowing("prescribed", "类别", asked.get("prescribed"), PRESCRIBED),
        unit_narrowing(here, "举办单位", asked.get("organisation"), holders),
        Narrowing("words", "查找", asked.get("words") or ""),
    )


def _kind(one: Activity) -> str:
    return PRESCRIBED["yes" if one.prescribed else "no"]
