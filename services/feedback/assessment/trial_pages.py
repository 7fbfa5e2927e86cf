"""A trial: a closed period by another scheme, beside the one that is in force for it. It has no effect."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path
from fastapi.responses import Response

from services.feedback.assessment.drawing import Results, results
from services.feedback.assessment.model import AssessedBy, AssessmentScheme, Veto, vetoes_of
from services.feedback.assessment.pages import KEY, PAGE
from services.feedback.assessment.reads import frozen
from services.feedback.assessment.result import Result
from services.feedback.assessment.words import UNGRADED, grade_cell, points_cell
from services.feedback.places import SUBJECTS
from services.feedback.reports import periods
from services.feedback.reports.model import Report
from shared.database.kept import document, documents
from shared.events.vocabulary import OrganisationKind
from shared.identity.reading import COMMITTEE
from shared.pages.boards import Board, Cell, SubjectPage
from shared.pages.cells import BLANK, Cells, number_cell
from shared.pages.chinese import day_text
from shared.pages.words import kind_word
from shared.web.boards import Address, lines_at_hand
from shared.web.offering import offering
from shared.web.parameters import EARLIEST, LATEST, PeriodInPath
from shared.web.reading import reads
from shared.web.visit import Here

HEADS = {
    "单位": "",
    "类别": "",
    "现行得分": "number",
    "试算得分": "number",
    "增减": "number",
    "现行名次": "number",
    "试算名次": "number",
    "现行等次": "",
    "试算等次": "",
}
SIZE = 200
NONE = Result()
DayInPath = Annotated[date, Path(ge=EARLIEST, le=LATEST)]
router = APIRouter(prefix=f"{PAGE}/trial")


@router.get("/{period}/{day}", dependencies=[reads(COMMITTEE)])
async def trial(here: Here, period: PeriodInPath, day: DayInPath) -> Response:
    """By the scheme of a day, of the figures that the period's reports print; nothing is kept of it."""
    county, at = here.parts.settings.county, f"{PAGE}/trial/{period}/{day}"
    schemes = await document(here.parts.db, AssessmentScheme, county)
    tried = next((one for one in schemes.history if one.effective_from == day), None) if schemes else None
    reports = await frozen(here, period)
    if schemes is None or tried is None or not reports:
        raise HTTPException(404)
    vetoed = {one.organisation for one in await documents(here.parts.db, Veto, vetoes_of(county, period))}
    in_force = schemes.of(period)
    before = results(in_force, reports, vetoed) if in_force else {}
    lines = compared(reports, before, results(tried, reports, vetoed))
    shown, paging = lines_at_hand(lines, 1, Address(at), "个", SIZE)
    seen = SubjectPage(
        f"{periods.in_chinese(period)}考核试算",
        "用已经截止的一期的数据，把另一个考核办法与该期施行的办法对照。试算不改变任何结果。",
        Cell(f"{periods.in_chinese(period)}考核", f"{PAGE}/of/{period}"),
        (("该期施行的办法", _named(in_force)), ("试算的办法", _named(tried))),
        (Board("对照", HEADS, shown, "该期没有参加考核的单位。", paging),),
    )
    return SUBJECTS.show(KEY, seen, offering((), at))


def _named(scheme: AssessedBy | None) -> Cell:
    said = f"自{day_text(scheme.effective_from)}起施行" if scheme else "没有"
    return Cell(said, "/feedback/assessment-scheme" if scheme else "")


def compared(reports: Sequence[Report], before: Results, tried: Results) -> list[Cells]:
    """Each unit that either of them assesses, by kind and by its place in the trial."""
    mine = [one for one in reports if one.organisation in {*before, *tried}]
    mine.sort(key=lambda one: (one.organisation_kind, _rank(tried.get(one.organisation)), one.organisation))
    return [_line(one, before.get(one.organisation, NONE), tried.get(one.organisation, NONE)) for one in mine]


def _rank(result: Result | None) -> int:
    return result.rank if result and result.rank is not None else SIZE


def _line(one: Report, before: Result, tried: Result) -> Cells:
    more = tried.score - before.score if tried.score is not None and before.score is not None else None
    return (
        Cell(one.name),
        Cell(kind_word(OrganisationKind(one.organisation_kind))),
        points_cell(before.score),
        points_cell(tried.score),
        BLANK if more is None else Cell(f"{more / 100:+.2f}", value=more / 100),
        number_cell(before.rank),
        number_cell(tried.rank),
        grade_cell(before) if before.terms else Cell(state=UNGRADED),
        grade_cell(tried) if tried.terms else Cell(state=UNGRADED),
    )
