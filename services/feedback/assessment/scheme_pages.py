"""The page of schemes of assessment: their indicators, bounds of grades, from which year on, and the next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.feedback.assessment.model import AssessedBy, AssessmentScheme
from services.feedback.assessment.scheme_form import ADOPT, CHANGE, begun
from services.feedback.assessment.words import WAYS, WITHOUT, amount_text, bounds_text, figure_text
from services.feedback.places import SUBJECTS
from shared.database.kept import document
from shared.database.mongo import Database
from shared.events import Submission
from shared.events.assessment import AdoptAssessmentScheme, AssessmentSchemeAdopted, Indicator, ScoringWay
from shared.identity.reading import SENT, SIGNED_IN
from shared.pages.boards import Board, Cell, SubjectPage
from shared.pages.cells import Cells, day_cell, number_cell, percent_cell
from shared.pages.words import ShownState, kind_word
from shared.pipeline.decisions import Original, fact_of
from shared.roster.organisations import county_of
from shared.web.boards import Address, lines_at_hand
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.reading import reads
from shared.web.records.correctable import Reported, Rewriting
from shared.web.told import Told, told_of
from shared.web.unless_away import unless_away
from shared.web.visit import Here, Visit

PAGE, KEY = "/feedback/assessment-scheme", "assessment-scheme"
HEADS = {
    "施行日期": "tight",
    "分数线": "",
    "优秀比例上限": "number",
    "季度": "tight",
    "指标": "number",
    "状态": "",
}
INDICATOR_HEADS = {
    "指标": "",
    "适用单位": "",
    "数据": "",
    "计分方式": "",
    "分值": "number",
    "起计值": "number",
    "满分值": "number",
    "无数据时": "",
}
MOST, IN_FORCE, NEWEST = 100, "in-force", "newest"
router = APIRouter()


@router.get(PAGE, dependencies=[reads(SIGNED_IN)])
async def assessment_scheme(here: Here, sent: str = "") -> Response:
    """All of them, the newest first, with the indicators of the one in force and of those to come."""
    return await _page(here, await told_of(here.parts, here.who, sent))


@router.post(PAGE + "/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, key: str) -> Response:
    """The next one."""
    county = here.parts.settings.county
    known = await unless_away(document(here.parts.db, AssessmentScheme, county))
    sent = await submit_one_of({ADOPT.key: ADOPT}, key, request, here, county, PAGE, known)
    return await SUBJECTS.answered(sent, KEY, PAGE, lambda again: _page(here, again=again))


async def _page(here: Visit, told: Told | None = None, again: Again | None = None) -> Response:
    county = here.parts.settings.county
    kept = await document(here.parts.db, AssessmentScheme, county) or AssessmentScheme(id=county)
    forms = [ADOPT] * here.admits(AdoptAssessmentScheme, county)
    offered = offering(forms, PAGE, kept, told, again, {ADOPT.key: begun(kept)})
    lead = "各单位怎样考核：指标、分值、分数线和优秀比例，自何年起。"
    boards = (_schemes(here, kept), *_indicators(here, kept))
    return SUBJECTS.show(KEY, SubjectPage("考核办法", lead, boards=boards), offered)


def _schemes(here: Visit, kept: AssessmentScheme) -> Board:
    lines = [_line(here, one, kept.on(here.today)) for one in reversed(kept.history)]
    shown, paging = lines_at_hand(lines, 1, Address(PAGE), "项", MOST)
    return Board("历次办法", HEADS, shown, "还没有规定：各期不考核。", paging)


def _line(here: Visit, one: AssessedBy, now: AssessedBy | None) -> Cells:
    return (
        day_cell(one.effective_from),
        Cell(bounds_text(one)),
        percent_cell(one.excellent_share / 100),
        Cell("考核" if one.quarterly else "不考核"),
        number_cell(len(one.indicators), "项"),
        Cell(state=_state(here, one, now)),
    )


def _state(here: Visit, one: AssessedBy, now: AssessedBy | None) -> ShownState:
    if one.effective_from > here.today:
        return ShownState("未施行", "warn")
    return ShownState("现行", "good") if one == now else ShownState("已失效", "")


def _indicators(here: Visit, kept: AssessmentScheme) -> Iterator[Board]:
    """Of the one in force and of the newest, each a table of its own."""
    now, newest = kept.on(here.today), kept.history[-1] if kept.history else None
    known = {IN_FORCE: now, NEWEST: newest if newest != now else None}
    for key, one in known.items():
        if one is not None:
            lines = [_indicator(each) for each in one.indicators]
            shown, paging = lines_at_hand(lines, 1, Address(PAGE), "项", MOST, key)
            yield Board(f"{one.effective_from.year}年起的指标", INDICATOR_HEADS, shown, "", paging)


def _indicator(one: Indicator) -> Cells:
    steps = f"{one.steps}档" if one.way is ScoringWay.STEPS else ""
    return (
        Cell(one.name),
        Cell(kind_word(one.applies_to)),
        Cell(figure_text(one)),
        Cell(WAYS[one.way], note=steps),
        number_cell(one.weight, "分"),
        Cell(amount_text(one, one.floor), value=one.floor / 100),
        Cell(amount_text(one, one.target), value=one.target / 100),
        Cell(WITHOUT[one.without] if one.is_weighted else "不加减分"),
    )


async def _read(db: Database, original: Original) -> Reported:
    since = fact_of(original, AssessmentSchemeAdopted).effective_from
    kept = await document(db, AssessmentScheme, county_of(original.organisation))
    found = next((one for one in kept.history if one.effective_from == since), None) if kept else None
    return Reported(found.model_dump(mode="json") if found else {})


REWRITINGS: Mapping[type[Submission], Rewriting] = {AdoptAssessmentScheme: Rewriting(CHANGE, _read, is_of_now=True)}
