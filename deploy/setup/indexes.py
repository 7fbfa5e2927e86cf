"""Makes the databases as declared: collections and indexes of each service."""

from __future__ import annotations

from importlib import import_module

from shared.database.mongo import Client, database, ensure_indexes
from shared.services import SERVICES

DECLARED = {service: import_module(f"services.{service}.store").INDEXES for service in SERVICES}


async def index(client: Client) -> list[str]:
    """Creates what is missing; tells what there is."""
    for service, indexes in DECLARED.items():
        await ensure_indexes(database(client, service), dict(indexes))
    return [f"database of {service}" for service in DECLARED]
