"""What is the county's own, for programs."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from shared.identity.reading import PUBLIC
from shared.roster.committees import committee_on
from shared.web.asking import County, RosterNow, Today
from shared.web.reading import reads

router = APIRouter(prefix="/roster/api")


@router.get(
    "/county",
    summary="What the county's committee is called, now and by day, and what its catalogues list",
    dependencies=[reads(PUBLIC)],
)
async def county_api(county: County, roster: RosterNow, today: Today) -> dict[str, Any]:
    known, now = roster.organisation(county), committee_on(roster, county, today)
    names = [one.model_dump(mode="json") for one in known.committee_names] if known else []
    listed = [one.model_dump(mode="json") for one in known.catalogues] if known else []
    return {"county": county, "name": now.name, "brand": now.brand, "names": names, "catalogues": listed}
