"""The page of stations and windows with their last contact, and the last days' patrols."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from services.inspection.patrols import reads as patrols_reads
from services.inspection.patrols.days import day_lines
from services.inspection.places import PAGES
from services.inspection.stations import reads as known_stations
from services.inspection.stations.board import StationFilter, board
from shared.events.vocabulary import PatrolKind
from shared.web.asking import County, Db, Now, RosterNow, Today
from shared.web.parameters import CodeAsked

DAYS = 10


router = APIRouter(prefix="/inspection")


@router.get("/")
async def stations(
    db: Db,
    county: County,
    roster: RosterNow,
    now: Now,
    today: Today,
    township: CodeAsked | None = None,
    kind: PatrolKind | None = None,
    silent: bool = False,
) -> HTMLResponse:
    """Those that fit, and the last days' patrols."""
    found = await known_stations.stations(db, roster, county, today)
    days = await patrols_reads.days(db, county, None, DAYS, None)
    seen = board(found, roster, county, now, StationFilter(township, kind, silent))
    return PAGES.render(
        "stations.html", "stations", within="stations", seen=seen, days=day_lines(days["items"], roster)
    )
