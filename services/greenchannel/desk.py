"""The page of the green channel: services by client group and mode, open cases, process limits."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from services.greenchannel import channels
from shared.identity.reading import PERSONS, PUBLIC
from shared.pages.rendering import Pages
from shared.web.asking import County, Db, RosterNow, Today
from shared.web.parameters import PageAsked, YearAsked
from shared.web.reading import Reads, reads

PAGES = Pages("greenchannel", Path(__file__).parent / "pages")


router = APIRouter(prefix="/greenchannel")


@router.get("/", dependencies=[reads(PUBLIC)])
async def services(
    db: Db,
    county: County,
    today: Today,
    roster: RosterNow,
    reading: Reads,
    year: YearAsked | None = None,
    page: PageAsked = 1,
) -> HTMLResponse:
    """A year's services; cases and limits as they stand today, each case for whoever may read it."""
    years = await channels.years(db, county)
    chosen = year or next(iter(years), None)
    given = await channels.given(db, county, chosen) if chosen else {}
    seen = channels.channels(
        given,
        channels.year_links(years, chosen),
        *await channels.open_cases(db, county, reading.filter(PERSONS), page),
        await channels.limits(db, county),
        await channels.process_names(db),
        roster,
        today,
    )
    is_signed_in = reading.reader.code is not None
    return PAGES.render(
        "channels.html", "greenchannel", seen=seen, is_signed_in=is_signed_in, is_whole=reading.sees_all(PERSONS)
    )
