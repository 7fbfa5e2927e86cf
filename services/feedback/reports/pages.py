"""The pages of issued reports: one as an official document, and the list of those to be put right (待更正的反馈)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, Response

from services.feedback.asking import Reread, StandingCheck
from services.feedback.papers.formats import file_links
from services.feedback.places import PAGES
from services.feedback.reports import periods, shelves
from services.feedback.reports.changes import CHANGED_HEADS, ChangedReport, changed_cells, line, of_years, shown
from services.feedback.reports.model import Report, recipient_of
from services.feedback.reports.rereading import periods_issued
from services.feedback.reports.sheet import sheet
from shared.calendar import china_day
from shared.database.kept import document
from shared.identity.reading import REPORTS
from shared.pages.boards import Board
from shared.pages.chinese import time_text
from shared.pages.paging import paging
from shared.pages.words import Choice, names_on
from shared.roster.committees import committee_on
from shared.stretch import Stretch
from shared.web.asking import County, Db, Now, RosterNow
from shared.web.boards import every_line
from shared.web.exporting import exported_from
from shared.web.parameters import PageAsked, YearAsked
from shared.web.reading import Reads, reads

CHANGED = "/feedback/changed-reports"
LINES = 50
"""Reports on a page of the list."""

router = APIRouter()


@router.get("/feedback/reports/{report}", dependencies=[reads(REPORTS)])
@router.get("/feedback/api/reports/{report}.html", dependencies=[reads(REPORTS)])
async def report(db: Db, roster: RosterNow, reread: Reread, now: Now, reading: Reads, report: str) -> HTMLResponse:
    """A report as an official document, and above it what it prints that is no longer so."""
    reading.must(REPORTS, recipient_of(report))
    found = await document(db, Report, report)
    if found is None:
        raise HTTPException(404)
    called = names_on(roster, periods.last_day(found.period))
    committee = committee_on(roster, found.organisation, china_day(found.issued)).name
    return PAGES.render(
        "report.html",
        "organisations",
        sheet=sheet(found, called, committee),
        files=file_links(found.id),
        changes=shown(found, await reread.of(found), called),
        as_of=time_text(now),
    )


@router.get(CHANGED, dependencies=[reads(REPORTS)])
async def changed_reports(
    db: Db,
    county: County,
    roster: RosterNow,
    reread: Reread,
    checking: StandingCheck,
    now: Now,
    reading: Reads,
    year: YearAsked | None = None,
    page: PageAsked = 1,
) -> Response:
    """Those of a year that differ and are the reader's; unless said of the newest year that has any."""
    issued = await periods_issued(db, county)
    differing = await checking.alone("reports of every year", lambda: reread.changed(issued))
    by_year = of_years([one for one in differing if reading.may(REPORTS, one.report.organisation)])
    years = await shelves.years(db, county)
    chosen = year or next(iter(by_year), next(iter(years), str(now.year)))
    found = by_year.get(chosen, [])
    lines = [line(one, names_on(roster, periods.last_day(one.report.period))) for one in found]
    changes = [cells for one in lines for cells in changed_cells(one)]
    stretch = Stretch.of(len(found), page, LINES)
    under = paging(stretch, "份", lambda n: f"{CHANGED}?year={chosen}&page={n}", every_line(changes))
    return exported_from(Board("待更正的反馈", CHANGED_HEADS, (), "", under, narrowed=f"{chosen}年")) or PAGES.render(
        "changed_reports.html",
        "changed",
        year=chosen,
        is_whole=reading.sees_all(REPORTS),
        as_of=time_text(now),
        years=[_year(one, by_year, one == chosen) for one in sorted({*years, *by_year, chosen})],
        others=[_year(one, by_year, False) for one in sorted(by_year) if one != chosen],
        lines=lines[stretch.skip : stretch.end],
        paging=under,
    )


def _year(year: str, found: Mapping[str, Sequence[ChangedReport]], is_chosen: bool) -> Choice:
    """With how many there are, where there are any."""
    count = len(found.get(year, ()))
    return Choice(f"{year}年（{count}份）" if count else f"{year}年", f"{CHANGED}?year={year}", is_chosen)
