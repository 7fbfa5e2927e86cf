"""Service processes as the supervisor runs them, and what can be done to them."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from deploy.embedded.children.child import Child, python
from deploy.embedded.ports import any_free
from deploy.embedded.servers.running import Server
from shared.services import SERVICES
from tests.bench.consumption import cpu_seconds
from tests.conftest import Reached

SECRET = "a secret of thirty-two characters"
OF_ANY_DAY = "36500"
"""Days: stations of the tests tell of 2018."""


@dataclass
class Service:
    """One copy of a service; `ends` tells how it ended each time, minus the signal."""

    name: str
    child: Child
    port: int
    ends: list[int] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/{self.name}"

    def start(self) -> None:
        """At once; `answers` tells when it does."""
        self.child.start()

    async def healthz(self, patience: float = 1.0) -> bool:
        """Whether it answers in time that it is alive."""
        try:
            async with httpx.AsyncClient(verify=False, trust_env=False) as client:
                return (await client.get(f"{self.url}/healthz", timeout=patience)).status_code == 200
        except httpx.HTTPError:
            return False

    async def answers(self, patience: float = 120) -> None:
        """Returns when it is alive."""
        until = time.monotonic() + patience
        while not await self.healthz():
            assert time.monotonic() < until, f"{self.child.command.name} does not answer"
            await asyncio.sleep(0.05)

    def cpu_seconds(self) -> float:
        """What its processes have used so far, of all their threads."""
        assert self.child.pid
        return cpu_seconds(self.child.pid)

    def log(self) -> str:
        """What it wrote."""
        return self.child.log.read_text() if self.child.log else ""


def service(name: str, running: Reached, logs: Path, instance: str = "", **more: str) -> Service:
    """Not started yet; `more` settings by their names in the environment."""
    port, instance = any_free(), instance or f"{name}-1"
    env = {
        "NATS_URL": running.nats_url,
        "MONGO_URL": running.mongo_url,
        "HTTP_PORT": str(port),
        "INSTANCE": instance,
        "COUNTY": "150424",
        "TOKEN_SECRET": SECRET,
        "OLDEST_DAYS": OF_ANY_DAY,
        **more,
    }
    return Service(name, Child(python(instance, f"services.{name}", env), logs / f"{instance}.log"), port)


@dataclass
class Processes:
    """Several services; like the supervisor, one that ends is started again at once."""

    services: list[Service]
    keepers: list[asyncio.Task[None]] = field(default_factory=list)

    def of(self, name: str) -> Service:
        """The first copy of a service."""
        return next(one for one in self.services if one.name == name)

    async def start(self) -> None:
        """Returns when all are alive."""
        for one in self.services:
            one.start()
            self.keepers.append(asyncio.create_task(_kept(one)))
        await asyncio.gather(*(one.answers() for one in self.services))

    async def end(self) -> None:
        """All killed, none started again."""
        for keeper in self.keepers:
            keeper.cancel()
        await asyncio.gather(*self.keepers, return_exceptions=True)
        await asyncio.gather(*(one.child.kill() for one in self.services))


async def _kept(one: Service) -> None:
    while True:
        one.ends.append(await one.child.ended())
        one.start()


@asynccontextmanager
async def processes(running: Reached, logs: Path, names: Iterable[str] = SERVICES) -> AsyncIterator[Processes]:
    """The services as processes of their own, until the block is left."""
    all_of_them = Processes([service(name, running, logs) for name in names])
    try:
        await all_of_them.start()
        yield all_of_them
    finally:
        await all_of_them.end()


@asynccontextmanager
async def stopped(pid: int | None) -> AsyncIterator[None]:
    """SIGSTOP until the block is left: it neither answers nor closes its connections."""
    assert pid
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


@asynccontextmanager
async def killed(server: Server) -> AsyncIterator[None]:
    """kill -9, and started again when the block is left."""
    await server.kill()
    try:
        yield
    finally:
        await server.start()
