"""Some copies of inspection that listen to stations on a bus, with a clock that is set by hand."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from nats.aio.msg import Msg

from services.inspection.stations.heartbeats import Listener
from shared.bus.round_trip import round_trip
from shared.identity.access import Access, Hearing
from shared.process.config import Settings
from shared.process.running import Running, connect_broker
from shared.roster.feed import FollowedRoster
from tests.asking import STATION
from tests.county import County

EVERY, MINUTE, SECOND = timedelta(seconds=30), timedelta(minutes=1), timedelta(seconds=1)
HOUR = timedelta(hours=1)


@dataclass
class Hands:
    """A clock that is set by hand."""

    now: datetime = field(default_factory=lambda: datetime(2018, 3, 5, 4, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def goes_on(self, by: timedelta) -> None:
        self.now += by


@dataclass
class Hub:
    """Some copies of inspection that listen, their common clock, and the stations' side of the bus."""

    county: County
    clock: Hands
    copies: list[Listener]
    feed: FollowedRoster

    async def hears(self, station: str = STATION, waiting: int = 0, body: bytes | None = None) -> Msg:
        """The answer to one heartbeat."""
        said = {"waiting": waiting, "oldest": None, "version": "0.1.0", "clock": self.clock.now.isoformat()}
        return await self.county.client.request(f"heartbeat.{station}", body or json.dumps(said).encode(), timeout=20)

    async def beats(self, times: int, *stations: str) -> None:
        """Every half minute, with a round of every copy after each."""
        for _ in range(times):
            for one in stations or (STATION,):
                await self.hears(one)
            await self.passes(EVERY)

    async def passes(self, by: timedelta) -> None:
        """Time in half minutes, with rounds; what they submit is decided."""
        for _ in range(by // EVERY):
            self.clock.goes_on(EVERY)
            for copy in self.copies:
                await copy.round()
        await self.county.settles()

    async def connections(self) -> list[str]:
        """The facts about connections so far, in their order, each station with C or D."""
        kinds = {"station-connected": "C", "station-disconnected": "D"}
        kept = [headers for _, headers, _ in (await self.county.facts()).values() if headers["ce-type"] in kinds]
        return [f"{one['ce-subject']} {kinds[one['ce-type']]}" for one in kept]


@asynccontextmanager
async def hub(county: County, copies: int = 1, clock: Hands | None = None) -> AsyncIterator[Hub]:
    """So many copies of inspection, each with a connection of its own, begin to listen."""
    clock = clock or Hands()
    async with county.connection() as first, county.connection() as second:
        listening = [Listener(running(county, bus), FollowedRoster(bus), clock) for bus in (first, second)[:copies]]
        for copy in listening:
            await copy.listen()
            await copy.round()
        await round_trip(first.client)
        await round_trip(second.client)
        yield Hub(county, clock, listening, FollowedRoster(first))


def running(county: County, bus: Any) -> Running:
    settings = Settings(
        county="150424", nats_url=county.nats_url, mongo_url="mongodb://unused", http_port=1, instance="test-1"
    )
    broker = connect_broker(county.nats_url, "-", Access(), Hearing())
    return Running(settings, "inspection", broker, county.databases, county.db("inspection"), bus)
