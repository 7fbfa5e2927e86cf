"""Whoever signs out is out for good: what the bus knows for a working day is kept while a device remembers somebody.

Whichever service is told of it, the bus has it at once, and the roster takes it over from there before the bus
forgets it. Where it could not for longer than that, nobody knows who signed out meanwhile: then nobody goes on without
the password.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from services.roster.accounts.model import AccountSession, OutsNoted, RememberedDevice
from shared.bus.streams import WORKING_DAY
from shared.database.kept import documents
from shared.database.mongo import Database
from shared.identity.sessions import EndedSessions

LAST = "last"


async def note_outs(db: Database, sessions: EndedSessions) -> None:
    """Each device on which somebody signed out; repeated it changes nothing."""
    ended, now = await sessions.ended(), datetime.now(UTC)
    if ended is None:
        return
    if await _has_missed(db, now):
        await db[RememberedDevice.collection].update_many({}, {"$max": {"out": now}})
    wanted = {"_id": {"$in": [*ended]}, "remembered": {"$gt": ""}, "replaced": {"$ne": True}}
    for one in await documents(db, AccountSession, wanted) if ended else []:
        out = {"$max": {"out": ended[one.id]}}
        await db[RememberedDevice.collection].update_one({"_id": one.remembered}, out)
    await db[OutsNoted.collection].update_one({"_id": LAST}, {"$max": {"at": now}}, upsert=True)


async def _has_missed(db: Database, now: datetime) -> bool:
    noted = await documents(db, OutsNoted, {"_id": LAST})
    return not noted or now - noted[0].at >= timedelta(seconds=WORKING_DAY)
