"""What bus and database do for one client that does nothing else: no way of ours can be faster than its parts."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

from shared.bus.publishing import publish_all, publish_each
from shared.bus.puller import Puller, create_consumer
from shared.bus.streams import BATCH, Subscription
from shared.database.mongo import DURABLE
from shared.events.outgoing import Outgoing
from tests.bench.ground import Ground
from tests.bench.handling import stream, under

STREAM, SUBJECT, DATABASE = "BENCH_CEILING", "bench.ceiling", "bench_ceiling"
ANSWER = 30.0

ONE_BY_ONE, IN_FLIGHT, TOGETHER = "publish, one by one", "publish, 256 in flight", "publish, atomic batches"
TAKEN = "fetch and ack, a batch by its last"
INSERT = f"insert_many of {BATCH}, majority, journal"
PASSAGE = (TOGETHER, TAKEN, INSERT, TOGETHER, TOGETHER, TAKEN, INSERT)
"""What each submission needs at the least: stored, taken, entered; fact and verdict stored; fact taken, entered."""


async def ceilings(here: Ground, first: date, count: int) -> dict[str, float]:
    """Messages or documents a second, by what was done."""
    patrols = under(SUBJECT, first, count)
    found: dict[str, float] = {}
    async with stream(here.bus, STREAM, SUBJECT, "limits"):
        few = patrols[: count // 8]
        found[ONE_BY_ONE] = await _rate(len(few), lambda: _singly(here, few))
        more = patrols[count // 8 : count // 2]
        found[IN_FLIGHT] = await _rate(len(more), lambda: publish_each(here.bus.client, more, ANSWER))
    async with stream(here.bus, STREAM, SUBJECT, "limits"):
        found[TOGETHER] = await _rate(count, lambda: publish_all(here.bus.client, patrols, ANSWER))
        found[TAKEN] = await _taking(here, count)
    found[INSERT] = await _inserting(here, patrols)
    return found


def passage(found: dict[str, float]) -> float:
    """Submissions a second if a submission's parts followed one another and nothing else took any time."""
    return 1 / sum(1 / found[name] for name in PASSAGE)


async def _rate(count: int, work: Callable[[], Awaitable[object]]) -> float:
    begun = time.perf_counter()
    await work()
    return count / (time.perf_counter() - begun)


async def _singly(here: Ground, patrols: list[Outgoing]) -> None:
    for patrol in patrols:
        await publish_each(here.bus.client, [patrol], ANSWER)


async def _taking(here: Ground, count: int) -> float:
    """Until the server has heard the last acknowledgement."""
    place = Subscription(STREAM, "bench", (f"{SUBJECT}.*",), BATCH)
    await create_consumer(here.bus, place)
    puller = Puller(here.bus, place)
    await puller.rewind()
    rate = await _rate(count, lambda: _take(here, puller, place))
    await puller.close()
    return rate


async def _take(here: Ground, puller: Puller, place: Subscription) -> None:
    while batch := await puller.pull(BATCH, 0.05):
        await here.bus.acknowledge(batch[-1])
    while (await here.bus.api(f"CONSUMER.INFO.{STREAM}.{place.name}"))["num_ack_pending"]:
        await asyncio.sleep(0.005)


async def _inserting(here: Ground, patrols: list[Outgoing]) -> float:
    await here.databases.drop_database(DATABASE)
    ledger = here.databases[DATABASE].get_collection("ledger", write_concern=DURABLE)
    await ledger.create_index([("submitter", 1), ("received", -1)])
    entries = [_entry(n, patrol) for n, patrol in enumerate(patrols)]

    async def insert() -> None:
        for start in range(0, len(entries), BATCH):
            await ledger.insert_many(entries[start : start + BATCH], ordered=False)

    return await _rate(len(entries), insert)


def _entry(n: int, patrol: Outgoing) -> dict[str, Any]:
    headers, body = patrol.headers, patrol.body.decode()
    return {
        "_id": headers["Nats-Msg-Id"],
        "type": headers["ce-type"],
        "organisation": headers["ce-subject"],
        "submitter": headers["ce-source"],
        "time": headers["ce-time"],
        "received": headers["ce-time"],
        "sequence": n,
        "digest": "0" * 64,
        "verdict": "accepted",
        "reasons": [],
        "facts": [
            {
                "type": "inspection-logged",
                "organisation": headers["ce-subject"],
                "path": "150424/150424100",
                "body": body,
            }
        ],
    }
