"""The pages of feedback's figures: overview and organisations."""

from __future__ import annotations

import asyncio
from functools import partial

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from services.feedback import store
from services.feedback.asking import ChangedCount, Chosen, Reread, ShownPeriod
from services.feedback.county import directory, overview
from services.feedback.county.comparing import SORTS, SortAsked, arranged, table
from services.feedback.county.looking import as_of, choices, county_glance, unit_glance
from services.feedback.county.place import place_seen
from services.feedback.county.start_pages import still_to_do
from services.feedback.facts.address import facts_url
from services.feedback.measures.balances import held_on
from services.feedback.measures.rows import sections
from services.feedback.measures.totals import total
from services.feedback.papers.formats import archive_url
from services.feedback.places import PAGES
from services.feedback.reports import issues, periods, shelves
from services.feedback.reports.model import STANDS, Report
from shared.identity.reading import PUBLIC, REPORTS
from shared.pages.chinese import time_text
from shared.pages.sorting import sorting
from shared.pages.words import names_on
from shared.web.asking import County, Db, Now, RosterNow
from shared.web.boards import Address
from shared.web.exporting import exported_from
from shared.web.first_page import START, is_bare
from shared.web.heavy import HEAVY
from shared.web.parameters import CodeInPath, DayAsked
from shared.web.reading import Reads, reads
from shared.web.visit import Here, Visit

router = APIRouter()


@router.get("/feedback/", dependencies=[reads(PUBLIC), HEAVY])
async def county_overview(
    here: Here,
    shown: ShownPeriod,
    changed: ChangedCount,
    day: DayAsked | None = None,
    week: DayAsked | None = None,
) -> Response:
    """As of today or another day for whoever sees all of it; others come to their own; a period's for everybody.

    Where nothing is registered yet the county begins with that.
    """
    county = here.parts.settings.county
    is_of_period = shown.is_asked and day is None and week is None
    if here.who == county and not is_of_period and is_bare(here.roster, county):
        return RedirectResponse(START, 303)
    if is_of_period or here.who is None or not here.reading.may(REPORTS, here.who):
        return await _of_period(here, shown)
    if not here.reading.sees_all(REPORTS):
        return RedirectResponse(f"/feedback/organisations/{here.who}", 303)
    at = as_of(here.today, day, week)
    seen, coming = await asyncio.gather(county_glance(here, at, changed), still_to_do(here))
    days = choices("/feedback/", at)
    as_of_now = time_text(here.now)
    return PAGES.render("today.html", "overview", seen=seen, at=at, choices=days, as_of=as_of_now, coming=coming)


async def _of_period(here: Visit, shown: Chosen) -> Response:
    """The county's figures in a month, a quarter or a year."""
    county = here.parts.settings.county
    seen = await overview.read(here.parts.db, county, shown.period, here.roster)
    shelf = shelves.shelves("/feedback/", shown.period, shown.years)
    more = f"/feedback/organisations?period={shown.period}" if here.who else ""
    coming = await still_to_do(here)
    return PAGES.render("overview.html", "overview", seen=seen, shelves=shelf, more=more, coming=coming)


@router.get("/feedback/organisations", dependencies=[reads(REPORTS)])
async def organisations(
    db: Db,
    county: County,
    roster: RosterNow,
    shown: ShownPeriod,
    now: Now,
    reading: Reads,
    sort: SortAsked | None = None,
) -> Response:
    """Every organisation whose figures are open to whoever looks, with its report."""
    documents = await store.months(db, county, periods.months_of(shown.period))
    reported = await db[Report.collection].distinct("organisation", {"period": shown.period, **STANDS})
    held = held_on(await store.balances(db, county), roster, periods.last_day(shown.period))
    listed = directory.directory(roster, county, shown.period, documents, held, reported, reading.scope(REPORTS))
    shelf = shelves.shelves("/feedback/organisations", shown.period, shown.years)
    changed = "/feedback/changed-reports" + (f"?year={shown.period[:4]}" if shown.is_asked else "")
    page, whole = "/feedback/organisations", arranged(listed, sort)
    every = table(whole, page, shown.period)
    return exported_from(every) or PAGES.render(
        "organisations.html",
        "organisations",
        directory=whole,
        sorting=sorting(SORTS, sort, Address(page, {"period": shown.period}).sorted_by),
        table=every.paging,
        shelves=shelf,
        changed_url=changed,
        archive_url=archive_url(shown.period) if reported and reading.sees_all(REPORTS) else "",
        is_whole=reading.sees_all(REPORTS),
        as_of=time_text(now),
    )


@router.get("/feedback/organisations/{code}", dependencies=[reads(REPORTS)])
async def organisation(
    db: Db,
    county: County,
    roster: RosterNow,
    shown: ShownPeriod,
    reread: Reread,
    here: Here,
    code: CodeInPath,
    day: DayAsked | None = None,
    week: DayAsked | None = None,
) -> HTMLResponse:
    """One organisation: how it stands, its figures, its reports of the year and which differ, those below it."""
    now, reading, who = here.now, here.reading, here.who
    reading.must(REPORTS, code)
    period, may = shown.period, partial(reading.may, REPORTS)
    about = directory.about(roster, code, periods.last_day(period), period, may)
    if about is None:
        raise HTTPException(404)
    at = as_of(here.today, day, week, periods.last_day(period) if shown.is_asked else None)
    documents, stocks, changed, seen, place = await asyncio.gather(
        store.months(db, county, periods.months_of(period), code),
        store.balances(db, county),
        reread.changed(issues.all_periods(period[:4]), code),
        unit_glance(here, code, at),
        place_seen(here, code, at.day),
    )
    held = held_on(stocks, roster, periods.last_day(period), code)
    figures = total(documents, code, periods.months_of(period), held)
    shown_sections = sections(figures, {}, {}, names_on(roster, periods.last_day(period)))
    named = [row.measure for section in shown_sections for row in section.rows]
    lines = await issues.read(db, county, code, period[:4], {one.report.id: len(one.changes) for one in changed})
    page = f"/feedback/organisations/{code}"
    return PAGES.render(
        "organisation.html",
        "overview" if code == who else "organisations",
        about=about,
        at=at,
        choices=choices(page, at),
        page=page,
        seen=seen,
        place=place,
        titled=periods.in_chinese(period) if shown.is_asked and day is None and week is None else at.title,
        period=periods.in_chinese(period),
        sections=shown_sections,
        facts={measure: facts_url(code, measure, period) for measure in named},
        issues=lines,
        differing=next((one for one in lines if one.period == periods.in_chinese(period) and one.changed), None),
        as_of=time_text(now),
        below=directory.below(roster, county, code, period, documents, held, may),
        heads=directory.HEADS,
        shelves=shelves.shelves(page, period, shown.years),
    )
