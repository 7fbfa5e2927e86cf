"""The page of stations and windows with their last contact, and the last days' patrols."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from services.inspection.patrols import reads as patrols_reads
from services.inspection.patrols.days import day_lines
from services.inspection.places import PAGES
from services.inspection.stations import reads as known_stations
from services.inspection.stations.board import EMPTY, HEADS, StationFilter, board, cells
from shared.events.vocabulary import PatrolKind
from shared.identity.reading import PLACES, REPORTS
from shared.pages.boards import Board, chosen
from shared.web.asking import County, Db, Now, RosterNow, Today
from shared.web.boards import Address, lines_at_hand
from shared.web.exporting import exported_from
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
) -> Response:
    """Those that fit of whose line whoever looks may know, and the last days' patrols."""
    known = await known_stations.stations(db, roster, county, today)
    found = [one for one in known if reading.may(PLACES, one["code"])]
    days = await patrols_reads.days(db, county, None, DAYS, None)
    wanted = StationFilter(township, kind, silent)
    is_whole = len(found) == len(known)
    seen = board(found, roster, county, now, wanted, lambda code: reading.may(REPORTS, code), is_whole)
    address = Address("/inspection/", wanted.asked)
    lines, under = lines_at_hand([cells(one) for one in seen.lines], page, address, "个", SHOWN)
    narrowed = chosen(seen.kinds, seen.silences, seen.townships)
    listed = Board("窗口和站点", HEADS, lines, EMPTY, under, stacks=False, narrowed=narrowed)
    return exported_from(listed) or PAGES.render(
        "stations.html", "stations", seen=seen, list=listed, days=day_lines(days["items"], roster)
    )
