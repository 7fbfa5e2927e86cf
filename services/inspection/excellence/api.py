"""What inspection answers of the excellence programme: commitments, marks, and how far incidents have come."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from services.inspection.excellence import reads as records
from services.inspection.excellence.model.excellence import Commitment, ExcellenceMark
from services.inspection.excellence.model.incidents import Incident
from shared.database.lists import listed
from shared.identity.reading import PLACES, PUBLIC, SIGNED_IN
from shared.web.asking import County, Db
from shared.web.parameters import LimitAsked
from shared.web.reading import Reads, reads

CONFIDENTIAL = ("summary", "person", "answer", "note")
"""Of an incident: read on its page by those concerned."""


router = APIRouter(prefix="/inspection/api")


@router.get(
    "/commitments",
    summary="Public commitments by person and item, each with its history",
    dependencies=[reads(PUBLIC)],
)
async def commitments(
    db: Db, county: County, organisation: str | None = None, limit: LimitAsked = 200, after: str | None = None
) -> dict[str, Any]:
    return await listed(db, Commitment.collection, _wanted(county, organisation=organisation), limit, after)


@router.get("/marks", summary="Excellence marks of quarters, withdrawn ones too", dependencies=[reads(SIGNED_IN)])
async def marks(
    db: Db,
    county: County,
    organisation: str | None = None,
    quarter: str | None = None,
    limit: LimitAsked = 200,
    after: str | None = None,
) -> dict[str, Any]:
    wanted = _wanted(county, organisation=organisation, quarter=quarter)
    return await listed(db, ExcellenceMark.collection, wanted, limit, after)


@router.get(
    "/incidents",
    summary="Incidents that whoever asks may read: kind, due day and stage, without what they are about",
    dependencies=[reads(PLACES)],
)
async def incidents(
    db: Db,
    county: County,
    reading: Reads,
    organisation: str | None = None,
    stage: str | None = None,
    limit: LimitAsked = 200,
    after: str | None = None,
) -> dict[str, Any]:
    stands = records.STANDS if stage is None else {}
    wanted = {**stands, **_wanted(county, stage=stage), **reading.filter(PLACES, organisation)}
    found = await listed(db, Incident.collection, wanted, limit, after)
    found["items"] = [_in_a_list(one) for one in found["items"]]
    return found


def _wanted(county: str, **asked: str | None) -> dict[str, str]:
    return {"county": county} | {name: value for name, value in asked.items() if value is not None}


def _in_a_list(incident: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in incident.items() if name not in CONFIDENTIAL}
