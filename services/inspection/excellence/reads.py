"""What pages and answers read of commitments, marks and incidents."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.inspection.excellence.model.excellence import Commitment, ExcellenceMark
from services.inspection.excellence.model.incidents import Incident
from services.inspection.patrols.model.patrols import Inspection
from shared.database.kept import document, documents
from shared.database.mongo import Database

MOST = 2_000
"""Documents of one kind that a page looks at: a county's windows and stations with some commitments each."""
CHECKS = 5


async def commitments(db: Database, county: str, organisation: str | None = None) -> list[Commitment]:
    """By organisation, person and item."""
    return await documents(db, Commitment, _of(county, organisation), most=MOST)


async def marks(db: Database, county: str, organisation: str | None = None) -> list[ExcellenceMark]:
    """By organisation and quarter."""
    return await documents(db, ExcellenceMark, _of(county, organisation), most=MOST)


async def incidents(db: Database, county: str, organisation: str | None = None) -> list[Incident]:
    """The newest first."""
    found = await documents(db, Incident, _of(county, organisation), most=MOST)
    return sorted(found, key=lambda one: (one.reported, one.id), reverse=True)


async def incident(db: Database, organisation: str, id: str) -> Incident | None:
    """One incident."""
    return await document(db, Incident, f"{organisation}/{id}")


async def facility_checks(db: Database, organisation: str) -> list[dict[str, Any]]:
    """The last checks of an organisation's facilities, the newest first."""
    wanted = {"organisation": organisation, "patrol": "facility"}
    found = db[Inspection.collection].find(wanted).sort([("organisation", 1), ("day", -1)]).limit(CHECKS)
    return [{**one, "id": one["_id"], "day": date.fromisoformat(one["day"])} for one in await found.to_list(None)]


def _of(county: str, organisation: str | None) -> dict[str, Any]:
    return {"county": county} | ({"organisation": organisation} if organisation else {})
