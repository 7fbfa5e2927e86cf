"""Turns of duty as lists show them."""

from __future__ import annotations

from typing import Any

from services.roster.duty.model import STANDS, Turn
from shared.database.lists import MOST, listed
from shared.database.mongo import Database


async def turns(db: Database, county: str) -> dict[str, Any]:
    """The county's turns, oldest first, with what was done in them."""
    found = await listed(db, Turn.collection, {"county": county, **STANDS}, MOST)
    for turn in found["items"]:
        turn["turn"] = turn["id"].split("/")[1]
    return found
