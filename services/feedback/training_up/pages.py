"""The pages of proposals: the list, on which the committee proposes, and one that the home organisation answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from services.feedback.awards.model import GrantedAward
from services.feedback.awards.words import award_name, kind_shown
from services.feedback.places import SUBJECTS
from services.feedback.training_up.form import ANSWER, PROPOSE
from services.feedback.training_up.model import TrainingUpProposal
from shared.database.documents import COUNTS
from shared.database.kept import document, documents
from shared.events.training_up import AnswerTrainingUp, ProposeTrainingUp
from shared.identity.reading import PERSONS, SENT
from shared.pages.boards import Board, Cell, SubjectPage
from shared.pages.cells import day_cell
from shared.pages.chinese import day_text
from shared.pages.words import ShownState
from shared.web.boards import Address, asking, lines_of
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.parameters import CodeAsked, CodeInPath, IdInPath, PageAsked
from shared.web.persons import persons
from shared.web.reading import reads
from shared.web.subjects import named, organisation_cell, record_of, unit_narrowing
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

PAGE, KEY = "/feedback/training-up", "training-up"
HEADS = {"人员": "", "单位": "", "荣誉": "", "提出": "tight", "答复期限": "tight", "状态": ""}
NEWEST = (("day", -1), ("_id", 1))
TO_CHOOSE = "提出培养建议：先在上面按单位筛选，再在本页选择人员。"
NOBODY = "该单位还没有人员获得荣誉，或者都已提出培养建议。"
AWAITED, LATE = ShownState("待答复", "warn"), ShownState("逾期未答复", "bad")
BY_ANSWER = {True: ShownState("已采纳", "good"), False: ShownState("不采纳", "")}
router = APIRouter(prefix=PAGE)


def state_of(one: TrainingUpProposal, here: Visit) -> ShownState:
    """Whether it was answered, or is late."""
    if one.answer:
        return BY_ANSWER[one.answer.adopted]
    return LATE if one.is_overdue(here.today) else AWAITED


def open_to(here: Visit, organisation: str | None = None) -> dict[str, Any]:
    """Those of whoever may be read of by name."""
    return {**COUNTS, "county": here.parts.settings.county, **here.reading.filter(PERSONS, organisation)}


@router.get("", dependencies=[reads(PERSONS)])
async def proposals(here: Here, organisation: CodeAsked | None = None, page: PageAsked = 1, sent: str = "") -> Response:
    """The newest first; to an organisation that is chosen the committee may propose one."""
    address = Address(PAGE, {"organisation": organisation})
    return await _page(here, address, page, await told_of(here.parts, here.who, sent))


@router.post("/of/{organisation}/{key}", response_model=None, dependencies=[reads(SENT)])
async def propose(request: Request, here: Here, organisation: CodeInPath, key: str) -> Response:
    """To that organisation."""
    address = Address(PAGE, {"organisation": organisation})
    grants = await _grants(here, organisation)
    sent = await submit_one_of({PROPOSE.key: PROPOSE}, key, request, here, organisation, address.at(), grants)
    return await SUBJECTS.answered(
        sent, KEY, f"{PAGE}/of/{organisation}", lambda again: _page(here, address, 1, again=again)
    )


@router.get("/{id}", dependencies=[reads(PERSONS)])
async def proposal(here: Here, id: IdInPath, sent: str = "") -> Response:
    """One, with the form of whoever answers it."""
    return await _one(here, id, await told_of(here.parts, here.who, sent))


@router.post("/{id}/{key}", response_model=None, dependencies=[reads(SENT)])
async def answer(request: Request, here: Here, id: IdInPath, key: str) -> Response:
    """What its organisation says to it."""
    found, at = await _found(here, id), f"{PAGE}/{id}"
    given = {"proposal": found.id}
    sent = await submit_one_of({ANSWER.key: ANSWER}, key, request, here, found.organisation, at, None, given)
    return await SUBJECTS.answered(sent, KEY, at, lambda again: _one(here, id, again=again))


async def _grants(here: Visit, organisation: str) -> Mapping[str, str]:
    """Awards of persons there for which nothing was proposed yet, by what granted them."""
    db, of_unit = here.parts.db, {"organisation": organisation, **COUNTS}
    done = {one.grant for one in await documents(db, TrainingUpProposal, of_unit)}
    everybody = await persons(here)
    given = await documents(db, GrantedAward, {**of_unit, "person": {"$ne": ""}, "submission": {"$ne": ""}}, NEWEST)
    return {
        grant: f"{everybody.within(one.person, organisation, here.today)}：{award_name(one)}（{one.year}年）"
        for one in given
        if (grant := one.submission.partition("/")[2]) not in done
    }


async def _page(
    here: Visit, address: Address, page: int, told: Told | None = None, again: Again | None = None
) -> Response:
    county, db, chosen = here.parts.settings.county, here.parts.db, address.by.get("organisation") or ""
    may = here.admits(ProposeTrainingUp, chosen or county)
    grants = await _grants(here, chosen) if may and chosen else {}
    offered = offering([PROPOSE] * bool(grants), f"{PAGE}/of/{chosen}", grants, told, again)
    everybody = await persons(here)

    def line(one: TrainingUpProposal) -> Sequence[Cell]:
        return (
            Cell(everybody.within(one.person, one.organisation, here.today), f"{PAGE}/{one.id}"),
            organisation_cell(here, one.organisation),
            Cell(kind_shown(one.award).name),
            day_cell(one.day),
            day_cell(one.due),
            Cell(state=state_of(one, here)),
        )

    mine = open_to(here)
    wanted = {"$and": [mine, asking(organisation=chosen)]}
    lines, pages = await lines_of(db, TrainingUpProposal, wanted, NEWEST, page, address, "项", line)
    having = await db[TrainingUpProposal.collection].distinct("organisation", mine)
    whose = {one.id for one in here.roster} if may else {*having}
    narrowings = (unit_narrowing(here, "单位", chosen, named(here, whose)),)
    empty = "还没有培养建议。由联合党委在本页提出。"
    board = Board("提出的培养建议", HEADS, lines, empty, pages, narrowings)
    note = "" if not may or grants else NOBODY if chosen else TO_CHOOSE
    lead = "联合党委对获得荣誉的人员，向其所在单位提出的培养建议和答复。"
    return SUBJECTS.show(KEY, SubjectPage("培养建议", lead, boards=(board,), note=note), offered)


async def _found(here: Visit, id: str) -> TrainingUpProposal:
    found = await document(here.parts.db, TrainingUpProposal, id)
    if found is None or found.withdrawn:
        raise HTTPException(404)
    here.reading.must(PERSONS, found.organisation)
    return found


async def _one(here: Visit, id: str, told: Told | None = None, again: Again | None = None) -> Response:
    one = await _found(here, id)
    may = one.answer is None and here.admits(AnswerTrainingUp, one.organisation)
    offered = offering([ANSWER] * may, f"{PAGE}/{id}", None, told, again)
    name = (await persons(here)).within(one.person, one.organisation, here.today)
    answered = one.answer
    facts = (
        ("状态", Cell(state=state_of(one, here))),
        ("单位", organisation_cell(here, one.organisation)),
        ("荣誉", Cell(kind_shown(one.award).name)),
        ("培养建议", Cell(one.proposed)),
        ("提出日期", day_cell(one.day)),
        ("答复期限", day_cell(one.due)),
        *((("答复", Cell(f"{day_text(answered.day)}：{answered.reason}")),) if answered else ()),
        *await record_of(here, answered.submission if answered else one.submission),
    )
    page = SubjectPage(f"{name}的培养建议", back=Cell("培养建议", PAGE), facts=facts)
    return SUBJECTS.show(KEY, page, offered)
