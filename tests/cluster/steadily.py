"""Patrols that are sent one after another whatever happens to the county, and how long each took to its figure.

A patrol counts from the moment at which it is first sent: one that finds the bus away is sent again until it is stored,
as a station does. The figure is feedback's ledger entry, as `tests/bench/latency.py` says.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median, quantiles
from typing import Any

import nats
import nats.errors
from nats.aio.client import Client
from pymongo.errors import PyMongoError

from shared.bus.addresses import servers_in
from shared.bus.publishing import PublishRefused, publish_each
from shared.database.mongo import is_fault
from tests.bench.latency import ENTERED, LOGGED
from tests.county import County
from tests.submitters import A_MONDAY, Said, stations

A_SECOND = 10
AGAIN = 0.1
"""Seconds after which one that was not stored is sent again."""
LIKE_A_STATION = {
    "max_reconnect_attempts": -1,
    "reconnect_time_wait": 0.2,
    "ping_interval": 2,
    "max_outstanding_pings": 2,
    "connect_timeout": 3,
}
ANSWER = 2.0
"""Seconds for which the bus's answer is waited for."""


@dataclass
class Steadily:
    """What was sent, and when each was stored and had its figure: seconds since the first."""

    county: County
    client: Client
    since: float = field(default_factory=time.monotonic)
    said: list[Said] = field(default_factory=list)
    sent: dict[str, float] = field(default_factory=dict)
    stored: dict[str, float] = field(default_factory=dict)
    seen: dict[str, float] = field(default_factory=dict)

    @property
    def now(self) -> float:
        """Seconds since the first."""
        return time.monotonic() - self.since

    def took(self, since: float = 0.0, until: float = float("inf")) -> list[float]:
        """Seconds to the figure of each that was sent within a stretch, in order of length."""
        return sorted(self.seen[one] - at for one, at in self.sent.items() if since <= at < until)

    def figures(self, what: str, since: float, until: float = float("inf")) -> str:
        """A line of figures."""
        took = self.took(since, until)
        stored = max(self.stored[one] - at for one, at in self.sent.items() if since <= at < until)
        figures = f"figure p50 {median(took):.2f} s, p99 {p99(took):.1f} s, longest {took[-1]:.1f} s"
        return f"{what}: {len(took)} sent, each stored within {stored:.1f} s, {figures}"

    async def hears(self, n: int) -> None:
        """One patrol, until the bus has stored it."""
        one = stations[n % len(stations)].logs(A_MONDAY + timedelta(seconds=n), n=n)
        key = f"{one.submitter}/{one.id}"
        self.said.append(one)
        self.sent[key] = self.now
        while True:
            try:
                await publish_each(self.client, [one.message], ANSWER)
                break
            except (TimeoutError, nats.errors.Error, PublishRefused, OSError):
                await asyncio.sleep(AGAIN)
        self.stored[key] = self.now

    async def hear_all(self) -> None:
        """One every tenth of a second until cancelled; those under way are stored first."""
        async with asyncio.TaskGroup() as under_way:
            n = 0
            while not self._enough:
                under_way.create_task(self.hears(n))
                n += 1
                await asyncio.sleep(max(0.0, n / A_SECOND - self.now))

    _enough: bool = False

    def enough(self) -> None:
        """No more are sent."""
        self._enough = True

    async def watch(self) -> None:
        """Notes each figure until cancelled; goes on behind the last when the database has been away."""
        last: Mapping[str, Any] | None = None
        while True:
            try:
                async with self.county.db("feedback")["fact_ledger"].watch(ENTERED, resume_after=last) as changes:
                    async for change in changes:
                        last = changes.resume_token
                        self._note(str(change["documentKey"]["_id"]))
            except PyMongoError as error:
                if not is_fault(error):
                    raise
                await asyncio.sleep(AGAIN)

    def _note(self, fact: str) -> None:
        if fact.endswith(LOGGED):
            self.seen[fact.removeprefix("inspection/").removesuffix(LOGGED)] = self.now


def p99(took: Sequence[float]) -> float:
    """Of so many in order."""
    return quantiles(took, n=100, method="inclusive")[98]


@asynccontextmanager
async def steadily(county: County, patience: float) -> AsyncIterator[Steadily]:
    """Sends until the block is left; then each has its figure, or an error says how many lack one."""
    client = await nats.connect(servers_in(county.nats_url), error_cb=_unheard, **LIKE_A_STATION)
    one = Steadily(county, client)
    watching = asyncio.create_task(one.watch())
    sending = asyncio.create_task(one.hear_all())
    try:
        yield one
        one.enough()
        async with asyncio.timeout(patience):
            await sending
            while missing := len(one.sent.keys() - one.seen.keys()):
                assert not watching.done(), watching.exception()
                await asyncio.sleep(0.1)
        assert not missing
    finally:
        for task in (sending, watching):
            task.cancel()
        await asyncio.gather(sending, watching, return_exceptions=True)
        await client.close()


async def _unheard(_: Exception) -> None:
    """That a connection is lost shows by what is not stored."""
