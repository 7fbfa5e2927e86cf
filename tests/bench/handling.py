"""The ordinary way, measured: so many messages lie in a stream before its process starts."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

from shared.bus.connection import Bus
from shared.bus.publishing import publish_all
from shared.bus.streams import MIB, Stream
from shared.events.outgoing import Outgoing
from tests.bench.companions import companion
from tests.bench.ground import Ground
from tests.bench.ordinary import DATABASE, STREAM, SUBJECT
from tests.bench.workload import messages


@asynccontextmanager
async def stream(bus: Bus, name: str, subject: str, retention: str) -> AsyncIterator[None]:
    """A stream as ours are, for one measurement."""
    made = Stream(name, (f"{subject}.*",), max_bytes=256 * MIB, max_message=64 * 1024)
    await bus.api(f"STREAM.CREATE.{name}", made.config() | {"retention": retention})
    try:
        yield
    finally:
        await bus.api(f"STREAM.DELETE.{name}")


def under(subject: str, first: date, count: int) -> list[Outgoing]:
    """The patrols of our own rounds under another subject."""
    return [one._replace(subject=f"{subject}.{one.subject.split('.')[-1]}") for one in messages(first, count)]


async def handling(here: Ground, first: date, count: int, at_a_time: int = 1) -> float:
    """Messages a second."""
    await here.databases.drop_database(DATABASE)
    async with stream(here.bus, STREAM, SUBJECT, "workqueue"):
        await publish_all(here.bus.client, under(SUBJECT, first, count), timeout=30)
        async with companion("ordinary", here.env, count, at_a_time) as ordinary:
            figures = await ordinary.figures()
    kept = here.databases[DATABASE]
    counted = [
        one async for one in kept["monthly"].aggregate([{"$group": {"_id": None, "n": {"$sum": "$inspections"}}}])
    ]
    assert counted[0]["n"] == await kept["events"].count_documents({}) == count
    return count / figures["seconds"]
