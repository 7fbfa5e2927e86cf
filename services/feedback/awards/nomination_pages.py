"""The page of one nomination: what is known of it, what others object to, and the forms of the next step."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from services.feedback.assessment.scoring import half_up
from services.feedback.assessment.words import points_text
from services.feedback.awards.decision_pages import url_of
from services.feedback.awards.form import ANSWER, GRANT_BY_IT, JUDGE, OBJECT, OF_A_NOMINATION, PUBLISH, judging_by
from services.feedback.awards.model import GrantedAward, Nomination, NominationStep
from services.feedback.awards.nomination_list import KEY, PAGE, state_of
from services.feedback.awards.words import award_name, kind_shown, receiver
from services.feedback.places import SUBJECTS
from shared.database.documents import COUNTS
from shared.database.kept import document, documents
from shared.events.feedback import (
    AnswerNominationObjection,
    GrantAward,
    JudgeNomination,
    ObjectToNomination,
    PublishNomination,
)
from shared.forms import Form
from shared.identity.reading import PERSONS, SENT
from shared.pages.boards import ON_SCREEN, Board, Cell, SubjectPage
from shared.pages.cells import day_cell
from shared.pages.chinese import day_text
from shared.pages.words import ShownState, name_of
from shared.web.boards import Address, lines_at_hand
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.parameters import CodeInPath, IdInPath
from shared.web.persons import persons
from shared.web.reading import reads
from shared.web.subjects import organisation_cell, record_cell, record_of
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

OF_OBJECTIONS = {"单位": "", "提出": "tight", "异议": "wide", "答复": "wide", "报送记录": ON_SCREEN}
BY_ANSWER = {None: ShownState("待答复", "warn"), True: ShownState("属实", "bad"), False: ShownState("不属实", "good")}
router = APIRouter(prefix=PAGE)


@router.get("/{id}", dependencies=[reads(PERSONS)])
async def nomination(here: Here, id: IdInPath, sent: str = "") -> Response:
    """One, with its forms for whoever takes the next step."""
    return await _one(here, id, await told_of(here.parts, here.who, sent))


@router.post("/{id}/{key}", response_model=None, dependencies=[reads(SENT)])
async def take_step(request: Request, here: Here, id: IdInPath, key: str) -> Response:
    """What is done with one."""
    found, at = await _found(here, id), f"{PAGE}/{id}"
    about = {"nomination": found.id, "award": found.award, "person": found.person or None}
    forms = {**OF_A_NOMINATION, JUDGE.key: judging_by(kind_shown(found.award))}
    given = {path: about[path] for path in forms[key].given} if key in forms else {}
    sent = await submit_one_of(forms, key, request, here, found.organisation, at, _said(here, found), given)
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
        *await _decision(here, one),
        *await record_of(here, one.submission),
    )
    steps = (
        ("推荐", True),
        ("评审", bool(one.marks)),
        ("公示", one.until is not None),
        ("授予", step is NominationStep.GRANTED),
    )
    title = f"推荐{receiver(here, everybody, one)}为{award_name(one)}"
    return SUBJECTS.show(
        KEY,
        SubjectPage(title, back=Cell("荣誉推荐", PAGE), facts=facts, steps=steps, boards=_boards(here, one)),
        offered,
    )


async def _decision(here: Visit, one: Nomination) -> tuple[tuple[str, Cell], ...]:
    """Its paper is for those who may read who was given the award."""
    granted = await documents(here.parts.db, GrantedAward, {"nomination": one.id, **COUNTS}) if one.granted else []
    if not granted or not here.reading.may(PERSONS, one.organisation):
        return ()
    return (("表彰决定", Cell(granted[0].number or "打开", url_of(one.id))),)


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
    judge = [judging_by(kind_shown(one.award))] * here.admits(JudgeNomination, one.organisation)
    match one.step:
        case NominationStep.NOMINATED:
            return judge
        case NominationStep.JUDGED:
            publish = [PUBLISH] * here.admits(PublishNomination, one.organisation)
            return [*publish, *judge]
        case NominationStep.PUBLISHED:
            is_over = one.until is not None and one.until < here.today
            may_grant = is_over and not one.upheld and not one.unanswered and here.admits(GrantAward, one.organisation)
            may_answer = bool(one.objections) and here.admits(AnswerNominationObjection, one.organisation)
            return [*[ANSWER] * may_answer, *[GRANT_BY_IT] * may_grant]
        case NominationStep.GRANTED:
            return []
