"""Makes the databases as declared: collections and indexes of each service."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from motor.motor_asyncio import AsyncIOMotorClient

from shared.database.mongo import database, ensure_indexes
from shared.services import SERVICES

DECLARED = {service: import_module(f"services.{service}.store").INDEXES for service in SERVICES}


async def index(client: AsyncIOMotorClient[dict[str, Any]]) -> list[str]:
    """Creates what is missing; tells what there is."""
    for service, indexes in DECLARED.items():
        await ensure_indexes(database(client, service), dict(indexes))
    return [f"database of {service}" for service in DECLARED]
