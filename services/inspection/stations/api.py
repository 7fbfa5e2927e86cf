"""What inspection answers of stations: when each was heard from."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from services.inspection.stations import reads as known
from shared.web.asking import County, Db, RosterNow, Today

router = APIRouter(prefix="/inspection/api")


@router.get(
    "/stations", summary="Stations and windows: last contact, connection, what waits there; the longest silent first"
)
async def stations(db: Db, county: County, roster: RosterNow, today: Today) -> dict[str, Any]:
    return {"items": await known.stations(db, roster, county, today), "next": None}
