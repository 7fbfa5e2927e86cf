"""Three servers of one bus and three members of one database on loopback, of which any may be killed."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.embedded.children.child import Child, Command
from deploy.embedded.ports import HOST, any_free
from deploy.embedded.servers import mongod, nats
from deploy.embedded.servers.readiness import listening
from deploy.embedded.servers.running import Server
from deploy.identity.database import address_of, database_secrets
from deploy.setup.patiently import patiently
from deploy.setup.users import initiate
from shared.bus.connection import Bus
from shared.bus.streams import STREAMS
from shared.database.mongo import Client

SERVERS = 3
ONE_OF_SEVERAL = nats.PLAIN.with_name("cluster.conf")
"""As compose starts it: beside a folder in which the configuration of a bus alone lies."""


PATIENCE = 120.0
"""Seconds for members to elect another; three are enough for a machine with nothing else to do."""


def reaching(url: str) -> Client:
    """A client that waits for whoever takes writes as long as a busy machine takes to elect one."""
    return Client(url, serverSelectionTimeoutMS=int(PATIENCE * 1000))


@dataclass(frozen=True)
class Ensemble:
    """Running, each by its address; what was killed may be started again."""

    buses: dict[str, Server]
    members: dict[str, Server]

    @property
    def nats_url(self) -> str:
        """All of them, as a process is told."""
        return ",".join(self.buses)

    @property
    def mongo_url(self) -> str:
        """The same of the database."""
        return f"mongodb://{','.join(self.members)}/?replicaSet={mongod.REPLICA_SET}"

    async def leader(self, bus: Bus, stream: str) -> Server:
        """The server that leads a stream."""
        name = str((await bus.api(f"STREAM.INFO.{stream}"))["cluster"]["leader"])
        return next(server for server in self.buses.values() if server.child.name == name)

    async def is_whole(self, bus: Bus) -> None:
        """Every server has all of every stream, or `TimeoutError`: what is read may come from any."""
        infos = [await bus.api(f"STREAM.INFO.{stream.name}") for stream in STREAMS]
        if not all(one["current"] and not one.get("lag") for info in infos for one in info["cluster"]["replicas"]):
            raise TimeoutError("a server is behind")

    async def primary(self) -> Server:
        """The member that takes writes."""
        client = reaching(self.mongo_url)
        try:
            return self.members[str((await client.admin.command("hello"))["primary"])]
        finally:
            client.close()


@asynccontextmanager
async def buses(folder: Path) -> AsyncIterator[dict[str, Server]]:
    """Three servers that have found one another."""
    ports = {f"lianban-{n}": (any_free(), any_free(), any_free()) for n in range(1, SERVERS + 1)}
    routes = json.dumps([f"nats://{HOST}:{port}" for *_, port in ports.values()])
    made = [_bus(folder / name, name, own, routes) for name, own in ports.items()]
    async with _running(made):
        yield {server.url: server for server in made}


def _bus(folder: Path, name: str, ports: tuple[int, int, int], routes: str) -> Server:
    port, monitor, route = ports
    (bus := folder / "secrets" / "bus").mkdir(parents=True)
    shutil.copy(nats.PLAIN, bus / "server.conf")
    configuration = shutil.copy(ONE_OF_SEVERAL, folder)
    plain = nats.command(folder / "store", port, monitor, Path(configuration))
    own = {"NATS_SERVER_NAME": name, "NATS_ROUTE": json.dumps(f"{HOST}:{route}"), "NATS_ROUTES": routes}
    command = Command(name, plain.argv, {**plain.env, **own}, plain.orphaned)
    return Server(Child(command, folder / "log"), nats.url(port), (port, monitor, route), lambda: nats.ready(monitor))


@asynccontextmanager
async def members(
    folder: Path, secrets: Path | None = None, begun: int = SERVERS, oplog_mb: int | None = None
) -> AsyncIterator[dict[str, Server]]:
    """Three members, of which one takes writes; with a folder for their secrets they ask who is there.

    So many have `begun` the set; the others are new. `oplog_mb` is how much each keeps of what was changed.
    """
    ports = [any_free() for _ in range(SERVERS)]
    if secrets:
        database_secrets(secrets, ",".join(f"{HOST}:{port}" for port in ports))
    made = {f"{HOST}:{port}": _member(folder / str(port), port, secrets, oplog_mb) for port in ports}
    everybody, first = ",".join(made), ",".join([*made][:begun])
    async with _running([*made.values()]):
        if secrets:
            url = address_of(secrets, "setup").replace(everybody, first)
            key = (secrets / "mongo" / "key").read_text().strip()
            await patiently(lambda: initiate(url, key), PATIENCE)
        else:
            await patiently(lambda: initiate(f"mongodb://{first}/?replicaSet={mongod.REPLICA_SET}"), PATIENCE)
        yield made


def _member(folder: Path, port: int, secrets: Path | None, oplog_mb: int | None) -> Server:
    (store := folder / "store").mkdir(parents=True)
    command = mongod.command(store, port, secrets)
    if oplog_mb:
        kept = [one for one in command.argv if not str(one).startswith("--oplogSize")]
        command = Command(command.name, (*kept, f"--oplogSize={oplog_mb}"), command.env, command.orphaned)
    child = Child(command, folder / "log")
    return Server(child, f"{HOST}:{port}", (port,), lambda: listening(port))


@asynccontextmanager
async def ensemble(folder: Path) -> AsyncIterator[Ensemble]:
    """Both, until the block is left."""
    async with buses(folder / "bus") as own, members(folder / "database") as database:
        yield Ensemble(own, database)


@asynccontextmanager
async def _running(servers: Sequence[Server]) -> AsyncIterator[None]:
    async with AsyncExitStack() as stack:
        for server in servers:
            stack.push_async_callback(server.kill)
        await asyncio.gather(*(server.start() for server in servers))
        yield
