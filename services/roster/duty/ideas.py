"""The pages of suggestions: all of them, by turn, by who suggested and by word, and one with what may be done."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from services.roster.duty.form import IDEA
from services.roster.duty.model import STANDS, Idea, Turn
from services.roster.duty.rules import outside
from services.roster.subject_pages import answered, named, organisation_cell, record_of, show
from shared.database.documents import COUNTS
from shared.database.kept import document, documents
from shared.dates import turn_text
from shared.events.roster import SubmitIdea
from shared.identity.reading import SENT, SIGNED_IN
from shared.pages.boards import Board, Cell, Narrowing, SubjectPage, narrowing
from shared.pages.cells import day_cell
from shared.web.boards import Address, asking, lines_of, saying
from shared.web.forms import Again
from shared.web.offering import Offering, offering, submit_one_of
from shared.web.parameters import CodeAsked, CodeInPath, IdInPath, PageAsked, TurnAsked, WordsAsked
from shared.web.reading import reads
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

PAGE = "/roster/ideas"
FORMS = {IDEA.key: IDEA}
HEADS = {"意见建议": "wide", "提出单位": "", "期次": "tight", "日期": "tight"}
NO_TURN = "轮值期间可以登记意见建议，现在没有值守中的轮值。"
router = APIRouter(prefix=PAGE)


@router.get("", dependencies=[reads(SIGNED_IN)])
async def ideas(
    here: Here,
    turn: TurnAsked | None = None,
    organisation: CodeAsked | None = None,
    words: WordsAsked = "",
    page: PageAsked = 1,
    sent: str = "",
) -> Response:
    """The newest first."""
    address = Address(PAGE, {"turn": turn, "organisation": organisation, "words": words})
    return await _page(here, address, page, await told_of(here.parts, here.who, sent))


@router.post("/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, key: str) -> Response:
    """A suggestion of whoever is signed in."""
    sent = await submit_one_of(FORMS, key, request, here, here.who or "", PAGE)
    return await answered(sent, "ideas", PAGE, lambda again: _page(here, Address(PAGE), 1, again=again))


@router.get("/{submitter}/{id}", dependencies=[reads(SIGNED_IN)])
async def idea(here: Here, submitter: CodeInPath, id: IdInPath) -> Response:
    """One of them."""
    kept = await document(here.parts.db, Idea, f"{submitter}/{id}")
    if kept is None or kept.withdrawn:
        raise HTTPException(404)
    facts = (
        ("提出单位", organisation_cell(here, kept.organisation)),
        ("期次", Cell(turn_text(kept.turn), f"/roster/turns/{kept.turn}")),
        ("日期", day_cell(kept.day)),
        *await record_of(here, kept.id),
    )
    return show("ideas", SubjectPage(kept.title, back=Cell("意见建议", PAGE), facts=facts), Offering(()))


async def _page(
    here: Visit, address: Address, page: int, told: Told | None = None, again: Again | None = None
) -> Response:
    turn = await _turn_now(here)
    may = turn is not None and here.admits(SubmitIdea, here.who or "")
    begun = {IDEA.key: {"turn": turn.id.split("/", 1)[1]}} if turn else {}
    offered = offering([IDEA] * may, PAGE, told=told, again=again, begun=begun)
    lead = f"现在是{turn_text(turn.id.split('/', 1)[1])}，登记的意见建议归入本期。" if turn else NO_TURN
    return show("ideas", SubjectPage("意见建议", lead, boards=(await _board(here, address, page),)), offered)


async def _turn_now(here: Visit) -> Turn | None:
    """The turn in which something is suggested today: as the rule says."""
    today, county = here.today, here.parts.settings.county
    lasting = {"county": county, **STANDS, "begins": {"$lte": today.isoformat()}, "ends": {"$gte": today.isoformat()}}
    found = await documents(here.parts.db, Turn, lasting)
    return next((one for one in found if outside(one, one.id, today) is None), None)


async def _board(here: Visit, address: Address, page: int) -> Board:
    asked, db = address.by, here.parts.db

    def line(one: Idea) -> Sequence[Cell]:
        return (
            Cell(one.title, f"{PAGE}/{one.id}"),
            organisation_cell(here, one.organisation),
            Cell(turn_text(one.turn), f"/roster/turns/{one.turn}"),
            day_cell(one.day),
        )

    by = asking(turn=asked.get("turn"), organisation=asked.get("organisation"))
    wanted = {**COUNTS, **by, **saying("title", asked.get("words"))}
    order = (("day", -1), ("_id", 1))
    lines, pages = await lines_of(db, Idea, wanted, order, page, address, "条", line)
    empty = "还没有意见建议。轮值期间，各单位在本页登记。"
    return Board("已登记的意见建议", HEADS, lines, empty, pages, await _narrowings(here, address))


async def _narrowings(here: Visit, address: Address) -> tuple[Narrowing, ...]:
    kept = here.parts.db[Idea.collection]
    turns = sorted(await kept.distinct("turn", COUNTS), key=_by_number, reverse=True)
    return (
        narrowing("turn", "期次", address.by.get("turn"), {one: turn_text(one) for one in turns}),
        narrowing(
            "organisation",
            "提出单位",
            address.by.get("organisation"),
            named(here, await kept.distinct("organisation", COUNTS)),
        ),
        Narrowing("words", "查找", address.by.get("words") or ""),
    )


def _by_number(turn: str) -> list[int]:
    return [int(part) for part in turn.split("-")]
