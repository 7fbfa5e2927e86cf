"""What pages and answers read of commitments, marks and incidents."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.inspection.excellence.model.excellence import Commitment, ExcellenceMark
from services.inspection.excellence.model.incidents import Incident, IncidentStage
from services.inspection.patrols.model.patrols import Inspection
from shared.database.documents import COUNTS
from shared.database.kept import document, documents
from shared.database.mongo import Database

CHECKS = 5
"""Facility checks that a window's page shows: the last."""

STANDS = {"stage": {"$ne": IncidentStage.WITHDRAWN.value}}
"""Of incidents, those that were not reported by mistake."""


async def commitments(db: Database, county: str, organisation: str | None = None) -> list[Commitment]:
    """By organisation, person and item."""
    return await documents(db, Commitment, _of(county, organisation))


async def marks(db: Database, county: str, organisation: str | None = None) -> list[ExcellenceMark]:
    """By organisation and quarter."""
    return await documents(db, ExcellenceMark, _of(county, organisation))


async def incidents(db: Database, county: str, among: Mapping[str, Any]) -> list[Incident]:
    """Those among some of the county's, the newest first; what was reported by mistake has only its own page."""
    found = await documents(db, Incident, {**_of(county, None), **among, **STANDS})
    return sorted(found, key=lambda one: (one.reported, one.id), reverse=True)


async def incident(db: Database, organisation: str, id: str) -> Incident | None:
    """One incident."""
    return await document(db, Incident, f"{organisation}/{id}")


async def facility_checks(db: Database, organisation: str) -> tuple[list[dict[str, Any]], int]:
    """The last checks of an organisation's facilities, the newest first, and how many there are in all."""
    wanted = {"organisation": organisation, "patrol": "facility", **COUNTS}
    found = db[Inspection.collection].find(wanted).sort([("organisation", 1), ("day", -1)]).limit(CHECKS)
    last = [{**one, "id": one["_id"], "day": date.fromisoformat(one["day"])} for one in await found.to_list(None)]
    return last, await db[Inspection.collection].count_documents(wanted)


def _of(county: str, organisation: str | None) -> dict[str, Any]:
    return {"county": county} | ({"organisation": organisation} if organisation else {})
