"""What is measured on: the real servers, the four services as processes, Linxi's roster loaded."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from motor.motor_asyncio import AsyncIOMotorClient

from deploy.embedded.children.child import Child, python
from deploy.embedded.county.programs import Keys
from deploy.embedded.ports import HOST, any_free
from deploy.embedded.servers.readiness import answering
from deploy.embedded.servers.running import Servers, servers
from deploy.identity.making import make
from deploy.identity.people_keys import people_keys
from deploy.linxi.county import COUNTY
from deploy.linxi.year.roster.founding import registrations
from deploy.setup.indexes import index
from deploy.setup.streams import declare
from shared.bus.connection import Bus
from shared.bus.draining import drained
from shared.bus.publishing import publish_by_shares
from shared.database import mongo
from shared.identity.access import Access, enter
from shared.identity.tokens import token_of
from shared.services import SERVICES
from tests.bench.scale import PATIENCE
from tests.keys import everything

SECRET = "a county's secret of the bench, long enough"
LOOK = 0.05
"""Seconds between two looks at whether something is done."""


@dataclass(frozen=True)
class Ground:
    """Everything that runs, and the bench's own connections to it."""

    servers: Servers
    bus: Bus
    databases: AsyncIOMotorClient[dict[str, Any]]
    services: Mapping[str, Child]
    urls: Mapping[str, str]
    http: httpx.AsyncClient
    folder: Path
    access: Access

    @property
    def env(self) -> dict[str, str]:
        """What a process beside the bench is told."""
        where = {"NATS_URL": self.servers.nats_url, "MONGO_URL": self.servers.mongo_url}
        return {**os.environ, **where, "NATS_CREDS": str(self.access.creds), "NATS_CA": str(self.access.ca)}

    @property
    def pids(self) -> dict[str, int]:
        """The four services and the two servers; none of them is started again within a run."""
        children = {**self.services, "nats-server": self.servers.nats.child, "mongod": self.servers.mongo.child}
        return {name: child.pid for name, child in children.items() if child.pid is not None}

    def db(self, service: str) -> mongo.Database:
        """A service's database."""
        return mongo.database(self.databases, service)

    async def settles(self) -> None:
        """All is decided and followed: the next measurement begins on a quiet ground."""
        until = time.monotonic() + PATIENCE
        while not await drained(self.bus):
            if time.monotonic() > until:
                raise TimeoutError(
                    f"the services have not caught up after {PATIENCE:g} s; their logs are in the folder"
                )
            await asyncio.sleep(LOOK)


@asynccontextmanager
async def ground(folder: Path) -> AsyncIterator[Ground]:
    """A county of its own on free ports, ended with the block."""
    async with AsyncExitStack() as stack:
        keys = Keys(folder / "secrets")
        make(folder / "secrets")
        running = await stack.enter_async_context(servers(folder, identity=keys.secrets))
        access = everything(folder / "secrets")
        client = await enter(running.nats_url, access)
        stack.push_async_callback(client.close)
        databases = mongo.connect(running.mongo_url)
        stack.callback(databases.close)
        await declare(Bus(client))
        await index(databases)
        as_county = (COUNTY, token_of(COUNTY, SECRET))
        http = await stack.enter_async_context(httpx.AsyncClient(trust_env=False, timeout=PATIENCE, auth=as_county))
        children, urls = await _services(running, folder, keys, stack)
        here = Ground(running, Bus(client), databases, children, urls, http, folder, access)
        await publish_by_shares(client, registrations(2018), timeout=30)
        await here.settles()
        yield here


async def _services(
    running: Servers, folder: Path, keys: Keys, stack: AsyncExitStack
) -> tuple[dict[str, Child], dict[str, str]]:
    ports = {service: any_free() for service in SERVICES}
    urls = {service: f"http://{HOST}:{port}/{service}" for service, port in ports.items()}
    children = {service: _service(service, port, running, folder, keys) for service, port in ports.items()}
    for child in children.values():
        child.start()
        stack.push_async_callback(child.stop)
    async with asyncio.timeout(PATIENCE):
        await asyncio.gather(*(answering(f"{url}/readyz") for url in urls.values()))
    return children, urls


def _service(service: str, port: int, running: Servers, folder: Path, keys: Keys) -> Child:
    where = {"NATS_URL": running.nats_url, "MONGO_URL": running.mongo_url, "HTTP_HOST": HOST, "HTTP_PORT": str(port)}
    own = {"INSTANCE": f"{service}-1", "COUNTY": COUNTY, "TOKEN_SECRET": SECRET, "OLDEST_DAYS": "36500"}
    if service == "roster":
        own["PEOPLE_KEYS"] = str(people_keys(folder / "secrets"))
    return Child(
        python(service, f"services.{service}", where | own | keys.of(service)), folder / "logs" / f"{service}.log"
    )
