"""The page of the green channel: services by client group and mode, open cases, process limits."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from services.greenchannel import channels
from shared.calendar import china_day
from shared.pages.rendering import Pages
from shared.process.running import Running
from shared.roster.known import KnownRoster

PAGES = Pages("greenchannel", Path(__file__).parent / "pages")
Year = Annotated[str | None, Query(pattern=r"^[0-9]{4}$")]


def desk(parts: Running, roster: KnownRoster) -> APIRouter:
    """Every page under /greenchannel."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    router.include_router(PAGES.static_routes())
    db, county = parts.db, parts.settings.county

    @router.get("/greenchannel/")
    async def services(year: Year = None) -> HTMLResponse:
        years = await channels.years(db, county)
        chosen = year or next(iter(years), None)
        today, known = china_day(datetime.now(UTC)), await roster.current()
        given = await channels.given(db, county, chosen) if chosen else {}
        seen = channels.channels(
            given,
            channels.year_links(years, chosen),
            await channels.open_cases(db, county),
            await channels.count_open(db, county),
            await channels.limits(db, county),
            await channels.process_names(db),
            known,
            today,
        )
        return PAGES.render("channels.html", "greenchannel", seen=seen)

    return router
