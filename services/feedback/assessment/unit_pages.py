"""Why a unit has its points: each term with its figure, how it was reckoned, and where that figure comes from."""

from __future__ import annotations

from collections.abc import Iterator

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from services.feedback.assessment.model import (
    Assessed,
    Assessment,
    AssessmentState,
    Veto,
    assessment_id,
    vetoes_of,
)
from services.feedback.assessment.pages import KEY, PAGE, sees_lists
from services.feedback.assessment.result import Term
from services.feedback.assessment.words import (
    STATES,
    VETOES,
    counted_text,
    figure_text,
    formula_text,
    grade_cell,
    lost_text,
    points_cell,
    points_text,
    rank_text,
    reads_text,
)
from services.feedback.documents.draft_pages import ReportInPath
from services.feedback.facts.address import facts_url
from services.feedback.measures.catalogue import MEASURES
from services.feedback.places import SUBJECTS
from services.feedback.reports import periods
from services.feedback.reports.model import recipient_of
from shared.database.kept import document, documents
from shared.identity.reading import REPORTS
from shared.pages.boards import Board, Cell, SubjectPage
from shared.pages.cells import Cells, day_cell
from shared.web.boards import Address, lines_at_hand
from shared.web.offering import offering
from shared.web.reading import reads
from shared.web.visit import Here, Visit

HEADS = {
    "指标": "",
    "数据": "",
    "合计": "number",
    "数值": "number",
    "怎样计分": "wide",
    "分值": "number",
    "得分": "number",
}
MOST_TERMS = 100
router = APIRouter(prefix=PAGE)


@router.get("/{report}", dependencies=[reads(REPORTS)])
async def assessed(here: Here, report: ReportInPath) -> Response:
    """To itself, those above it and the organisation department once it is approved; to the committee before."""
    here.reading.must(REPORTS, recipient_of(report))
    one = await document(here.parts.db, Assessed, report)
    if one is None or one.withdrawn or not (one.is_approved or sees_lists(here)):
        raise HTTPException(404)
    period = periods.in_chinese(one.period)
    title = f"{one.name}{period}考核：为什么是{points_text(one.result.score)}分"
    seen = SubjectPage(
        title if one.result.score is not None else f"{one.name}{period}考核",
        "每项指标的数据、算法和得分；数据是本期反馈所印的数据。",
        _back(here, one),
        (*_facts(here, one), *await _voted_down(here, one), *await _veto(here, one)),
        (_board(one),),
    )
    return SUBJECTS.show(KEY, seen, offering((), f"{PAGE}/{report}"))


def _back(here: Visit, one: Assessed) -> Cell:
    if sees_lists(here):
        return Cell(f"{periods.in_chinese(one.period)}考核", f"{PAGE}/of/{one.period}")
    return Cell("考核结果", PAGE)


def _facts(here: Visit, one: Assessed) -> Iterator[tuple[str, Cell]]:
    result = one.result
    yield "得分", points_cell(result.score)
    yield "等次", grade_cell(result)
    yield "名次", Cell(rank_text(result))
    if result.score is not None:
        yield "各项得分合计", points_cell(result.by_indicators)
        yield "扣分和加分", Cell(f"{result.adjusted / 100:+.2f}" if result.adjusted else "没有")
    state = AssessmentState.APPROVED if one.is_approved else AssessmentState.DRAWN_UP
    yield "状态", Cell(state=STATES[state])
    if result.approved_on:
        yield "审定", day_cell(result.approved_on)
    yield "本期数据", Cell("查看全部数据", _figures(one))
    yield "考核办法", Cell("查看指标和分数线", "/feedback/assessment-scheme")


async def _voted_down(here: Visit, one: Assessed) -> list[tuple[str, Cell]]:
    """The vote after which its list waits, to those who read a list before it is approved."""
    kept = await document(here.parts.db, Assessment, assessment_id(one.county, one.period))
    lost = kept.voted_down if kept and sees_lists(here) else None
    return [("表决", Cell(lost_text(lost.vote)))] if lost else []


async def _veto(here: Visit, one: Assessed) -> list[tuple[str, Cell]]:
    """Why its grade is kept down, to whoever reads this page."""
    wanted = {**vetoes_of(one.county, one.period), "organisation": one.organisation}
    found = await documents(here.parts.db, Veto, wanted) if one.result.is_vetoed else []
    return [("一票否决", Cell(VETOES[veto.veto], note=f"{veto.reason}（{veto.proof}）")) for veto in found]


def _figures(one: Assessed) -> str:
    return f"/feedback/organisations/{one.organisation}?period={one.period}"


def _board(one: Assessed) -> Board:
    lines = [_line(term, one) for term in one.result.terms]
    shown, paging = lines_at_hand(lines, 1, Address(f"{PAGE}/{one.id}"), "项", MOST_TERMS)
    return Board("逐项得分", HEADS, shown, "", paging)


def _divisor(term: Term, one: Assessed) -> str:
    """The facts of what a count is divided by; of windows and stations there are none."""
    by = term.indicator.divided_by
    return facts_url(one.organisation, by, one.period) if by and by in MEASURES else ""


def _line(term: Term, one: Assessed) -> Cells:
    return (
        Cell(term.indicator.name),
        Cell(figure_text(term.indicator), facts_url(one.organisation, term.indicator.figure, one.period)),
        Cell(counted_text(term), _divisor(term, one)),
        Cell(reads_text(term)),
        Cell(formula_text(term)),
        points_cell(term.weight),
        points_cell(term.points),
    )
