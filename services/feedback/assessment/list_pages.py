"""The page of a period's list: units of a kind by score, what changed since, and how it is voted on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from services.feedback.asking import Reread
from services.feedback.assessment.drawing import Results
from services.feedback.assessment.list_form import APPROVE, FORMS, REDRAW
from services.feedback.assessment.lost_votes import lost_votes, noted
from services.feedback.assessment.model import Assessed, Assessment, AssessmentState, assessment_id
from services.feedback.assessment.pages import KEY, PAGE, SORTS, SortedAsked, by_kind
from services.feedback.assessment.reads import ListOfPeriod, as_of_now, list_of
from services.feedback.assessment.words import (
    GRADES,
    STATES,
    STEPS,
    approved_text,
    grade_cell,
    lost_text,
    points_cell,
    points_text,
    rank_cell,
)
from services.feedback.documents.model import HandStep
from services.feedback.documents.words import STEP_HEADS
from services.feedback.places import SUBJECTS
from services.feedback.reports import periods
from services.feedback.reports.rereading import Rereading
from shared.calendar import china_day
from shared.database.kept import document
from shared.forms import Form
from shared.forms.reading import values_of
from shared.identity.reading import COMMITTEE, SENT
from shared.pages.boards import Board, Cell, SubjectPage
from shared.pages.cells import Cells, number_cell, time_cell
from shared.pages.chinese import NOTHING, day_text
from shared.pages.sorting import in_order, sorting
from shared.pages.words import ShownState, kind_word
from shared.web.boards import Address, lines_at_hand
from shared.web.forms import Again
from shared.web.heavy import HEAVY
from shared.web.offering import offering, submit_one_of
from shared.web.parameters import CategoryAsked, PageAsked, PeriodInPath
from shared.web.persons import Persons, persons
from shared.web.reading import reads
from shared.web.subjects import record_of
from shared.web.told import Told, told_of
from shared.web.unless_away import unless_away
from shared.web.visit import Here, Visit

HEADS = {"单位": "", "类别": "", "得分": "number", "名次": "number", "等次": "", "现有数据": ""}
SIZE, MOST_STEPS = 200, 100
AS_APPROVED = ShownState("没有变化", "")
router = APIRouter(prefix=f"{PAGE}/of")


class ListedUnits(NamedTuple):
    """Which units of a list are asked for: of a kind, in an order, on a page."""

    category: CategoryAsked | None = None
    sort: str | None = None
    page: int = 1


ALL = ListedUnits()


@router.get("/{period}", dependencies=[reads(COMMITTEE), HEAVY])
async def list_of_period(
    here: Here,
    reread: Reread,
    period: PeriodInPath,
    category: CategoryAsked | None = None,
    sort: SortedAsked | None = None,
    page: PageAsked = 1,
    sent: str = "",
) -> Response:
    """By kind and score; what late facts have changed stands beside it."""
    told = await told_of(here.parts, here.who, sent)
    return await _page(here, reread, period, ListedUnits(category, sort, page), told)


@router.post("/{period}/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, reread: Reread, period: PeriodInPath, key: str) -> Response:
    """It is drawn up anew, or voted on."""
    county, at = here.parts.settings.county, f"{PAGE}/of/{period}"
    known = await unless_away(document(here.parts.db, Assessment, assessment_id(county, period)))
    sent = await submit_one_of(FORMS, key, request, here, county, at, known, {"period": period})
    return await SUBJECTS.answered(sent, KEY, at, lambda again: _page(here, reread, period, again=again))


async def _page(
    here: Visit,
    reread: Rereading,
    period: str,
    asked: ListedUnits = ALL,
    told: Told | None = None,
    again: Again | None = None,
) -> Response:
    found = await list_of(here, period)
    if found is None:
        raise HTTPException(404)
    now, assessment = await as_of_now(here, reread, found), found.assessment
    begun = {APPROVE.key: values_of(APPROVE, {"edition": assessment.edition})}
    at = f"{PAGE}/of/{period}"
    offered = offering(list(_forms(here, assessment)), at, assessment, told, again, begun)
    board = _board(at, found.units, now, asked)
    seen = SubjectPage(
        f"{periods.in_chinese(period)}考核",
        "各类单位按得分排列；审定以后，本期反馈才能签发。",
        Cell("考核结果", PAGE),
        (*_facts(found, now), *await record_of(here, assessment.submission)),
        (board, *lost_votes(here, assessment, at), _history(assessment, await persons(here), at)),
    )
    return SUBJECTS.show(KEY, seen, offered)


def _forms(here: Visit, one: Assessment) -> Iterator[Form]:
    """What there is to do with a list that is not approved."""
    if one.state is AssessmentState.DRAWN_UP:
        yield from (form for form in (APPROVE, REDRAW) if here.admits(form.submission, one.county))


def _facts(found: ListOfPeriod, now: Results) -> Iterator[tuple[str, Cell]]:
    one = found.assessment
    yield "状态", Cell(state=STATES[one.state])
    yield "稿次", number_cell(one.edition, "稿")
    yield "生成", time_cell(one.drawn_up)
    yield "考核办法", Cell(f"自{day_text(one.scheme_from)}起施行", "/feedback/assessment-scheme")
    if one.vote:
        yield "审定", Cell(approved_text(one.vote))
    if one.voted_down:
        yield "表决", Cell(lost_text(one.voted_down.vote))
    changed = sum(_has_changed(unit, now) for unit in found.units)
    if changed:
        yield "现有数据", Cell(state=ShownState(f"有补报，{changed}个单位的结果有变化", "warn"))
    for other in reversed(found.schemes.history):
        if other != found.scheme:
            name = f"按自{day_text(other.effective_from)}起施行的考核办法试算"
            yield "试算", Cell(name, f"{PAGE}/trial/{one.period}/{other.effective_from}")


def _has_changed(unit: Assessed, now: Results) -> bool:
    """Whether points, place or grade would be others by what is known now; the list itself stays."""
    then = now.get(unit.organisation)
    if then is None:
        return True
    mine = unit.result
    return (mine.score, mine.rank, mine.grade) != (then.score, then.rank, then.grade)


def _arranged(units: Sequence[Assessed], sort: str | None) -> list[Assessed]:
    """By kind and place, unless another order is asked for; who has no score stands last."""
    ranked = sorted(units, key=lambda one: (one.organisation_kind, one.result.rank or len(units) + 1, one.organisation))
    return in_order(ranked, sort, _value)


def _value(one: Assessed, column: str) -> int | str | None:
    return {"name": one.organisation, "score": one.result.score, "rank": one.result.rank}[column]


def _board(at: str, every: Sequence[Assessed], now: Results, asked: ListedUnits) -> Board:
    category = asked.category
    units = _arranged([one for one in every if category in (None, one.organisation_kind)], asked.sort)
    address = Address(at, {"category": category and category.value, "sort": asked.sort})
    shown, paging = lines_at_hand([_line(one, now) for one in units], asked.page, address, "个", SIZE)
    kinds = sorted({one.organisation_kind for one in every})
    by, sorts = (by_kind(kinds, category),), sorting(SORTS, asked.sort, address.sorted_by)
    return Board("单位", HEADS, shown, "没有参加考核的单位。", paging, by, sorting=sorts)


def _line(one: Assessed, now: Results) -> Cells:
    return (
        Cell(one.name, f"{PAGE}/{one.id}"),
        Cell(kind_word(one.organisation_kind)),
        points_cell(one.result.score),
        rank_cell(one.result),
        grade_cell(one.result),
        Cell(_now_text(one, now)) if _has_changed(one, now) else Cell(state=AS_APPROVED),
    )


def _now_text(one: Assessed, now: Results) -> str:
    """现为86.20分，第6名，良好."""
    then = now.get(one.organisation)
    if then is None or then.grade is None:
        return "现无数据"
    return f"现为{points_text(then.score)}分，第{then.rank}名，{GRADES[then.grade].word}"


def _history(one: Assessment, known: Persons, at: str) -> Board:
    lines = [_step(each, known, one) for each in reversed(one.steps)]
    shown, paging = lines_at_hand(lines, 1, Address(at), "条", MOST_STEPS, "history")
    return Board("办理过程", STEP_HEADS, shown, "", paging)


def _step(one: HandStep, known: Persons, of: Assessment) -> Cells:
    acted = known.called(one.by, of.county, china_day(one.at)) if one.by else NOTHING
    return (time_cell(one.at), Cell(STEPS[one.what]), Cell(acted), Cell(noted(one, of.lost)))
