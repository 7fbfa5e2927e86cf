"""A county for tests, in domain words: stations, offices and the clock submit, the real rules decide in this process.

    async with county.working():
        await county.hears(station.logs(findings=1))
        await county.settles()
    assert await county.monthly() == ...

Bus and database are the real ones; `Outcome` is what may be compared between two runs.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import replace
from importlib import import_module
from typing import Any

import nats
from motor.motor_asyncio import AsyncIOMotorClient
from nats.aio.client import Client

from deploy.setup.indexes import index
from shared.bus.connection import Bus, BusRefused
from shared.bus.draining import is_drained
from shared.bus.publishing import publish_by_shares
from shared.bus.puller import create_consumer
from shared.bus.streams import CONSUMERS, STREAMS, SUBSCRIPTIONS, VERDICTS, Stream, Subscription
from shared.database import mongo
from shared.database.lease import LONG_AGO, Lease
from shared.events.verdict import verdict_subject
from shared.identity.access import Access
from shared.pipeline.consumer import Consumer
from shared.pipeline.decisions import EVERYTHING
from shared.pipeline.loops import Loop, PipelineKind
from shared.pipeline.pipeline import Pipeline, Step, no_step
from shared.services import SERVICES
from tests.records import Outcome, Records
from tests.submitters import Said, founding

PATIENCE = 300.0
"""Seconds without an end of the work after which a test gives up."""


def loops_of(service: str) -> Sequence[Loop]:
    """What the service itself declares."""
    declared: Sequence[Loop] = import_module(f"services.{service}.app").LOOPS
    return declared


LOOPS = tuple(loop for service in SERVICES for loop in loops_of(service))
"""Everything that is decided and followed, each in this process as in its own."""


class County(Records):
    """Bus, database, and the services' loops on them."""

    def __init__(
        self,
        nats_url: str,
        client: Client,
        databases: AsyncIOMotorClient[dict[str, Any]],
        access: Access | None = None,
    ) -> None:
        super().__init__(client, databases)
        self._access = access or Access()
        self.nats_url = nats_url
        self._tasks: Sequence[asyncio.Task[None]] = ()
        self.allowed = EVERYTHING
        """What the operator says."""
        self.batch: int | None = None
        """The most that loops take at once; None leaves what is declared."""

    async def begins_anew(self) -> None:
        """Nothing has ever happened: streams, consumers, databases and indexes as set-up declares them."""
        await streams_made_anew(self.bus)
        await asyncio.gather(*(create_consumer(self.bus, one) for one in CONSUMERS))
        for service in SERVICES:
            await self._empties(self.db(service))

    async def _empties(self, db: mongo.Database) -> None:
        """Collections and indexes stay, for making them takes longer than everything else."""
        names = await db.list_collection_names()
        if not names:
            await index(self.databases)
        for name in await self._not_empty(db, names):
            await db[name].delete_many({})

    async def _not_empty(self, db: mongo.Database, names: Sequence[str]) -> list[str]:
        """Asked all at once: most of them are empty, and each would be a write."""
        if not names:
            return []
        first, *others = names
        too = ({"$unionWith": {"coll": name, "pipeline": named(name)}} for name in others)
        return [found["_id"] async for found in db[first].aggregate([*named(first), *too])]

    async def is_founded(self) -> None:
        """The roster of a few organisations is loaded and known everywhere."""
        async with self.working():
            await self.hears(*founding())
            await self.settles()

    async def hears(self, *said: Said) -> None:
        """Returns when the bus has stored these in their order."""
        await publish_by_shares(self.client, [one.message for one in said], timeout=10, patience=60)

    def consumer(
        self, loop: Loop, bus: Bus, step: Step = no_step, kind: PipelineKind = Pipeline, instance: str = "test-1"
    ) -> Consumer:
        """One copy's loop, with a hook between every two of its steps."""
        db = self.db(loop.service)
        lease = Lease(db, loop.of.name, instance)
        of = replace(loop.of, batch=self.batch) if self.batch else loop.of
        pipeline = loop.pipeline(db, bus, loop.feed(db, bus), lease, kind)
        pipeline.step = step
        pipeline.allowed = self.allowed
        return Consumer(pipeline, bus, of, lease)

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Bus]:
        """A connection of its own: what waits on it is gone when it closes, as when a process ends."""
        client = await nats.connect(
            self.nats_url, max_reconnect_attempts=-1, reconnect_time_wait=0.2, **self._access.options
        )
        try:
            yield Bus(client)
        finally:
            await client.close()

    @asynccontextmanager
    async def working(
        self, loops: Sequence[Loop] = LOOPS, step: Step = no_step, instance: str = "test-1"
    ) -> AsyncIterator[list[Consumer]]:
        """The services decide, until the block is left."""
        async with self.connection() as bus, AsyncExitStack() as stack:
            consumers = [self.consumer(loop, bus, step, instance=instance) for loop in loops]
            tasks = [asyncio.create_task(consumer.run()) for consumer in consumers]
            stack.push_async_callback(self._give_up_leases)
            stack.push_async_callback(ended, tasks)
            self.minds(tasks)
            yield consumers

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Founded anew; it decides until the block is left."""
        await self.begins_anew()
        await self.is_founded()
        async with self.working():
            yield

    async def _give_up_leases(self) -> None:
        """As a service does that is told to stop."""
        for service in SERVICES:
            await self.db(service)["leases"].update_many({}, {"$set": {"until": LONG_AGO}})

    def minds(self, tasks: Sequence[asyncio.Task[None]]) -> None:
        """These do the work: one that ends by itself is an error while others wait for it."""
        self._tasks = tasks

    async def settles(self, patience: float = PATIENCE) -> None:
        """Everything submitted is decided, everything decided is followed; a loop that ended is an error."""
        until = time.monotonic() + patience
        while waiting := await self._waiting():
            for task in self._tasks:
                if task.done() and not task.cancelled():
                    task.result()
            assert time.monotonic() < until, f"still waiting after {patience:g} s: {waiting}"
            await asyncio.sleep(0.02)

    async def _waiting(self) -> list[str]:
        """The consumers that are not done, or cannot be asked."""
        return [subscription.name for subscription in SUBSCRIPTIONS if not await self._is_done(subscription)]

    async def _is_done(self, subscription: Subscription) -> bool:
        with suppress(BusRefused, nats.errors.Error):
            return await is_drained(self.bus, subscription)
        return False

    async def place(self, subscription: Subscription) -> dict[str, Any] | None:
        """How far a consumer is; None while it does not exist or the bus is away."""
        try:
            return await self.bus.api(f"CONSUMER.INFO.{subscription.stream}.{subscription.name}")
        except (BusRefused, nats.errors.Error):
            return None

    async def verdict(self, said: Said) -> dict[str, Any] | None:
        """What the submitter finds by direct get."""
        message = await self.bus.last(VERDICTS.name, verdict_subject(said.submitter, said.id))
        return json.loads(message.body) if message else None


async def streams_made_anew(bus: Bus) -> None:
    """Every stream as declared, and nothing in it.

    The first stands while the others are made: behind the last stream that it deletes nats-server 2.15.1 removes the
    folder of all streams, also when somebody is making one in it, who is then told "error creating store" (10049).
    """
    first, *others = STREAMS
    await _made_anew(bus, first)
    await asyncio.gather(*(_made_anew(bus, stream) for stream in others))


async def _made_anew(bus: Bus, stream: Stream) -> None:
    """Once more while it comes back with what it held: the server says that it is deleted before its files are gone,
    and makes it of those that the next deletion cannot move aside.
    """
    last_sequence = -1
    while last_sequence:
        with suppress(BusRefused):
            await bus.api(f"STREAM.DELETE.{stream.name}")
        made = await bus.api(f"STREAM.CREATE.{stream.name}", stream.config())
        last_sequence = made["state"]["last_seq"]


def named(collection: str) -> list[dict[str, Any]]:
    """One of its documents, where it has any, as its name."""
    return [{"$limit": 1}, {"$project": {"_id": {"$literal": collection}}}]


async def ended(tasks: Sequence[asyncio.Task[None]]) -> None:
    """Cancelled until they are gone: closing a connection may swallow a cancellation."""
    left = set(tasks)
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=0.1)


__all__ = ["LOOPS", "County", "Loop", "Outcome", "ended", "streams_made_anew"]
