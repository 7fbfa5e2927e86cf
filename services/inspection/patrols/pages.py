"""The pages of patrol plans, of a day's inspections, and of one inspection."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse

from services.inspection.patrols import reads as records
from services.inspection.patrols.board import board, first_day
from services.inspection.patrols.evidence import thumbs_for
from services.inspection.patrols.sheet import line, sheet
from services.inspection.places import PAGES
from shared.pages.chinese import day_text
from shared.pages.paging import paging
from shared.web.asking import County, Db, Now, RosterNow, Today, Viewer
from shared.web.parameters import CodeAsked, DayAsked, PageAsked

SHOWN = 300
"""Inspections of one day on a page of the list."""


router = APIRouter(prefix="/inspection")


@router.get("/patrols")
async def patrols(
    db: Db,
    county: County,
    roster: RosterNow,
    today: Today,
    day: DayAsked | None = None,
    patroller: CodeAsked | None = None,
) -> HTMLResponse:
    """A day by its plans, today unless said; of everybody, or what one organisation is to patrol."""
    when = day or today
    lines = await records.due_between(db, county, roster, first_day(when), when)
    plans, lists = await records.plans_of(db, county), await records.checklists(db, county)
    seen = board(when, lines, plans, lists, roster, patroller)
    return PAGES.render("patrols.html", "stations", within="patrols", seen=seen)


@router.get("/inspections")
async def inspections(
    db: Db,
    county: County,
    roster: RosterNow,
    today: Today,
    day: DayAsked | None = None,
    organisation: CodeAsked | None = None,
    page: PageAsked = 1,
) -> HTMLResponse:
    """What was patrolled on a day, today unless said."""
    when = day or today
    found, stretch = await records.inspections_on(db, county, roster, organisation, when, page, SHOWN)
    asked = {"day": when.isoformat()} | ({"organisation": organisation} if organisation else {})
    return PAGES.render(
        "inspections.html",
        "stations",
        within="patrols",
        day=day_text(when),
        iso=when.isoformat(),
        lines=[line(one, roster) for one in found],
        paging=paging(stretch, "条", lambda n: f"/inspection/inspections?{urlencode(asked | {'page': str(n)})}"),
    )


async def logged(db: Db, submitter: str, inspection: str) -> dict[str, Any]:
    """The inspection of an address."""
    kept = await records.inspection(db, f"{submitter}/{inspection}")
    if kept is None:
        raise HTTPException(404)
    return kept


Logged = Annotated[dict[str, Any], Depends(logged)]


@router.get("/inspections/{submitter}/{inspection}")
async def inspection(
    request: Request, db: Db, county: County, roster: RosterNow, who: Viewer, now: Now, found: Logged
) -> HTMLResponse:
    """One inspection; its photos for those concerned."""
    checked = found["checked"]
    listed = await records.checklist(db, county, checked["checklist"]) if checked else None
    return PAGES.render(
        "inspection.html",
        "stations",
        within="patrols",
        seen=sheet(found, listed, await records.plans_of(db, county), roster),
        named=len(found["photos"]),
        thumbs=await thumbs_for(db, roster, who, found, now),
        sign_in=f"/inspection/sign-in?back={request.url.path}",
    )
