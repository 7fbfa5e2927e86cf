"""The pages of nominations: those of one's own and those that are public, and one with what is to be done next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from services.feedback.assessment.scoring import half_up
from services.feedback.assessment.words import points_text
from services.feedback.awards.form import ANSWER, GRANT_BY_IT, JUDGE, NOMINATE, OBJECT, OF_A_NOMINATION, PUBLISH
from services.feedback.awards.model import Nomination, NominationStep
from services.feedback.places import SUBJECTS
from shared.countys_own import own
from shared.database.documents import COUNTS
from shared.database.kept import document
from shared.events.feedback import (
    AnswerNominationObjection,
    GrantAward,
    JudgeNomination,
    NominateForAward,
    ObjectToNomination,
    PublishNomination,
)
from shared.events.vocabulary import Catalogue
from shared.forms import Form
from shared.identity.reading import PERSONS, SENT
from shared.pages.boards import ON_SCREEN, Board, Cell, SubjectPage, narrowing
from shared.pages.cells import day_cell
from shared.pages.chinese import day_text
from shared.pages.words import ShownState, name_of
from shared.web.boards import Address, asking, lines_at_hand, lines_of
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.parameters import AwardAsked, CodeAsked, CodeInPath, IdInPath, PageAsked
from shared.web.persons import persons
from shared.web.reading import reads
from shared.web.subjects import named, organisation_cell, record_cell, record_of
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

PAGE, KEY = "/feedback/nominations", "nominations"
HEADS = {"人员": "", "单位": "", "荣誉": "wide", "推荐": "tight", "公示截止": "tight", "状态": ""}
STEPS: Mapping[NominationStep, ShownState] = {
    NominationStep.NOMINATED: ShownState("待评审", "warn"),
    NominationStep.JUDGED: ShownState("待公示", "warn"),
    NominationStep.PUBLISHED: ShownState("公示中", "warn"),
    NominationStep.GRANTED: ShownState("已授予", "good"),
}
OVER = ShownState("公示期满，待授予", "warn")
STOPPED = ShownState("异议属实，不授予", "bad")
OF_OBJECTIONS = {"单位": "", "提出": "tight", "异议": "wide", "答复": "wide", "报送记录": ON_SCREEN}
BY_ANSWER = {None: ShownState("待答复", "warn"), True: ShownState("属实", "bad"), False: ShownState("不属实", "good")}
TO_CHOOSE = "推荐人员：先在上面按单位筛选，再在本页选择人员。"
NOBODY = "该单位还没有登记人员，登记人员以后在本页推荐。"
NEWEST = (("day", -1), ("_id", 1))
router = APIRouter(prefix=PAGE)


def state_of(one: Nomination, here: Visit) -> ShownState:
    """What is next of it."""
    if one.upheld:
        return STOPPED
    is_over = one.step is NominationStep.PUBLISHED and one.until is not None and one.until < here.today
    return OVER if is_over else STEPS[one.step]


def award_name(one: Nomination) -> str:
    """What the county calls it."""
    return own().entry(Catalogue.AWARD, one.award).name


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


@router.get("/{id}", dependencies=[reads(PERSONS)])
async def nomination(here: Here, id: IdInPath, sent: str = "") -> Response:
    """One, with its forms for whoever takes the next step."""
    return await _one(here, id, await told_of(here.parts, here.who, sent))


@router.post("/of/{organisation}/{key}", response_model=None, dependencies=[reads(SENT)])
async def nominate(request: Request, here: Here, organisation: CodeInPath, key: str) -> Response:
    """One of that organisation's people."""
    address = Address(PAGE, {"organisation": organisation})
    sent = await submit_one_of({NOMINATE.key: NOMINATE}, key, request, here, organisation, address.at())
    return await SUBJECTS.answered(
        sent, KEY, f"{PAGE}/of/{organisation}", lambda again: _page(here, address, 1, again=again)
    )


@router.post("/{id}/{key}", response_model=None, dependencies=[reads(SENT)])
async def take_step(request: Request, here: Here, id: IdInPath, key: str) -> Response:
    """What is done with one."""
    found, at = await _found(here, id), f"{PAGE}/{id}"
    about = {"nomination": found.id, "award": found.award, "person": found.person}
    form = OF_A_NOMINATION.get(key)
    given = {path: about[path] for path in form.given} if form else {}
    sent = await submit_one_of(OF_A_NOMINATION, key, request, here, found.organisation, at, _said(here, found), given)
    return await SUBJECTS.answered(sent, KEY, at, lambda again: _one(here, id, again=again))


@router.post("/{id}/by/{organisation}/{key}", response_model=None, dependencies=[reads(SENT)])
async def object_to(request: Request, here: Here, id: IdInPath, organisation: CodeInPath, key: str) -> Response:
    """What an organisation says against one."""
    found, at = await _found(here, id), f"{PAGE}/{id}"
    given = {"nomination": found.id}
    sent = await submit_one_of({OBJECT.key: OBJECT}, key, request, here, organisation, at, None, given)
    return await SUBJECTS.answered(sent, KEY, f"{at}/by/{organisation}", lambda again: _one(here, id, again=again))


async def _found(here: Visit, id: str) -> Nomination:
    found = await document(here.parts.db, Nomination, id)
    if found is None or found.withdrawn:
        raise HTTPException(404)
    if found.until is None:
        here.reading.must(PERSONS, found.organisation)
    return found


async def _page(
    here: Visit, address: Address, page: int, told: Told | None = None, again: Again | None = None
) -> Response:
    county, db, asked = here.parts.settings.county, here.parts.db, address.by
    chosen = asked.get("organisation") or (here.who if here.who != county else None) or ""
    may = here.admits(NominateForAward, chosen or county)
    names = (await here.parts.people.current()).of(chosen).names if may and chosen else {}
    offered = offering([NOMINATE] * bool(names), f"{PAGE}/of/{chosen}", names, told, again)
    everybody = await persons(here)

    def line(one: Nomination) -> Sequence[Cell]:
        return (
            Cell(everybody.within(one.person, one.organisation, here.today), f"{PAGE}/{one.id}"),
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
        if may and not names
        else {*await db[Nomination.collection].distinct("organisation", mine)}
    )
    narrowings = (
        narrowing("award", "荣誉", asked.get("award"), own().listed(Catalogue.AWARD)),
        narrowing("organisation", "单位", asked.get("organisation"), named(here, whose)),
    )
    note = "" if not may or names else NOBODY if chosen else TO_CHOOSE
    board = Board("推荐的人员", HEADS, lines, "还没有推荐。由成员单位或者联合党委在本页推荐。", pages, narrowings)
    lead = "联合党委评选的荣誉：经推荐、评审，公示期满后授予。列出本单位可以查看的和公示的。"
    return SUBJECTS.show(KEY, SubjectPage("荣誉推荐", lead, boards=(board,), note=note), offered)


async def _one(here: Visit, id: str, told: Told | None = None, again: Again | None = None) -> Response:
    one = await _found(here, id)
    forms, at = _next(here, one), f"{PAGE}/{id}"
    may_object = _is_public(here, one) and here.who not in (None, here.parts.settings.county)
    objects = (
        may_object
        and here.admits(ObjectToNomination, here.who or "")
        and here.who not in {said.organisation for said in one.objections}
    )
    if objects and not forms:
        offered = offering([OBJECT], f"{at}/by/{here.who}", None, told, again)
    else:
        offered = offering(forms, at, _said(here, one), told, again)
    everybody, step = await persons(here), one.step
    facts = (
        ("状态", Cell(state=state_of(one, here))),
        ("单位", organisation_cell(here, one.organisation)),
        ("荣誉", Cell(award_name(one))),
        ("推荐理由", Cell(one.reason)),
        ("推荐日期", day_cell(one.day)),
        *((("评审", _judged(one)),) if one.marks and here.who == here.parts.settings.county else ()),
        *(
            (("公示", Cell(f"{day_text(one.published)}至{day_text(one.until)}")),)
            if one.published and one.until
            else ()
        ),
        *await record_of(here, one.submission),
    )
    steps = (
        ("推荐", True),
        ("评审", bool(one.marks)),
        ("公示", one.until is not None),
        ("授予", step is NominationStep.GRANTED),
    )
    title = f"推荐{everybody.within(one.person, one.organisation, here.today)}为{award_name(one)}"
    return SUBJECTS.show(
        KEY,
        SubjectPage(title, back=Cell("荣誉推荐", PAGE), facts=facts, steps=steps, boards=_boards(here, one)),
        offered,
    )


def _is_public(here: Visit, one: Nomination) -> bool:
    return bool(one.published and one.until and one.published <= here.today <= one.until)


def _said(here: Visit, one: Nomination) -> Mapping[str, str]:
    """Objections by whose they are, for the office to answer."""
    return {
        said.id: f"{name_of(said.organisation, here.roster, here.today)}，{day_text(said.day)}"
        for said in one.objections
    }


def _boards(here: Visit, one: Nomination) -> tuple[Board, ...]:
    """Objections stand there for the committee; for others their own."""
    sees_all = here.who == here.parts.settings.county
    said = [each for each in one.objections if sees_all or each.organisation == here.who]
    lines = [
        (
            organisation_cell(here, each.organisation),
            day_cell(each.day),
            Cell(each.objected),
            Cell(each.answer, state=BY_ANSWER[each.upheld]),
            record_cell(here, each.submission),
        )
        for each in said
    ]
    shown, paging = lines_at_hand(lines, 1, Address(f"{PAGE}/{one.id}"), "项")
    return (Board("公示异议", OF_OBJECTIONS, shown, "", paging),) if said else ()


def _judged(one: Nomination) -> Cell:
    """On average, to the hundredth of a point."""
    assert one.mean is not None, "judged at least once"
    return Cell(f"{len(one.marks)}名评委，平均{points_text(half_up(one.mean * 100))}分")


def _next(here: Visit, one: Nomination) -> list[Form]:
    match one.step:
        case NominationStep.NOMINATED:
            return [JUDGE] * here.admits(JudgeNomination, one.organisation)
        case NominationStep.JUDGED:
            publish = [PUBLISH] * here.admits(PublishNomination, one.organisation)
            return [*publish, *[JUDGE] * here.admits(JudgeNomination, one.organisation)]
        case NominationStep.PUBLISHED:
            is_over = one.until is not None and one.until < here.today
            may_grant = is_over and not one.upheld and not one.unanswered and here.admits(GrantAward, one.organisation)
            may_answer = bool(one.objections) and here.admits(AnswerNominationObjection, one.organisation)
            return [*[ANSWER] * may_answer, *[GRANT_BY_IT] * may_grant]
        case NominationStep.GRANTED:
            return []
