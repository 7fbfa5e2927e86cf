"""The page of the green channel: services by client group and mode, open cases, process limits."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from services.greenchannel import channels
from shared.pages.rendering import Pages
from shared.web.asking import County, Db, RosterNow, Today
from shared.web.parameters import PageAsked, YearAsked

PAGES = Pages("greenchannel", Path(__file__).parent / "pages")


router = APIRouter(prefix="/greenchannel")


@router.get("/")
async def services(
    db: Db, county: County, today: Today, roster: RosterNow, year: YearAsked | None = None, page: PageAsked = 1
) -> HTMLResponse:
    """A year's services; cases and limits as they stand today."""
    years = await channels.years(db, county)
    chosen = year or next(iter(years), None)
    given = await channels.given(db, county, chosen) if chosen else {}
    seen = channels.channels(
        given,
        channels.year_links(years, chosen),
        *await channels.open_cases(db, county, page),
        await channels.limits(db, county),
        await channels.process_names(db),
        roster,
        today,
    )
    return PAGES.render("channels.html", "greenchannel", seen=seen)
