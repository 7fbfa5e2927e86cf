"""The page behind a figure: each of its facts by itself, and on top what they come to beside what a document prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import Response

from services.feedback.facts.counting import summed
from services.feedback.facts.reads import CountedFact, counted, printed
from services.feedback.facts.shown import HEADS, as_printed, line, sums
from services.feedback.measures.catalogue import MEASURES, is_award, measure_named
from services.feedback.places import SUBJECTS
from services.feedback.reports import periods
from services.feedback.reports.issues import all_periods
from shared.database.lists import page_of
from shared.identity.reading import COMMITTEE, REPORTS
from shared.pages.boards import Board, Cell, SubjectPage, choice
from shared.pages.words import names_on
from shared.web.asking import County, Db, RosterNow
from shared.web.boards import Address, lines_at_hand
from shared.web.heavy import HEAVY
from shared.web.offering import offering
from shared.web.parameters import CodeAsked, CodeInPath, LimitAsked, PageAsked, PeriodAsked
from shared.web.reading import Reads, reads
from shared.web.visit import Here

MeasureAsked = Annotated[str, Query(pattern=r"^[a-z0-9-]{1,80}$")]
MEASURED: Mapping[str, str] = {one.name: one.zh for one in MEASURES.values()}
LEAD = "计入这项数据的每一件事；撤回、更正的另列一行，相互抵销。"
router = APIRouter()
api = APIRouter(prefix="/feedback/api")


@router.get("/feedback/organisations/{code}/facts", dependencies=[reads(REPORTS), HEAVY])
async def facts(
    here: Here, code: CodeInPath, measure: MeasureAsked, period: PeriodAsked, page: PageAsked = 1
) -> Response:
    """Of one organisation and all below it."""
    here.reading.must(REPORTS, code)
    if here.roster.organisation(code) is None:
        raise HTTPException(404)
    _known(measure)
    db, county, at = here.parts.db, here.parts.settings.county, f"/feedback/organisations/{code}"
    found = await counted(db, county, here.roster, code, measure, period)
    beside = await printed(db, county, code, measure, period, here.reading.may(COMMITTEE, county))
    called = names_on(here.roster, periods.last_day(period))
    asked = Address(f"{at}/facts", {"measure": measure, "period": period})
    lines, paging = lines_at_hand(
        [line(here, one, measure, period, called, beside) for one in found], page, asked, "项"
    )
    narrowings = (
        choice("measure", "指标", measure, MEASURED),
        choice("period", "期次", period, {one: periods.in_chinese(one) for one in all_periods(period[:4])}),
    )
    name, title = called.get(code, code), measure_named(measure).zh
    board = Board(f"{title}逐项", HEADS, lines, "本期没有计入这项数据的事项。", paging, narrowings)
    seen = SubjectPage(
        f"{name}{periods.in_chinese(period)}：{title}",
        LEAD,
        Cell(f"{name}的数据", f"{at}?period={period}"),
        (*sums(measure, found, called), *as_printed(measure, beside, code, period, called)),
        (board,),
    )
    return SUBJECTS.show("organisations", seen, offering((), asked.path))


@api.get(
    "/facts",
    summary="The single facts behind one measure of an organisation in a period, with what each counts for",
    dependencies=[reads(REPORTS), HEAVY],
)
async def counted_facts(
    db: Db,
    county: County,
    roster: RosterNow,
    reading: Reads,
    organisation: CodeAsked,
    measure: MeasureAsked,
    period: PeriodAsked,
    limit: LimitAsked = 200,
    after: str | None = None,
) -> dict[str, Any]:
    reading.must(REPORTS, organisation)
    _known(measure)
    found = await counted(db, county, roster, organisation, measure, period)
    ids = [one.id for one in found]
    behind = found[ids.index(after) + 1 :] if after in ids else found
    answered = page_of([_answer(one) for one in behind[: limit + 1]], limit)
    return {**answered, "value": summed([one.parts for one in found], measure)}


def _known(measure: str) -> None:
    if measure not in MEASURES and not is_award(measure):
        raise HTTPException(404)


def _answer(one: CountedFact) -> dict[str, Any]:
    type_ = one.fact.type if one.fact else "rectification"
    return {
        "id": one.id,
        "organisation": one.organisation,
        "day": one.day.isoformat(),
        "type": type_,
        "counts": dict(one.parts),
    }
