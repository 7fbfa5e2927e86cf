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
from shared.identity.reading import PLACES, REPORTS
from shared.web.asking import County, Db, Now, RosterNow, Today
from shared.web.parameters import CodeAsked
from shared.web.reading import Reads, reads

DAYS = 10


router = APIRouter(prefix="/inspection")


@router.get("/", dependencies=[reads(PLACES)])
async def stations(
    db: Db,
    county: County,
    roster: RosterNow,
    now: Now,
    today: Today,
    reading: Reads,
    township: CodeAsked | None = None,
    kind: PatrolKind | None = None,
    silent: bool = False,
) -> HTMLResponse:
    """Those that fit of whose line whoever looks may know, and the last days' patrols."""
    known = await known_stations.stations(db, roster, county, today)
    found = [one for one in known if reading.may(PLACES, one["code"])]
    days = await patrols_reads.days(db, county, None, DAYS, None)
    wanted = StationFilter(township, kind, silent)
    is_whole = len(found) == len(known)
    seen = board(found, roster, county, now, wanted, lambda code: reading.may(REPORTS, code), is_whole)
    return PAGES.render("stations.html", "stations", seen=seen, days=day_lines(days["items"], roster))
