"""That the county was brought back from a backup, and to which moment: stations send what it has not heard of since."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from shared.database.mongo import Database

COLLECTION, ID = "brought_back", "newest"


class BroughtBack(TypedDict):
    """Both in ISO 8601 with their offset."""

    to: str
    """The moment up to which the county knows everything."""
    at: str
    """When it was brought back: what came later it has."""


async def note(db: Database, to: datetime, at: datetime) -> None:
    """Takes the place of an earlier one; what lay between that one's moments has been sent long ago."""
    said = BroughtBack(to=to.isoformat(), at=at.isoformat())
    await db[COLLECTION].replace_one({"_id": ID}, dict(said), upsert=True)


async def newest(db: Database) -> BroughtBack | None:
    """None of a county that never was."""
    found = await db[COLLECTION].find_one({"_id": ID})
    return BroughtBack(to=found["to"], at=found["at"]) if found else None
