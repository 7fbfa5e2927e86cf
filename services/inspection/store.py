"""Where inspection lies, and what its pages ask of it."""

from __future__ import annotations

from typing import Any

from pymongo import IndexModel

from services.inspection.model import (
    Checklist,
    Commitment,
    Connection,
    Device,
    ExcellenceMark,
    FoundItems,
    Incident,
    Inspection,
    PatrolDay,
    PatrolPlans,
    PatrolRound,
    Rectification,
    Viewing,
    ViewingGrant,
)
from services.inspection.photos import store as photos
from shared.ledger import LEDGER_INDEXES
from shared.mongo import Database
from shared.reading import listed, one

CONTACTS = "contacts"
"""When each station's heartbeat was last heard and what it said; no decision leans on it but the watch's."""
INDEXES: dict[str, list[IndexModel]] = {
    "ledger": LEDGER_INDEXES,
    "leases": [],
    **photos.INDEXES,
    PatrolPlans.collection: [],
    Checklist.collection: [IndexModel([("county", 1)])],
    Inspection.collection: [
        IndexModel([("organisation", 1), ("day", 1)]),
        IndexModel([("photos", 1)], partialFilterExpression={"photos": {"$gt": ""}}),
    ],
    PatrolDay.collection: [IndexModel([("county", 1), ("closed", 1), ("day", 1)])],
    PatrolRound.collection: [IndexModel([("county", 1), ("day", 1)])],
    Rectification.collection: [
        IndexModel([("county", 1), ("look", 1)]),
        IndexModel([("county", 1), ("stage", 1), ("deadline", 1)]),
        IndexModel([("county", 1), ("stage", 1), ("found", -1)]),
        IndexModel([("county", 1), ("above", 1), ("stage", 1)]),
        IndexModel([("organisation", 1), ("found", 1)]),
    ],
    Commitment.collection: [IndexModel([("county", 1), ("organisation", 1)])],
    ExcellenceMark.collection: [IndexModel([("county", 1), ("quarter", 1)])],
    Incident.collection: [
        IndexModel([("county", 1), ("stage", 1), ("due", 1)]),
        IndexModel([("organisation", 1), ("quarter", 1)]),
    ],
    Device.collection: [IndexModel([("county", 1)])],
    ViewingGrant.collection: [],
    Viewing.collection: [IndexModel([("county", 1), ("at", -1)])],
    Connection.collection: [IndexModel([("county", 1)])],
    CONTACTS: [],
    FoundItems.collection: [],
}


async def days(db: Database, county: str, closed: bool | None, limit: int, after: str | None) -> dict[str, Any]:
    """Patrol days, newest first: expected and done, without the long list of who."""
    wanted = {"county": county} if closed is None else {"county": county, "closed": closed}
    found = await listed(db, PatrolDay.collection, wanted, limit, after, newest_first=True)
    found["items"] = [_day_line(day) for day in found["items"]]
    return found


def _day_line(raw: dict[str, Any]) -> dict[str, Any]:
    """All daily plans of a day together."""
    tallies = list(PatrolDay.model_validate(raw).plans.values())
    return {
        **{name: raw[name] for name in ("id", "day", "closed")},
        "expected": sum(len(tally.due or ()) for tally in tallies),
        "missed": [code for tally in tallies for code in tally.missed],
        "done": sum(tally.done for tally in tallies),
    }


async def day(db: Database, county: str, date: str) -> dict[str, Any] | None:
    """One patrol day with everything."""
    return await one(db, PatrolDay.collection, f"{county}/{date}")
