"""When the county was last saved: noted by whoever saves it, once what was written has been read back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from shared.database.documents import Document
from shared.database.kept import document
from shared.database.mongo import Database
from shared.process.gauges import UNKNOWN, Look, not_looked_at

NEWEST, REACH = "newest", "reach"
OLD = timedelta(hours=26)
"""After which one is old, as its alert has it: one a night, and two hours."""
BEHIND = timedelta(minutes=15)
"""After which parts have stopped, as their alert has it: one a minute, and a short outage."""
SAVED = not_looked_at("lianban_backup_timestamp_seconds", "Of which moment the newest backup is.")
REACHES = not_looked_at(
    "lianban_backup_reaches_timestamp_seconds", "Up to when parts of it have everything; none where none are made."
)


class Backup(Document):
    """The newest one."""

    collection: ClassVar[str] = "backups"

    moment: datetime
    """Of which it is."""
    size: int | None = None
    """Bytes of the archive."""
    place: str = ""
    """Where it was written, on the machine that saved it."""


async def note(db: Database, moment: datetime, size: int, place: str) -> None:
    """Another is the newest now."""
    former = await newest_backup(db)
    if former and (ended := await reach(db)) and ended.moment < former.moment:
        await db[Backup.collection].delete_one({"_id": REACH})
    newest = {"moment": moment.isoformat(), "size": size, "place": place}
    await db[Backup.collection].update_one({"_id": NEWEST}, {"$set": newest, "$inc": {"version": 1}}, upsert=True)


async def note_reach(db: Database, moment: datetime) -> None:
    """Parts have everything up to then."""
    reach = {"moment": moment.isoformat()}
    await db[Backup.collection].update_one({"_id": REACH}, {"$set": reach, "$inc": {"version": 1}}, upsert=True)


async def reach(db: Database) -> Backup | None:
    """None where no part was ever made, and where none was made between the last two backups: nobody makes them now."""
    return await document(db, Backup, REACH)


async def newest_backup(db: Database) -> Backup | None:
    """None of a county that was never saved."""
    return await document(db, Backup, NEWEST)


def backup_age(db: Database) -> Look:
    """A county that was never saved has no sample: whether it should be is its operator's to say."""

    async def look() -> None:
        if newest := await newest_backup(db):
            SAVED.set(newest.moment.timestamp())
        reached = await reach(db)
        REACHES.set(reached.moment.timestamp() if reached else UNKNOWN)

    return look
