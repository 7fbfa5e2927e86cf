"""The service guide as lists show it."""

from __future__ import annotations

from typing import Any

from services.roster.meetings.model import Process
from shared.database.lists import one
from shared.database.mongo import Database


async def process(db: Database, county: str, name: str) -> dict[str, Any] | None:
    """An item of the guide with its dated limits."""
    found = await one(db, Process.collection, f"{county}/{name}")
    if found:
        found["process"] = name
        found["limits"] = [{"from": limit["since"], "days": limit["days"]} for limit in found["limits"]]
    return found
