"""What pages read of e-supervision: which devices a person may look through, and who looked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.inspection.supervision.model import Device, Viewing, ViewingGrant
from services.inspection.supervision.rules import grant_id
from shared.database.mongo import Database
from shared.roster.organisations import Roster

SHOWN = 20
"""Viewings in the list, the latest first."""


async def devices_for(
    db: Database, county: str, roster: Roster, viewer: str, person: str, at: datetime
) -> list[Device] | None:
    """Those of the organisation and of all below it, by place; None for a person who may not look."""
    raw = await db[ViewingGrant.collection].find_one({"_id": grant_id(viewer, person)})
    if raw is None or ViewingGrant.stored(raw).on(at) is None:
        return None
    found = [Device.stored(one) async for one in db[Device.collection].find({"county": county}).sort("_id", 1)]
    return [one for one in found if viewer in roster.path(one.organisation, at).split("/")]


async def device(db: Database, id: str) -> Device | None:
    """One device."""
    raw = await db[Device.collection].find_one({"_id": id})
    return Device.stored(raw) if raw else None


async def viewing(db: Database, viewer: str, submission: str) -> Viewing | None:
    """The look that a submission of the viewer was; None when it was anything else."""
    raw = await db[Viewing.collection].find_one({"_id": f"{viewer}/{submission}"})
    return Viewing.stored(raw) if raw else None


async def viewings(db: Database, county: str, asker: str) -> list[Viewing]:
    """The committee sees every viewing, others those of their own people and of their own devices."""
    wanted: dict[str, Any] = {"county": county}
    if asker != county:
        wanted["$or"] = [{"viewer": asker}, {"organisation": asker}]
    cursor = db[Viewing.collection].find(wanted).sort([("at", -1), ("_id", 1)]).limit(SHOWN)
    return [Viewing.stored(raw) async for raw in cursor]
