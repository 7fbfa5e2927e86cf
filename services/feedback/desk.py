"""The pages of feedback: overview, organisations, reports, dead letters, running condition."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi import Path as InPath
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from services.feedback import store
from services.feedback.county import directory, overview
from services.feedback.measures.checking import Checking
from services.feedback.measures.words import sections
from services.feedback.operations import condition, letters
from services.feedback.reports import issues, periods, shelves
from services.feedback.reports.model import Report
from services.feedback.reports.sheet import sheet
from shared.calendar import CHINA
from shared.events.vocabulary import CODE_PATTERN, PERIOD_PATTERN
from shared.pages.rendering import Pages
from shared.pipeline.dead_letters import dead_letters, drive_again
from shared.process.running import Running
from shared.roster.known import KnownRoster
from shared.web.signing_in import to_sign_in, viewer

PAGES = Pages("feedback", Path(__file__).parent / "pages")
PeriodText = Annotated[str | None, Query(pattern=PERIOD_PATTERN)]
CodeText = Annotated[str, InPath(pattern=CODE_PATTERN)]
DEAD = "/feedback/dead-letters"
LETTERS = 100


def desk(parts: Running, roster: KnownRoster, checking: Checking) -> APIRouter:
    """Every page under /feedback."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    router.include_router(_figures(parts, roster))
    router.include_router(_reports(parts))
    router.include_router(_dead(parts, roster))
    router.include_router(_health(parts, checking))
    return router


def _figures(parts: Running, roster: KnownRoster) -> APIRouter:
    router, db, county = APIRouter(prefix="/feedback"), parts.db, parts.settings.county

    @router.get("/")
    async def county_overview(period: PeriodText = None) -> HTMLResponse:
        known, chosen = await _chosen(parts, period)
        seen = await overview.read(db, county, chosen, await roster.current())
        shelf = shelves.shelves("/feedback/", chosen, known)
        more = f"/feedback/organisations?period={chosen}"
        return PAGES.render("overview.html", "overview", seen=seen, shelves=shelf, more=more)

    @router.get("/organisations")
    async def organisations(period: PeriodText = None) -> HTMLResponse:
        known, chosen = await _chosen(parts, period)
        documents = await store.months(db, county, periods.months_of(chosen))
        reported = await db[Report.collection].distinct("organisation", {"period": chosen})
        listed = directory.directory(await roster.current(), county, chosen, documents, reported)
        shelf = shelves.shelves("/feedback/organisations", chosen, known)
        return PAGES.render("organisations.html", "organisations", directory=listed, shelves=shelf)

    @router.get("/organisations/{code}")
    async def organisation(code: CodeText, period: PeriodText = None) -> HTMLResponse:
        known, chosen = await _chosen(parts, period)
        about = directory.about(await roster.current(), code, periods.last_day(chosen), chosen)
        if about is None:
            raise HTTPException(404)
        documents = await store.months(db, county, periods.months_of(chosen))
        figures = directory.total(documents, code, periods.months_of(chosen))
        return PAGES.render(
            "organisation.html",
            "organisations",
            about=about,
            period=periods.in_chinese(chosen),
            sections=sections(figures, {}, {}),
            issues=await issues.read(db, county, code, chosen[:4]),
            below=directory.below(await roster.current(), county, code, chosen, documents),
            heads=directory.HEADS,
            shelves=shelves.shelves(f"/feedback/organisations/{code}", chosen, known),
        )

    return router


async def _chosen(parts: Running, period: str | None) -> tuple[list[str], str]:
    """The years with documents, and the period asked for: the newest year unless said."""
    known = await shelves.years(parts.db, parts.settings.county)
    return known, period or next(iter(known), str(datetime.now(CHINA).year))


def _reports(parts: Running) -> APIRouter:
    router = APIRouter(prefix="/feedback")

    @router.get("/reports/{report}")
    @router.get("/api/reports/{report}.html")
    async def report(report: str) -> HTMLResponse:
        raw = await parts.db[Report.collection].find_one({"_id": report})
        if raw is None:
            raise HTTPException(404)
        return PAGES.render("report.html", "organisations", sheet=sheet(Report.stored(raw)))

    return router


def _dead(parts: Running, roster: KnownRoster) -> APIRouter:
    router, county = APIRouter(prefix=DEAD), parts.settings.county

    @router.get("")
    async def dead(request: Request, after: Annotated[int, Query(ge=0)] = 0, again: int | None = None) -> HTMLResponse:
        found, is_county = await dead_letters(parts.bus, LETTERS, after), viewer(request) == county
        names = directory.names(await roster.current())
        return PAGES.render(
            "dead_letters.html",
            "dead-letters",
            letters=letters.lines(letters.shown(found["items"], is_county), names),
            is_county=is_county,
            sign_in=f"/feedback/sign-in?back={DEAD}",
            notice=letters.notice(again),
            next_url=f"{DEAD}?after={found['next']}" if found["next"] else "",
        )

    @router.post("/{sequence}/again")
    async def drive(request: Request, sequence: Annotated[int, InPath(ge=1)]) -> Response:
        if viewer(request) != county:
            return to_sign_in(request, parts, DEAD)
        if await drive_again(parts.bus, sequence) is None:
            raise HTTPException(404)
        return RedirectResponse(f"{DEAD}?again={sequence}", 303)

    return router


def _health(parts: Running, checking: Checking) -> APIRouter:
    router = APIRouter(prefix="/feedback")

    @router.get("/health")
    async def health(check: bool = False) -> HTMLResponse:
        seen = await condition.read(parts.bus, checking, await parts.ready(), check)
        return PAGES.render("health.html", "health", seen=seen)

    return router
