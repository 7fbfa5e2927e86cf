"""Issued reports that print what is no longer so (待更正的反馈): the office orders that they are corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.feedback.asking import Reread, StandingCheck
from services.feedback.documents.ordering import ORDER, ORDER_LOCKED, ORDERS
from services.feedback.measures.checking import Checking
from services.feedback.places import PAGES
from services.feedback.reports import periods, shelves
from services.feedback.reports.changes import CHANGED_HEADS, ChangedReport, changed_cells, line, of_years
from services.feedback.reports.rereading import Rereading, periods_issued
from shared.identity.reading import REPORTS, SENT
from shared.pages.boards import Board
from shared.pages.chinese import time_text
from shared.pages.paging import paging
from shared.pages.words import Choice, names_on
from shared.stretch import Stretch
from shared.web.again import in_its_page
from shared.web.boards import every_line
from shared.web.exporting import exported_from
from shared.web.forms import Again
from shared.web.offering import address, offering, submit_one_of
from shared.web.parameters import PageAsked, YearAsked
from shared.web.reading import reads
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

CHANGED = "/feedback/changed-reports"
LINES = 50
"""Reports on a page of the list."""

router = APIRouter()


@router.get(CHANGED, dependencies=[reads(REPORTS)])
async def changed_reports(
    here: Here,
    reread: Reread,
    checking: StandingCheck,
    year: YearAsked | None = None,
    page: PageAsked = 1,
    sent: str = "",
) -> Response:
    """Those of a year that differ and are the reader's; unless said of the newest year that has any."""
    return await _page(here, reread, checking, year, page, await told_of(here.parts, here.who, sent))


@router.post(CHANGED + "/{key}", response_model=None, dependencies=[reads(SENT)])
async def order(request: Request, here: Here, reread: Reread, checking: StandingCheck, key: str) -> Response:
    """The office orders that those which are ticked are corrected."""
    sent = await submit_one_of(ORDERS, key, request, here, here.parts.settings.county, CHANGED)
    if not isinstance(sent, Again):
        return sent
    page = _page(here, reread, checking, None, 1, again=sent)
    return await in_its_page(page, sent, address(CHANGED, sent.form), PAGES, "changed")


async def _page(
    here: Visit,
    reread: Rereading,
    checking: Checking,
    year: str | None,
    page: int,
    told: Told | None = None,
    again: Again | None = None,
) -> Response:
    db, roster, reading, now = here.parts.db, here.roster, here.reading, here.now
    county = here.parts.settings.county
    issued = await periods_issued(db, county)
    differing = await checking.alone("reports of every year", lambda: reread.changed(issued))
    by_year = of_years([one for one in differing if reading.may(REPORTS, one.report.organisation)])
    years = await shelves.years(db, county)
    chosen = year or next(iter(by_year), next(iter(years), str(now.year)))
    found = by_year.get(chosen, [])
    shown_now = found[(page - 1) * LINES : page * LINES]
    forms = [] if not found else [ORDER_LOCKED] * here.admits(ORDER_LOCKED.submission, county)
    forms = forms or [ORDER] * bool(found and here.admits(ORDER.submission, county))
    offered = offering(forms, CHANGED, shown_now, told, again)
    lines = [line(one, names_on(roster, periods.last_day(one.report.period))) for one in found]
    changes = [cells for one in lines for cells in changed_cells(one)]
    stretch = Stretch.of(len(found), page, LINES)
    under = paging(stretch, "份", lambda n: f"{CHANGED}?year={chosen}&page={n}", every_line(changes))
    return exported_from(Board("待更正的反馈", CHANGED_HEADS, (), "", under, narrowed=f"{chosen}年")) or PAGES.render(
        "changed_reports.html",
        "changed",
        offered.status,
        year=chosen,
        is_whole=reading.sees_all(REPORTS),
        as_of=time_text(now),
        years=[_year(one, by_year, one == chosen) for one in sorted({*years, *by_year, chosen})],
        others=[_year(one, by_year, False) for one in sorted(by_year) if one != chosen],
        lines=lines[stretch.skip : stretch.end],
        paging=under,
        offering=offered,
    )


def _year(year: str, found: Mapping[str, Sequence[ChangedReport]], is_chosen: bool) -> Choice:
    """With how many there are, where there are any."""
    count = len(found.get(year, ()))
    return Choice(f"{year}年（{count}份）" if count else f"{year}年", f"{CHANGED}?year={year}", is_chosen)
