"""The page of stations and windows with their last contact, and the last days' patrols."""

from __future__ import annotations

from dataclasses import replace

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from services.inspection.patrols import reads as patrols_reads
from services.inspection.patrols.days import day_lines
from services.inspection.places import PAGES
from services.inspection.stations import reads as known_stations
from services.inspection.stations.board import StationFilter, board, url
from shared.events.vocabulary import PatrolKind
from shared.identity.reading import PLACES, REPORTS
from shared.pages.paging import paging
from shared.stretch import Stretch
from shared.web.asking import County, Db, Now, RosterNow, Today
from shared.web.parameters import CodeAsked, PageAsked
from shared.web.reading import Reads, reads

DAYS, SHOWN = 10, 40
"""Days, and stations on a page of the list."""


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
    page: PageAsked = 1,
) -> HTMLResponse:
    """Those that fit of whose line whoever looks may know, and the last days' patrols."""
    known = await known_stations.stations(db, roster, county, today)
    found = [one for one in known if reading.may(PLACES, one["code"])]
    days = await patrols_reads.days(db, county, None, DAYS, None)
    wanted = StationFilter(township, kind, silent)
    is_whole = len(found) == len(known)
    seen = board(found, roster, county, now, wanted, lambda code: reading.may(REPORTS, code), is_whole)
    stretch = Stretch.of(len(seen.lines), page, SHOWN)
    return PAGES.render(
        "stations.html",
        "stations",
        seen=replace(seen, lines=seen.lines[stretch.skip : stretch.end]),
        paging=paging(stretch, "个", lambda number: url(wanted, number)),
        days=day_lines(days["items"], roster),
    )
