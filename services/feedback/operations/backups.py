"""When the county was last saved: noted by whoever saves it, once what was written has been read back."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from shared.database.documents import Document
from shared.database.kept import document
from shared.database.mongo import Database
from shared.process.gauges import Look, not_looked_at

NEWEST = "newest"
SAVED = not_looked_at("lianban_backup_timestamp_seconds", "Of which moment the newest backup is.")


class Backup(Document):
    """The newest one."""

    collection: ClassVar[str] = "backups"

    moment: datetime
    """Of which it is."""


async def note(db: Database, moment: datetime) -> None:
    """Another is the newest now."""
    await db[Backup.collection].update_one(
        {"_id": NEWEST}, {"$set": {"moment": moment.isoformat()}, "$inc": {"version": 1}}, upsert=True
    )


def backup_age(db: Database) -> Look:
    """A county that was never saved has no sample: whether it should be is its operator's to say."""

    async def look() -> None:
        if newest := await document(db, Backup, NEWEST):
            SAVED.set(newest.moment.timestamp())

    return look
