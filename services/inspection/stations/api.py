"""What inspection answers of stations: when each was heard from."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from services.inspection.stations import reads as known
from shared.identity.reading import PLACES
from shared.web.asking import County, Db, RosterNow, Today
from shared.web.reading import Reads, reads

router = APIRouter(prefix="/inspection/api")


@router.get(
    "/stations",
    summary="Stations and windows: last contact, connection, what waits there; the longest silent first",
    dependencies=[reads(PLACES)],
)
async def stations(db: Db, county: County, roster: RosterNow, today: Today, reading: Reads) -> dict[str, Any]:
    found = await known.stations(db, roster, county, today)
    return {"items": [one for one in found if reading.may(PLACES, one["code"])], "next": None}
