"""Stations that go on submitting over the bus while containers are restarted; the figures are looked at all the while.

How long one took is known by its number: the figure of as many stands when the county's total has grown by as many.
"""

from __future__ import annotations

import asyncio
import threading
import time
from bisect import bisect_left
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import httpx
import nats.errors
from nats.aio.client import Client

from shared.bus.publishing import PublishRefused, publish_each
from shared.events.outgoing import Outgoing
from shared.identity.access import Access, enter
from tests.cluster.steadily import AGAIN, ANSWER, LIKE_A_STATION, p99
from tests.containers.outside import Outside
from tests.submitters import Submitter, just_now

A_SECOND = 5
PERSON_TIMES = "vulnerable-agency-person-times"
"""What each that is sent adds one to."""
LOOKS = 0.1
"""Seconds between two looks at the total."""


class Load:
    """What was sent when, and how large the total was when; seconds of one clock."""

    def __init__(self, seen: Outside, buses: Sequence[int], gateways: Sequence[int], total: str, measure: str) -> None:
        self._seen, self._total, self._measure = seen, total, measure
        self.a_second = A_SECOND
        self.unanswered = 0
        self._buses = ",".join(f"tls://localhost:{port}" for port in buses)
        self._gateways = [f"https://127.0.0.1:{port}" for port in gateways]
        self._enough = threading.Event()
        self.sent: list[float] = []
        self.messages: list[Outgoing] = []
        self.stored = 0
        self.looked: list[tuple[int, float]] = []
        self.begun_with = self._now_total(0)

    def enough(self) -> None:
        """No more are sent."""
        self._enough.set()

    def _now_total(self, gateway: int) -> int:
        answer = httpx.get(
            f"{self._gateways[gateway]}{self._total}",
            timeout=3,
            trust_env=False,
            verify=self._seen.known,
            auth=self._seen.county,
        )
        return int(answer.raise_for_status().json()["measures"].get(self._measure, 0))

    def look(self) -> None:
        """Until each has its figure; a gateway that does not answer is passed by, as people do."""
        gateway = 0
        while not (self._enough.is_set() and self.stored == len(self.sent) == self._figures):
            try:
                total = self._now_total(gateway)
            except httpx.HTTPError:
                self.unanswered += 1
                gateway = (gateway + 1) % len(self._gateways)
            else:
                self.looked.append((total - self.begun_with, time.monotonic()))
            time.sleep(LOOKS)

    @property
    def _figures(self) -> int:
        return self.looked[-1][0] if self.looked else 0

    async def send(self, stations: Sequence[str]) -> None:
        """One after another, each until the bus has stored it."""
        async with self._entered() as client, asyncio.TaskGroup() as under_way:
            begun = time.monotonic()
            while not self._enough.is_set():
                n = len(self.sent)
                self.sent.append(time.monotonic())
                message = Submitter(stations[n % len(stations)]).serves(at=just_now(), n=1000 + n).message
                self.messages.append(message)
                under_way.create_task(self._hears(client, message))
                await asyncio.sleep(max(0.0, begun + (n + 1) / self.a_second - time.monotonic()))

    async def send_again(self) -> None:
        """All of them in their order, as stations do whose county was brought back."""
        async with self._entered() as client:
            for message in self.messages:
                await publish_each(client, [message], ANSWER)

    @asynccontextmanager
    async def _entered(self) -> AsyncIterator[Client]:
        access = Access(Path(self._seen.environment["NATS_CREDS"]), Path(self._seen.environment["NATS_CA"]))
        client = await enter(self._buses, access, **LIKE_A_STATION)
        try:
            yield client
        finally:
            await client.close()

    async def _hears(self, client: Client, message: Outgoing) -> None:
        while True:
            try:
                await publish_each(client, [message], ANSWER)
                break
            except (TimeoutError, nats.errors.Error, PublishRefused, OSError):
                await asyncio.sleep(AGAIN)
        self.stored += 1

    def took(self, since: float = 0.0, until: float = float("inf")) -> list[float]:
        """Seconds to the figure of each that was sent within a stretch, in order of length."""
        totals = [total for total, _ in self.looked]
        when = ((n, at) for n, at in enumerate(self.sent, 1) if since <= at < until)
        return sorted(self.looked[bisect_left(totals, n)][1] - at for n, at in when)

    def figures(self, what: str, since: float, until: float = float("inf")) -> str:
        """A line of them."""
        took = self.took(since, until)
        return f"{what}: {len(took)} sent, to the figure p99 {p99(took):.1f} s, longest {took[-1]:.1f} s"


@contextmanager
def under_load(load: Load, stations: Sequence[str], patience: float) -> Iterator[Load]:
    """Sends until the block is left; then each has its figure, or an error says how many lack one."""
    working = [
        threading.Thread(target=lambda: asyncio.run(load.send(stations)), daemon=True),
        threading.Thread(target=load.look, daemon=True),
    ]
    for one in working:
        one.start()
    try:
        yield load
    finally:
        load.enough()
    for one in working:
        one.join(patience)
    assert not any(one.is_alive() for one in working), f"{load.stored} of {len(load.sent)} stored, {load.looked[-1]}"
