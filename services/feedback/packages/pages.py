"""The list of annual packages; the committee sends one there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.feedback.documents.words import late
from services.feedback.packages.form import OF_LIST, SEND
from services.feedback.packages.model import Package, PackageState
from services.feedback.packages.reads import YearToReport, open_to, years_to_report
from services.feedback.packages.words import STATES, package_name
from services.feedback.places import SUBJECTS
from shared.identity.reading import REPORTS, SENT
from shared.pages.boards import Board, Cell, SubjectPage
from shared.pages.cells import Cells, day_cell, number_cell, time_cell
from shared.pages.words import ShownState, name_of
from shared.web.boards import Address, lines_of
from shared.web.confirming import each_confirmed
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.parameters import PageAsked
from shared.web.reading import reads
from shared.web.told import Told, told_of
from shared.web.unless_away import unless_away
from shared.web.visit import Here, Visit

KEY, PAGE = "packages", "/feedback/packages"
HEADS = {
    "材料": "",
    "文号": "tight",
    "报送": "tight",
    "收文单位": "",
    "反馈文件": "number",
    "签收期限": "tight",
    "状态": "",
    "采用": "tight",
}
NEWEST = (("year", -1), ("_id", 1))
NOT_YET = "年度反馈全部签发以后，在本页报送。"
router = APIRouter(prefix=PAGE)


@router.get("", dependencies=[reads(REPORTS)])
async def packages(here: Here, page: PageAsked = 1, sent: str = "") -> Response:
    """Those that tell of an organisation whose reports whoever looks may read; the newest first."""
    return await _page(here, page, await told_of(here.parts, here.who, sent))


@router.post("/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, key: str) -> Response:
    """One is sent."""
    county = here.parts.settings.county
    years = await unless_away(years_to_report(here.parts.db, county, here.roster))
    sent = await submit_one_of(OF_LIST, key, request, here, county, PAGE, offered_years(years or ()))
    return await SUBJECTS.answered(sent, KEY, PAGE, lambda again: _page(here, 1, again=again))


def offered_years(years: Iterable[YearToReport]) -> Mapping[str, str]:
    """Those that may be sent, the newest first."""
    return {str(one.year): f"{one.year}年度" for one in years}


async def _page(here: Visit, page: int, told: Told | None = None, again: Again | None = None) -> Response:
    county, db = here.parts.settings.county, here.parts.db
    may = here.admits(SEND.submission, county) and here.who == county
    years = await years_to_report(db, county, here.roster) if may else []
    forms = [SEND] * bool(years)
    offered = offering(forms, PAGE, offered_years(years), told, again)
    offered = replace(offered, forms=each_confirmed(here, forms, offered.forms, PAGE))
    wanted = {"county": county, **open_to(here.reading)}
    lines, paging = await lines_of(
        db, Package, wanted, NEWEST, page, Address(PAGE, {}), "项", lambda one: _line(here, one)
    )
    board = Board("已报送的材料", HEADS, lines, "还没有报送年度考核材料。", paging)
    lead = "年度考核结果在印发反馈的当日报送组织部门，由其签收、采用。"
    note = NOT_YET if may and not years else ""
    return SUBJECTS.show(KEY, SubjectPage("考核材料报送", lead, boards=(board,), note=note), offered)


def _line(here: Visit, one: Package) -> Cells:
    return (
        Cell(package_name(one.year), f"{PAGE}/{one.id}"),
        Cell(one.number),
        time_cell(one.sent),
        Cell(name_of(one.addressee, here.roster, here.today)),
        number_cell(len(one.reports), "份"),
        day_cell(one.due),
        Cell(state=state_of(here, one)),
        day_cell(one.adopted_on),
    )


def state_of(here: Visit, one: Package) -> ShownState:
    """What waits past its day says so."""
    state = STATES[one.state]
    return late(state, one.due, here.today) if one.state is PackageState.SENT else state
