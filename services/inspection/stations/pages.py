"""The page of stations and windows with their last contact, and the last days' patrols."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from services.inspection.patrols import reads as patrols_reads
from services.inspection.patrols.days import day_lines
from services.inspection.places import PAGES
from services.inspection.stations import reads as known_stations
from services.inspection.stations.board import Asked, board
from shared.calendar import china_day
from shared.events.vocabulary import CODE_PATTERN, PatrolKind
from shared.process.running import Running
from shared.roster.known import KnownRoster

DAYS = 10
CodeText = Annotated[str | None, Query(pattern=CODE_PATTERN)]


def pages(parts: Running, roster: KnownRoster) -> APIRouter:
    """/inspection/"""
    router, db, county = APIRouter(), parts.db, parts.settings.county

    @router.get("/inspection/")
    async def stations(township: CodeText = None, kind: PatrolKind | None = None, silent: bool = False) -> HTMLResponse:
        now, known = datetime.now(UTC), await roster.current()
        found = await known_stations.stations(db, known, county, china_day(now))
        days = await patrols_reads.days(db, county, None, DAYS, None)
        seen = board(found, known, county, now, Asked(township, kind, silent))
        return PAGES.render(
            "stations.html", "stations", within="stations", seen=seen, days=day_lines(days["items"], known)
        )

    return router
