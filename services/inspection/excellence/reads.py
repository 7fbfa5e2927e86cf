"""What pages and answers read of commitments, marks and incidents."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import date
from typing import Any

from services.inspection.excellence.model.excellence import Commitment, ExcellenceMark
from services.inspection.excellence.model.incidents import Incident, IncidentCount, IncidentStage
from services.inspection.patrols.model.patrols import Inspection
from shared.database.documents import COUNTS
from shared.database.kept import document, documents, every_document, page_of_documents
from shared.database.mongo import Database
from shared.stretch import Stretch

CHECKS = 5
"""Facility checks that a window's page shows: the last."""

NEWEST = (("reported", -1), ("_id", -1))
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


async def page_of_incidents(
    db: Database, county: str, among: Mapping[str, Any], asked: int, size: int
) -> tuple[list[Incident], Stretch]:
    """The same, a page of them."""
    return await page_of_documents(db, Incident, {**_of(county, None), **among, **STANDS}, NEWEST, asked, size)


async def every_incident(db: Database, county: str, among: Mapping[str, Any], most: int) -> AsyncIterator[Incident]:
    """All of them, one after the other."""
    async for one in every_document(db, Incident, {**_of(county, None), **among, **STANDS}, NEWEST, most):
        yield one


async def counted(db: Database, county: str, among: Mapping[str, Any]) -> dict[str, IncidentCount]:
    """How many each organisation has of those; the database counts, however many there are."""
    each = {
        "_id": "$organisation",
        "open": {"$sum": {"$cond": [{"$eq": ["$stage", IncidentStage.CLOSED.value]}, 0, 1]}},
        "upheld": {"$sum": {"$cond": ["$upheld", 1, 0]}},
        "unclean": {"$addToSet": {"$cond": ["$upheld", "$quarter", "$$REMOVE"]}},
    }
    asked = [{"$match": {**_of(county, None), **among, **STANDS}}, {"$group": each}]
    found = await db[Incident.collection].aggregate(asked).to_list(None)
    return {one["_id"]: IncidentCount(one["open"], one["upheld"], frozenset(one["unclean"])) for one in found}


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
