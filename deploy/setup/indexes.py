"""Makes the databases as declared: collections and indexes of each service."""

from __future__ import annotations

from importlib import import_module

from services.feedback.refilling import refill, say_what_waits
from shared.database.indexes import ensure_indexes
from shared.database.mongo import Client, database
from shared.services import SERVICES

DECLARED = {service: import_module(f"services.{service}.store").INDEXES for service in SERVICES}


async def index(client: Client) -> list[str]:
    """Creates what is missing, fills what a version begins to keep of what happened before it; tells what there is."""
    dropped = {service: await ensure_indexes(database(client, service), of) for service, of in DECLARED.items()}
    feedback = database(client, "feedback")
    await refill(feedback)
    await say_what_waits(feedback)
    gone = [f"index {name} of {service} dropped" for service, names in dropped.items() for name in names]
    return [*(f"database of {service}" for service in DECLARED), *gone]
