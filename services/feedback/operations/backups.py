"""When the county was last saved: noted by whoever saves it, once what was written has been read back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from shared.database.documents import Document
from shared.database.kept import document
from shared.database.mongo import Database
from shared.process.gauges import Look, not_looked_at

NEWEST = "newest"
OLD = timedelta(hours=26)
"""After which one is old, as its alert has it: one a night, and two hours."""
SAVED = not_looked_at("lianban_backup_timestamp_seconds", "Of which moment the newest backup is.")


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
    newest = {"moment": moment.isoformat(), "size": size, "place": place}
    await db[Backup.collection].update_one({"_id": NEWEST}, {"$set": newest, "$inc": {"version": 1}}, upsert=True)


async def newest_backup(db: Database) -> Backup | None:
    """None of a county that was never saved."""
    return await document(db, Backup, NEWEST)


def backup_age(db: Database) -> Look:
    """A county that was never saved has no sample: whether it should be is its operator's to say."""

    async def look() -> None:
        if newest := await newest_backup(db):
            SAVED.set(newest.moment.timestamp())

    return look
