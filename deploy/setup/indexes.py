"""Makes the databases as declared: collections and indexes of each service."""

from __future__ import annotations

from typing import Any

from motor.motor_asyncio import AsyncIOMotorClient

from services.feedback.store import INDEXES as FEEDBACK
from services.greenchannel.store import INDEXES as GREENCHANNEL
from services.inspection.store import INDEXES as INSPECTION
from services.roster.store import INDEXES as ROSTER
from shared.database.mongo import database, ensure_indexes

DECLARED = {"roster": ROSTER, "inspection": INSPECTION, "greenchannel": GREENCHANNEL, "feedback": FEEDBACK}


async def index(client: AsyncIOMotorClient[dict[str, Any]]) -> list[str]:
    """Creates what is missing; tells what there is."""
    for service, indexes in DECLARED.items():
        await ensure_indexes(database(client, service), dict(indexes))
    return [f"database of {service}" for service in DECLARED]
