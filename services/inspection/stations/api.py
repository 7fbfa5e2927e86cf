"""What inspection answers of stations: when each was heard from."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from fastapi import APIRouter

from services.inspection.stations import reads as known
from shared.calendar import CHINA
from shared.process.running import Running


def api(parts: Running) -> APIRouter:
    """Stations and windows."""
    router, db, county = APIRouter(prefix="/inspection/api"), parts.db, parts.settings.county

    @router.get(
        "/stations",
        summary="Stations and windows: last contact, connection, what waits there; the longest silent first",
    )
    async def stations() -> dict[str, Any]:
        today = datetime.now(CHINA).date()
        return {"items": await known.stations(db, await parts.roster.current(), county, today), "next": None}

    return router
