"""The pages of feedback: overview, organisations, reports, dead letters, running condition."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, HTTPException
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from services.feedback import store
from services.feedback.asking import ShownPeriod, StandingCheck
from services.feedback.county import directory, overview
from services.feedback.measures.words import sections
from services.feedback.operations import condition, letters
from services.feedback.reports import issues, periods, shelves
from services.feedback.reports.model import Report
from services.feedback.reports.sheet import sheet
from shared.database.kept import document
from shared.pages.rendering import Pages
from shared.pipeline.dead_letters import dead_letter_at, dead_letters, drive_again
from shared.web.asking import County, Db, Parts, RosterNow, Viewer
from shared.web.parameters import AfterMessage, CodeInPath, MessageAsked, MessageInPath
from shared.web.signing_in import SignInNeeded

PAGES = Pages("feedback", Path(__file__).parent / "pages")
DEAD = "/feedback/dead-letters"
LETTERS = 100

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
    listed = directory.directory(roster, county, shown.period, documents, reported)
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
    return PAGES.render(
        "organisation.html",
        "organisations",
        about=about,
        period=periods.in_chinese(period),
        sections=sections(directory.total(documents, code, periods.months_of(period)), {}, {}),
        issues=await issues.read(db, county, code, period[:4]),
        below=directory.below(roster, county, code, period, documents),
        heads=directory.HEADS,
        shelves=shelves.shelves(f"/feedback/organisations/{code}", period, shown.years),
    )


@router.get("/feedback/reports/{report}")
@router.get("/feedback/api/reports/{report}.html")
async def report(db: Db, report: str) -> HTMLResponse:
    """A report as an official document."""
    found = await document(db, Report, report)
    if found is None:
        raise HTTPException(404)
    return PAGES.render("report.html", "organisations", sheet=sheet(found))


@router.get(DEAD)
async def dead(
    parts: Parts,
    county: County,
    roster: RosterNow,
    who: Viewer,
    after: AfterMessage = 0,
    again: MessageAsked | None = None,
) -> HTMLResponse:
    """What could not be decided, and why; the county, after it pressed a letter's button, is told what is so now."""
    found, is_county = await dead_letters(parts.bus, LETTERS, after), who == county
    pressed = again if is_county else None
    return PAGES.render(
        "dead_letters.html",
        "dead-letters",
        letters=letters.lines(letters.shown(found["items"], is_county), directory.names(roster)),
        is_county=is_county,
        sign_in=f"/feedback/sign-in?back={DEAD}",
        told=letters.after_driving(pressed, await dead_letter_at(parts.bus, pressed)) if pressed else None,
        next_url=f"{DEAD}?after={found['next']}" if found["next"] else "",
    )


@router.post(DEAD + "/{sequence}/again")
async def drive(parts: Parts, county: County, who: Viewer, sequence: MessageInPath) -> Response:
    """Only the county drives a letter again, and once: what fails anew is a letter of its own."""
    if who != county:
        raise SignInNeeded(DEAD)
    letter = await dead_letter_at(parts.bus, sequence)
    if letter and not letter["driven"]:
        await drive_again(parts.bus, sequence)
    return RedirectResponse(f"{DEAD}?again={sequence}", 303)


@router.get(DEAD + "/{sequence}/again")
async def driven(sequence: MessageInPath) -> Response:
    """Where a button is sent is no page: who opens it is at the list."""
    return RedirectResponse(DEAD, 303)


@router.get("/feedback/health")
async def health(parts: Parts, checking: StandingCheck, check: bool = False) -> HTMLResponse:
    """How bus, database, consumers, streams and figures are."""
    seen = await condition.read(parts.bus, checking, await parts.ready(), check)
    return PAGES.render("health.html", "health", seen=seen)
