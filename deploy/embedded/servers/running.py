"""The bus and the database as child processes: the supervisor starts them so, and so do tests.

async with servers(folder) as running:
    await running.mongo.kill()
    await running.mongo.start()  # the same port, the same data
"""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.embedded.children.child import PATIENCE, Child
from deploy.embedded.children.logs import last_line
from deploy.embedded.county.folder import store
from deploy.embedded.ports import HOST, Choose, any_free, is_free
from deploy.embedded.servers import mongod, nats
from deploy.embedded.trouble import Trouble
from deploy.identity.database import database_secrets

SLOWEST_START = 60.0
"""Seconds; after a kill both servers read their journals first."""

ATTEMPTS = 3
"""A port can be taken between being chosen and being used; then another one is tried."""


@dataclass(frozen=True)
class Server:
    """A server on ports that stay its own however often it is killed and started again."""

    child: Child
    url: str
    ports: tuple[int, ...]
    ready: Callable[[], Awaitable[None]]

    async def start(self) -> None:
        """Returns when it serves; one that ends instead is a `Trouble` with its last words."""
        self.child.start()
        serving, ended = asyncio.ensure_future(self.ready()), asyncio.ensure_future(self.child.ended())
        try:
            await asyncio.wait({serving, ended}, timeout=SLOWEST_START, return_when=asyncio.FIRST_COMPLETED)
            if ended.done():
                raise Trouble(_why(self.child, ended.result()))
            if not serving.done():
                raise Trouble(f"{self.child.name} does not serve yet after {SLOWEST_START:g} s: read {self.child.log}.")
            serving.result()
        finally:
            await _dropped(serving, ended)

    async def stop(self, patience: float = PATIENCE) -> None:
        """Asked to end, as at Ctrl-C."""
        await self.child.stop(patience)

    async def kill(self) -> None:
        """kill -9."""
        await self.child.kill()


@dataclass(frozen=True)
class Servers:
    """Both servers, running."""

    nats: Server
    mongo: Server

    @property
    def nats_url(self) -> str:
        return self.nats.url

    @property
    def mongo_url(self) -> str:
        return self.mongo.url


@asynccontextmanager
async def servers(data: Path, choose: Choose = any_free, identity: Path | None = None) -> AsyncIterator[Servers]:
    """Both servers with their data and logs under `data`, on ports nobody else uses, until the block is left."""
    async with (
        _until_left(lambda: bus(data, choose, identity=identity)) as nats,
        _until_left(lambda: database(data, choose)) as mongo,
    ):
        yield Servers(nats, mongo)


def bus(data: Path, choose: Choose, held: Sequence[int] = (), identity: Path | None = None) -> Server:
    """nats-server, not started yet; with a folder of identities it speaks TLS and knows who is who."""
    port, monitor = choose("nats"), choose("nats-monitor")
    configuration, scheme = (identity / "bus" / "server.conf", "tls") if identity else (nats.PLAIN, "nats")
    command = nats.command(store(data, "nats"), port, monitor, configuration)
    child = Child(command, data / "logs" / "nats.log", held)
    return Server(child, nats.url(port, scheme), (port, monitor), lambda: nats.ready(monitor))


def database(data: Path, choose: Choose, held: Sequence[int] = (), secrets: Path | None = None) -> Server:
    """mongod, not started yet; with the folder of secrets it asks who is there, and everybody has an address."""
    port = choose("mongod")
    if secrets:
        database_secrets(secrets, f"{HOST}:{port}")
    child = Child(mongod.command(store(data, "mongo"), port, secrets), data / "logs" / "mongod.log", held)
    return Server(child, mongod.url(port), (port,), lambda: mongod.ready(port, secrets))


async def started(make: Callable[[], Server]) -> Server:
    """A server that serves; nothing is left running when it cannot."""
    for attempt in range(1, ATTEMPTS + 1):
        server = make()
        try:
            await server.start()
        except BaseException as error:
            await server.stop()
            if not isinstance(error, Trouble) or attempt == ATTEMPTS or all(map(is_free, server.ports)):
                raise
        else:
            return server
    raise AssertionError("unreachable")


@asynccontextmanager
async def _until_left(make: Callable[[], Server]) -> AsyncIterator[Server]:
    server = await started(make)
    try:
        yield server
    finally:
        await server.stop()


async def _dropped(*tasks: asyncio.Future[Any]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _why(child: Child, status: int) -> str:
    """The two ends that a bare machine causes are named; of any other the log says more."""
    words = last_line(child.log) if child.log else ""
    if "libcurl" in words:
        return f"{child.name} lacks a library: type `sudo apt-get install libcurl4` and start again."
    if status == -signal.SIGILL:
        return f"{child.name} needs a processor with AVX: run a MongoDB elsewhere and set MONGO_URL to it."
    return f"{child.name} ended at its start ({status}): {words} - the rest is in {child.log}."
