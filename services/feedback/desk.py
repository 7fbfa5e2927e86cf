"""The pages of feedback's figures: overview, organisations, reports."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse

from services.feedback import store
from services.feedback.asking import ShownPeriod
from services.feedback.county import directory, overview
from services.feedback.measures.balances import held_on
from services.feedback.measures.rows import sections
from services.feedback.measures.totals import total
from services.feedback.places import PAGES
from services.feedback.reports import issues, periods, shelves
from services.feedback.reports.model import Report
from services.feedback.reports.sheet import sheet
from shared.database.kept import document
from shared.pages.words import names_on
from shared.web.asking import County, Db, RosterNow
from shared.web.parameters import CodeInPath

router = APIRouter()


@router.get("/feedback/")
async def county_overview(db: Db, county: County, roster: RosterNow, shown: ShownPeriod) -> HTMLResponse:
    """The county's figures in a period."""
    seen = await overview.read(db, county, shown.period, roster)
    shelf = shelves.shelves("/feedback/", shown.period, shown.years)
    more = f"/feedback/organisations?period={shown.period}"
    return PAGES.render("overview.html", "overview", seen=seen, shelves=shelf, more=more)


@router.get("/feedback/organisations")
async def organisations(db: Db, county: County, roster: RosterNow, shown: ShownPeriod) -> HTMLResponse:
    """Every organisation with its figures and its report."""
    documents = await store.months(db, county, periods.months_of(shown.period))
    reported = await db[Report.collection].distinct("organisation", {"period": shown.period})
    held = held_on(await store.balances(db, county), roster, periods.last_day(shown.period))
    listed = directory.directory(roster, county, shown.period, documents, held, reported)
    shelf = shelves.shelves("/feedback/organisations", shown.period, shown.years)
    return PAGES.render("organisations.html", "organisations", directory=listed, shelves=shelf)


@router.get("/feedback/organisations/{code}")
async def organisation(db: Db, county: County, roster: RosterNow, shown: ShownPeriod, code: CodeInPath) -> HTMLResponse:
    """One organisation: its figures, its reports of the year, those below it."""
    period = shown.period
    about = directory.about(roster, code, periods.last_day(period), period)
    if about is None:
        raise HTTPException(404)
    documents = await store.months(db, county, periods.months_of(period))
    held = held_on(await store.balances(db, county), roster, periods.last_day(period))
    figures = total(documents, code, periods.months_of(period), held)
    return PAGES.render(
        "organisation.html",
        "organisations",
        about=about,
        period=periods.in_chinese(period),
        sections=sections(figures, {}, {}, names_on(roster, periods.last_day(period))),
        issues=await issues.read(db, county, code, period[:4]),
        below=directory.below(roster, county, code, period, documents, held),
        heads=directory.HEADS,
        shelves=shelves.shelves(f"/feedback/organisations/{code}", period, shown.years),
    )


@router.get("/feedback/reports/{report}")
@router.get("/feedback/api/reports/{report}.html")
async def report(db: Db, roster: RosterNow, report: str) -> HTMLResponse:
    """A report as an official document."""
    found = await document(db, Report, report)
    if found is None:
        raise HTTPException(404)
    called = names_on(roster, periods.last_day(found.period))
    return PAGES.render("report.html", "organisations", sheet=sheet(found, called))
