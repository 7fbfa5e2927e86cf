"""A county with its gateway, one station that floods and another that does not; what the other notices."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import nats.errors

from deploy.embedded.children.child import Child
from deploy.embedded.ports import any_free
from deploy.embedded.servers import gateway
from deploy.embedded.servers.readiness import listening
from deploy.linxi.county import villages
from services.inspection.photos.waiting import WAITING
from shared.bus.streams import PHOTOS
from shared.identity.tokens import token_of
from tests.abuse.floods.measuring import Noticed, Other, other
from tests.bench.companions import companion
from tests.bench.consumption import peak_mb
from tests.bench.ground import SECRET, Ground, ground
from tests.embedded.fronts import front_at
from tests.keys import station

CALM = 120.0
"""Seconds in which all photos of a flood are looked at."""
CONTAINER_MB = {"inspection": 384, "roster": 384}
"""What a service's container may hold, 256 of each other one."""


class Beside(NamedTuple):
    """What was noticed before a flood and beside it; how much was sent, the least room that a service had so far."""

    calm: Noticed
    flooded: Noticed
    sent: int
    room_mb: float


class Flooded:
    """The county."""

    def __init__(self, here: Ground, url: str, one: Other) -> None:
        self.ground, self._url, self._other = here, url, one

    async def beside(self, kind: str, seconds: float) -> Beside:
        """Calm first, then the flood for as long; the county has caught up when it returns."""
        calm = await self._other.notices(seconds)
        async with companion("flooding", self._environment(), kind, room="tests.abuse.floods") as one:
            await one.ready()
            one.go()
            noticing = asyncio.create_task(self._other.notices(seconds))
            await asyncio.sleep(seconds)
            one.go()
            flooded = await noticing
            sent = (await one.figures())["sent"]
        await self._is_calm_again()
        return Beside(calm, flooded, int(sent), self._room_mb())

    def _room_mb(self) -> float:
        services = ((name, pid) for name, pid in self.ground.pids.items() if name in self.ground.services)
        return min(CONTAINER_MB.get(name, 256) - peak_mb(pid) for name, pid in services)

    async def _is_calm_again(self) -> None:
        """What the flood left is decided, and its photos are gone; the bus may still be at it."""
        while True:
            with suppress(nats.errors.TimeoutError):
                await self.ground.settles()
                await self.ground.bus.api(f"STREAM.PURGE.{PHOTOS.name}")
                await self._photos_are_judged()
                return

    async def _photos_are_judged(self) -> None:
        async with asyncio.timeout(CALM):
            while await self.ground.db("inspection")[WAITING].count_documents({}):
                await asyncio.sleep(0.1)

    def _environment(self) -> dict[str, str]:
        code = villages()[0].code
        access = station(self.ground.folder / "secrets", code)
        own = {"STATION": code, "TOKEN": token_of(code, SECRET), "GATEWAY": self._url}
        bus = {"NATS_URL": self.ground.servers.nats_url, "NATS_CREDS": str(access.creds), "NATS_CA": str(access.ca)}
        return {**os.environ, **bus, **own}


@asynccontextmanager
async def flooded_county(folder: Path) -> AsyncIterator[Flooded]:
    """On free ports, ended with the block."""
    async with ground(folder) as here:
        front = front_at(any_free(), folder)
        ports = {name: urlsplit(url).port or 0 for name, url in here.urls.items()}
        caddy = Child(gateway.command(folder / "gateway", front, ports), folder / "logs" / "gateway.log")
        caddy.start()
        try:
            await listening(front.port)
            async with other(here, front.url, villages()[1].code) as one:
                await one.notices(2)
                yield Flooded(here, front.url, one)
        finally:
            await caddy.stop()
