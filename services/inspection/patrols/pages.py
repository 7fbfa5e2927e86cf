"""The pages of patrol plans, of a day's inspections, and of one inspection."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse

from services.inspection.patrols import reads as records
from services.inspection.patrols.board import board, first_day
from services.inspection.patrols.evidence import thumbs_for
from services.inspection.patrols.sheet import line, sheet
from services.inspection.places import PAGES
from shared.calendar import CHINA
from shared.events.vocabulary import CODE_PATTERN
from shared.pages.chinese import day_text
from shared.process.running import Running
from shared.roster.known import KnownRoster
from shared.web.signing_in import viewer

SHOWN = 300
"""Inspections of one day in the list."""
DayText = Annotated[date | None, Query(ge=date(2000, 1, 1), le=date(2099, 12, 31))]
CodeText = Annotated[str | None, Query(pattern=CODE_PATTERN)]


def pages(parts: Running, roster: KnownRoster) -> APIRouter:
    """/inspection/patrols and /inspection/inspections"""
    router, db, county = APIRouter(prefix="/inspection"), parts.db, parts.settings.county

    @router.get("/patrols")
    async def patrols(day: DayText = None) -> HTMLResponse:
        when, known = day or datetime.now(CHINA).date(), await roster.current()
        lines = await records.due_between(db, county, known, first_day(when), when)
        plans, lists = await records.plans_of(db, county), await records.checklists(db, county)
        seen = board(when, lines, plans, lists, known)
        return PAGES.render("patrols.html", "stations", within="patrols", seen=seen)

    @router.get("/inspections")
    async def inspections(day: DayText = None, organisation: CodeText = None) -> HTMLResponse:
        when, known = day or datetime.now(CHINA).date(), await roster.current()
        found = await records.inspections(db, county, known, organisation, when, SHOWN, None)
        return PAGES.render(
            "inspections.html",
            "stations",
            within="patrols",
            day=day_text(when),
            iso=when.isoformat(),
            lines=[line(one, known) for one in found["items"]],
            more=found["next"] is not None,
        )

    @router.get("/inspections/{submitter}/{inspection}")
    async def inspection(request: Request, submitter: str, inspection: str) -> HTMLResponse:
        found = await records.inspection(db, f"{submitter}/{inspection}")
        if found is None:
            raise HTTPException(404)
        checked, known = found["checked"], await roster.current()
        listed = await records.checklist(db, county, checked["checklist"]) if checked else None
        return PAGES.render(
            "inspection.html",
            "stations",
            within="patrols",
            seen=sheet(found, listed, await records.plans_of(db, county), known),
            named=len(found["photos"]),
            thumbs=await thumbs_for(db, known, viewer(request), found, datetime.now(CHINA)),
            sign_in=f"/inspection/sign-in?back={request.url.path}",
        )

    return router
