"""What pages and answers read of commitments, marks and incidents."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.inspection.excellence.model.excellence import Commitment, ExcellenceMark
from services.inspection.excellence.model.incidents import Incident
from services.inspection.patrols.model.patrols import Inspection
from shared.database.documents import T
from shared.database.mongo import Database

MOST = 2_000
"""Documents of one kind that a page looks at: a county's windows and stations with some commitments each."""
CHECKS = 5


async def commitments(db: Database, county: str, organisation: str | None = None) -> list[Commitment]:
    """By organisation, person and item."""
    return await _all(db, Commitment, _of(county, organisation))


async def marks(db: Database, county: str, organisation: str | None = None) -> list[ExcellenceMark]:
    """By organisation and quarter."""
    return await _all(db, ExcellenceMark, _of(county, organisation))


async def incidents(db: Database, county: str, organisation: str | None = None) -> list[Incident]:
    """The newest first."""
    found = await _all(db, Incident, _of(county, organisation))
    return sorted(found, key=lambda one: (one.reported, one.id), reverse=True)


async def incident(db: Database, organisation: str, id: str) -> Incident | None:
    """One incident."""
    raw = await db[Incident.collection].find_one({"_id": f"{organisation}/{id}"})
    return Incident.stored(raw) if raw else None


async def facility_checks(db: Database, organisation: str) -> list[dict[str, Any]]:
    """The last checks of an organisation's facilities, the newest first."""
    wanted = {"organisation": organisation, "patrol": "facility"}
    found = db[Inspection.collection].find(wanted).sort([("organisation", 1), ("day", -1)]).limit(CHECKS)
    return [{**one, "id": one["_id"], "day": date.fromisoformat(one["day"])} for one in await found.to_list(None)]


def _of(county: str, organisation: str | None) -> dict[str, Any]:
    return {"county": county} | ({"organisation": organisation} if organisation else {})


async def _all(db: Database, kind: type[T], wanted: dict[str, Any]) -> list[T]:
    return [kind.stored(raw) for raw in await db[kind.collection].find(wanted).sort("_id", 1).to_list(MOST)]
