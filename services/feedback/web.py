"""What feedback answers: reports, totals, the standing check, dead letters."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, HTTPException, Path, Query, Request
from fastapi.responses import JSONResponse

from services.feedback import store
from services.feedback.desk import PAGES, desk
from services.feedback.measures.checking import EVERY, Checking
from services.feedback.operations import letters
from services.feedback.reports import periods
from services.feedback.reports.model import PeriodRecord, Report
from shared.database.lists import MOST, listed, one
from shared.events.refusals import reason
from shared.events.vocabulary import CODE_PATTERN, PERIOD_PATTERN
from shared.pipeline.dead_letters import dead_letters, drive_again
from shared.process.running import Running
from shared.web.answering import answer
from shared.web.signing_in import viewer

PeriodText = Annotated[str, Query(pattern=PERIOD_PATTERN)]
CodeText = Annotated[str, Query(pattern=CODE_PATTERN)]
Month = Annotated[str, Query(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]


def pages(app: FastAPI, parts: Running) -> None:
    """Everything under /feedback; `.html` beside a report comes before the report itself."""
    checking = Checking(parts.db)
    api = [_reports(parts), _totals(parts), _differences(checking), _dead(parts)]
    answer(app, parts, PAGES, desk=[desk(parts, parts.roster, checking)], api=api)


def _reports(parts: Running) -> APIRouter:
    router, db = APIRouter(prefix="/feedback/api"), parts.db

    @router.get("/reports", summary="Reports by period, year, kind and organisation")
    async def reports(
        period: PeriodText | None = None,
        period_year: Annotated[str | None, Query(pattern=r"^[0-9]{4}$")] = None,
        kind: str | None = None,
        organisation: CodeText | None = None,
        limit: int = 200,
        after: str | None = None,
    ) -> dict[str, Any]:
        return await store.reports(db, period, period_year, kind, organisation, limit, after)

    @router.get("/reports/{report}", summary="One report with its measures, the period before and its own kind")
    async def report(report: str) -> dict[str, Any]:
        found = await one(db, Report.collection, report)
        if found is None:
            raise HTTPException(404)
        return found

    @router.get("/periods", summary="Closed periods: how many reports, or which period replaces them")
    async def closed() -> dict[str, Any]:
        return await listed(db, PeriodRecord.collection, {}, MOST)

    return router


def _totals(parts: Running) -> APIRouter:
    router, db, county = APIRouter(prefix="/feedback/api"), parts.db, parts.settings.county

    @router.get("/totals", summary="The measures of an organisation and all below it, as of now")
    async def totals(period: PeriodText, organisation: CodeText) -> dict[str, Any]:
        measures = await store.totals(db, county, organisation, period)
        return {"period": period, "organisation": organisation, "measures": measures}

    @router.get("/series", summary="Each measure month by month over a period")
    async def series(period: PeriodText, organisation: CodeText) -> dict[str, Any]:
        months = periods.months_of(period)
        return {"months": months, "measures": await store.series(db, county, organisation, months)}

    return router


def _differences(checking: Checking) -> APIRouter:
    router = APIRouter(prefix="/feedback/api")

    @router.get("/differences", summary="The standing check: documents that differ from their facts")
    async def checked(month: Month | None = None) -> dict[str, Any]:
        found = await checking.check(month or EVERY)
        items = [difference for differing in found.values() for difference in differing]
        return {"months": list(found), "items": items, "next": None}

    return router


def _dead(parts: Running) -> APIRouter:
    router, county = APIRouter(prefix="/feedback/api"), parts.settings.county

    @router.get("/dead-letters", summary="What could not be decided, and why; what a program failed on, for the county")
    async def listed_letters(
        request: Request, limit: Annotated[int, Query(ge=1, le=500)] = 100, after: int = 0
    ) -> dict[str, Any]:
        found = await dead_letters(parts.bus, limit, after)
        return found | {"items": letters.shown(found["items"], to_county=viewer(request) == county)}

    @router.post(
        "/dead-letters/{sequence}/again",
        summary="Drive a dead letter again (the county, HTTP Basic, code and token)",
    )
    async def again(request: Request, sequence: Annotated[int, Path(ge=1)]) -> JSONResponse:
        if viewer(request) != county:
            challenge = {"WWW-Authenticate": 'Basic realm="lianban"'}
            return JSONResponse({"reasons": [reason("county-sign-in-needed")]}, 401, challenge)
        subject = await drive_again(parts.bus, sequence)
        if subject is None:
            raise HTTPException(404)
        return JSONResponse({"driven": sequence, "subject": subject})

    return router
