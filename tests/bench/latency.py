"""From the call that publishes a submission to its figure: feedback enters a fact in its ledger in the transaction that
adds it to the monthly document, so the ledger entry's appearance in a change stream is the figure's.

The change stream's own delay (majority commit, then the cursor) is part of what is measured; nothing is polled.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from datetime import date
from statistics import quantiles
from typing import Any

from shared.bus.publishing import publish_each
from shared.events.outgoing import Outgoing
from tests.bench.ground import Ground
from tests.bench.scale import A_SECOND, PATIENCE
from tests.bench.workload import messages

ENTERED: list[dict[str, Any]] = [{"$match": {"operationType": "insert"}}, {"$project": {"documentKey": 1}}]
LOGGED = "/0"
"""A patrol's own fact is the first that follows from it: `inspection/<submitter>/<ce-id>/0`."""


@dataclass(frozen=True)
class Latency:
    """Milliseconds."""

    submissions: int
    p50: float
    p99: float
    max: float


class Watch:
    """When each submission was sent, and when its figure stood."""

    def __init__(self, here: Ground) -> None:
        self._here = here
        self.sent: dict[str, float] = {}
        self.seen: dict[str, float] = {}

    async def run(self, patrols: list[Outgoing]) -> None:
        """The change stream is open before the first one leaves."""
        async with self._here.db("feedback")["fact_ledger"].watch(ENTERED) as changes, asyncio.timeout(PATIENCE):
            await changes.try_next()
            sending = asyncio.create_task(self._send(patrols))
            while len(self.seen) < len(patrols):
                self._note((await changes.next())["documentKey"]["_id"])
            await sending

    def _note(self, fact: str) -> None:
        if fact.endswith(LOGGED):
            self.seen[fact.removeprefix("inspection/").removesuffix(LOGGED)] = time.perf_counter()

    async def _send(self, patrols: list[Outgoing]) -> None:
        """Each when it is due, whether or not those before it are stored already."""
        begun = time.perf_counter()
        async with asyncio.TaskGroup() as under_way:
            for n, patrol in enumerate(patrols):
                await asyncio.sleep(begun + n / A_SECOND - time.perf_counter())
                under_way.create_task(self._one(patrol))

    async def _one(self, patrol: Outgoing) -> None:
        self.sent[f"{patrol.headers['ce-source']}/{patrol.headers['ce-id']}"] = time.perf_counter()
        await publish_each(self._here.bus.client, [patrol], PATIENCE)


async def latency(here: Ground, first: date, count: int) -> Latency:
    """At `A_SECOND` submissions a second."""
    watch = Watch(here)
    await watch.run(messages(first, count))
    took = sorted(1000 * (watch.seen[id] - sent) for id, sent in watch.sent.items())
    cuts = quantiles(took, n=100, method="inclusive")
    return Latency(count, cuts[49], cuts[98], took[-1])
