"""The ordinary way, a process of its own: FastStream's pull subscriber and Motor, one message at a time, one hop.

`python -m tests.bench.ordinary <messages> <at a time>` handles what lies in its stream and says how long it took. Every
message is inserted and counted by `$inc` in its month, both awaited (majority, journal), then it is acknowledged.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from dataclasses import dataclass, field

import uvloop
from faststream import FastStream
from faststream.nats import JStream, NatsBroker, NatsMessage, PullSub
from motor.motor_asyncio import AsyncIOMotorClient
from pydantic import BaseModel
from pymongo import WriteConcern

from shared.identity.access import Access
from shared.process.running import security

STREAM, SUBJECT, DATABASE = "BENCH_ORDINARY", "bench.ordinary", "bench_ordinary"


class Patrol(BaseModel):
    """A submission's body, as a handler of its own would take it."""

    patrol: str
    score: int
    findings: list[dict[str, str | int]] = []


@dataclass
class Stopwatch:
    """From the first message's arrival to the end of the last one's handling."""

    expected: int
    begun: float = 0.0
    handled: int = 0
    seconds: float = 0.0
    done: asyncio.Event = field(default_factory=asyncio.Event)

    def arrived(self) -> None:
        """Starts at the first."""
        self.begun = self.begun or time.perf_counter()

    def finished(self) -> None:
        """Stops at the last."""
        self.handled += 1
        if self.handled == self.expected:
            self.seconds = time.perf_counter() - self.begun
            self.done.set()


def application(watch: Stopwatch, at_a_time: int) -> FastStream:
    """As the two libraries' guides have it, without logging; the stream's declaration is left as it is."""
    client: AsyncIOMotorClient[dict[str, object]] = AsyncIOMotorClient(os.environ["MONGO_URL"])
    db = client.get_database(DATABASE, write_concern=WriteConcern("majority", j=True))
    access = Access.of(os.environ)
    broker = NatsBroker(os.environ["NATS_URL"], security=security(access), inbox_prefix=access.inbox, logger=None)
    pull, stream = PullSub(batch_size=at_a_time), JStream(STREAM, declare=False)

    @broker.subscriber(f"{SUBJECT}.*", stream=stream, durable="ordinary", pull_sub=pull)
    async def handle(patrol: Patrol, message: NatsMessage) -> None:
        watch.arrived()
        headers = message.headers
        event = {"_id": headers["Nats-Msg-Id"], "time": headers["ce-time"], "organisation": headers["ce-subject"]}
        await db["events"].insert_one({**event, "data": patrol.model_dump()})
        sums = {"inspections": 1, "score": patrol.score, "findings": len(patrol.findings)}
        month = f"{headers['ce-time'][:7]}/{headers['ce-subject']}"
        await db["monthly"].update_one({"_id": month}, {"$inc": sums}, upsert=True)
        watch.finished()

    return FastStream(broker, logger=None)


async def handle_all(count: int, at_a_time: int) -> None:
    """Ends with the bench when that ends first: its pipe closes."""
    asyncio.get_running_loop().add_reader(sys.stdin, lambda: os._exit(1))
    watch = Stopwatch(count)
    running = application(watch, at_a_time)
    await running.start()
    await watch.done.wait()
    print(json.dumps({"seconds": watch.seconds}), flush=True)
    os._exit(0)


if __name__ == "__main__":
    uvloop.run(handle_all(int(sys.argv[1]), int(sys.argv[2])))
