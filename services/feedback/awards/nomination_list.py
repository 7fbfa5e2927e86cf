"""The list of nominations: those of one's own and those that are public; and what each is called on every page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.feedback.awards.form import NOMINATE
from services.feedback.awards.model import Nomination, NominationStep
from services.feedback.awards.words import award_name, receiver
from services.feedback.places import SUBJECTS
from shared.countys_own import own
from shared.database.documents import COUNTS
from shared.events.feedback import NominateForAward
from shared.events.vocabulary import Catalogue
from shared.identity.reading import PERSONS, SENT
from shared.pages.boards import Board, Cell, SubjectPage, narrowing
from shared.pages.cells import day_cell
from shared.pages.words import ShownState
from shared.web.boards import Address, asking, lines_of
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.parameters import AwardAsked, CodeAsked, CodeInPath, PageAsked
from shared.web.persons import persons
from shared.web.reading import reads
from shared.web.subjects import named, organisation_cell, unit_narrowing
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

PAGE, KEY = "/feedback/nominations", "nominations"
HEADS = {"推荐对象": "", "单位": "", "荣誉": "wide", "推荐": "tight", "公示截止": "tight", "状态": ""}
STEPS: Mapping[NominationStep, ShownState] = {
    NominationStep.NOMINATED: ShownState("待评审", "warn"),
    NominationStep.JUDGED: ShownState("待公示", "warn"),
    NominationStep.PUBLISHED: ShownState("公示中", "warn"),
    NominationStep.GRANTED: ShownState("已授予", "good"),
}
OVER = ShownState("公示期满，待授予", "warn")
OBJECTED = ShownState("异议待答复", "warn")
STOPPED = ShownState("异议属实，不授予", "bad")
TO_CHOOSE = "推荐：先在上面按单位筛选，再在本页填写。"
NOBODY = "该单位还没有登记人员，推荐个人的，登记人员以后在本页推荐。"
NEWEST = (("day", -1), ("_id", 1))
router = APIRouter(prefix=PAGE)


def state_of(one: Nomination, here: Visit) -> ShownState:
    """What is next of it."""
    if one.upheld:
        return STOPPED
    if one.unanswered:
        return OBJECTED
    is_over = one.step is NominationStep.PUBLISHED and one.until is not None and one.until < here.today
    return OVER if is_over else STEPS[one.step]


def open_to(here: Visit) -> dict[str, Any]:
    """One's own, and what is or was public."""
    return {
        **COUNTS,
        "county": here.parts.settings.county,
        "$or": [here.reading.filter(PERSONS), {"until": {"$ne": None}}],
    }


@router.get("", dependencies=[reads(PERSONS)])
async def nominations(
    here: Here,
    award: AwardAsked | None = None,
    organisation: CodeAsked | None = None,
    page: PageAsked = 1,
    sent: str = "",
) -> Response:
    """The newest first; an organisation that is chosen is whose people may be nominated."""
    address = Address(PAGE, {"award": award, "organisation": organisation})
    return await _page(here, address, page, await told_of(here.parts, here.who, sent))


@router.post("/of/{organisation}/{key}", response_model=None, dependencies=[reads(SENT)])
async def nominate(request: Request, here: Here, organisation: CodeInPath, key: str) -> Response:
    """One of that organisation's people."""
    address = Address(PAGE, {"organisation": organisation})
    sent = await submit_one_of({NOMINATE.key: NOMINATE}, key, request, here, organisation, address.at())
    return await SUBJECTS.answered(
        sent, KEY, f"{PAGE}/of/{organisation}", lambda again: _page(here, address, 1, again=again)
    )


async def _page(
    here: Visit, address: Address, page: int, told: Told | None = None, again: Again | None = None
) -> Response:
    county, db, asked = here.parts.settings.county, here.parts.db, address.by
    chosen = asked.get("organisation") or (here.who if here.who != county else None) or ""
    may = here.admits(NominateForAward, chosen or county)
    names = (await here.parts.people.current()).of(chosen).names if may and chosen else {}
    offered = offering([NOMINATE] * bool(may and chosen), f"{PAGE}/of/{chosen}", names, told, again)
    everybody = await persons(here)

    def line(one: Nomination) -> Sequence[Cell]:
        return (
            Cell(receiver(here, everybody, one), f"{PAGE}/{one.id}"),
            organisation_cell(here, one.organisation),
            Cell(award_name(one)),
            day_cell(one.day),
            day_cell(one.until),
            Cell(state=state_of(one, here)),
        )

    mine = open_to(here)
    wanted = {**mine, **asking(award=asked.get("award"), organisation=asked.get("organisation"))}
    lines, pages = await lines_of(db, Nomination, wanted, NEWEST, page, address, "项", line)
    whose = (
        {one.id for one in here.roster}
        if may and here.who == county
        else {*await db[Nomination.collection].distinct("organisation", mine)}
    )
    narrowings = (
        narrowing("award", "荣誉", asked.get("award"), own().listed(Catalogue.AWARD)),
        unit_narrowing(here, "单位", asked.get("organisation"), named(here, whose)),
    )
    note = "" if not may or names else NOBODY if chosen else TO_CHOOSE
    board = Board("推荐名单", HEADS, lines, "还没有推荐。由成员单位或者联合党委在本页推荐。", pages, narrowings)
    lead = "联合党委评选的荣誉：经推荐、评审，公示期满后授予。列出本单位可以查看的和公示的。"
    return SUBJECTS.show(KEY, SubjectPage("荣誉推荐", lead, boards=(board,), note=note), offered)
