"""A county whose parts are broken on purpose, and a Prometheus with the county's own rules that looks at it."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

import httpx
import nats
from motor.motor_asyncio import AsyncIOMotorClient
from nats.aio.client import Client

from deploy.embedded.children.child import Child, python
from deploy.embedded.ports import HOST, any_free
from deploy.embedded.servers.readiness import answering
from deploy.embedded.settings import ROOT
from deploy.identity.people_keys import people_keys
from deploy.setup.indexes import index
from deploy.setup.patiently import patiently
from deploy.setup.replicas import Copies
from deploy.setup.streams import declare
from shared.bus.connection import Bus
from shared.bus.draining import drained
from shared.bus.publishing import publish_by_shares
from shared.calendar import CHINA
from shared.database import mongo
from shared.services import SERVICES
from tests.monitoring.watching import COPY, Changed, at_once, watching, write_rules, written
from tests.submitters import COUNTY, Said

PATIENCE = 240.0
ROOM = 0.01
"""Of the limits that are declared: what is to be filled is filled in a second."""
SECRET = "a county's secret of the tests, long enough"


class Addresses(Protocol):
    """Of bus and database, be they one server each or several."""

    @property
    def nats_url(self) -> str: ...

    @property
    def mongo_url(self) -> str: ...


@dataclass
class Fleet:
    """All that runs beside the servers, what has fired since it began, and what was caused of it."""

    folder: Path
    at: Addresses
    client: Client
    databases: AsyncIOMotorClient[dict[str, Any]]
    http: httpx.AsyncClient
    ports: Mapping[str, int]
    watched: str
    services: dict[str, Child] = field(default_factory=dict)
    fired: set[str] = field(default_factory=set)
    caused: set[str] = field(default_factory=set)

    @property
    def bus(self) -> Bus:
        """With every right."""
        return Bus(self.client)

    def db(self, service: str) -> mongo.Database:
        """A service's database."""
        return mongo.database(self.databases, service)

    async def hears(self, *said: Said) -> None:
        """All is decided and followed when it returns."""
        await publish_by_shares(self.client, [one.message for one in said], timeout=30)
        async with asyncio.timeout(PATIENCE):
            while not await drained(self.bus):
                await asyncio.sleep(0.1)

    async def starts(self, *names: str, **more: str) -> None:
        """These services, told this beside what they always are."""
        for name in names:
            self.services[name] = self._service(name, more)
            self.services[name].start()
        async with asyncio.timeout(PATIENCE):
            await asyncio.gather(*(self.answers(name) for name in names))

    async def answers(self, name: str) -> None:
        """The service tells what is measured."""
        await answering(f"http://{HOST}:{self.ports[name]}/{name}/metrics")

    async def ends(self, *names: str) -> None:
        """With all that is in hand."""
        await asyncio.gather(*(self.services[name].stop() for name in names))

    def signals(self, child: Child, number: signal.Signals) -> None:
        """A program and whatever it has started."""
        assert child.pid
        os.killpg(child.pid, number)

    async def fires(self, *names: str) -> None:
        """Each of these has been told."""
        end = time.monotonic() + PATIENCE
        while missing := {*names} - self.fired:
            assert time.monotonic() < end, f"never fired: {sorted(missing)}"
            self.fired |= await self._firing()
            await asyncio.sleep(0.3)
        self.caused |= {*names}

    async def fires_by(self, name: str, cause: Callable[[], Awaitable[None]]) -> None:
        """Caused until it is told: between which two looks of Prometheus a cause falls is for a busy machine to say."""
        end = time.monotonic() + PATIENCE
        while name not in self.fired:
            assert time.monotonic() < end, f"never fired: {name}"
            await cause()
            self.fired |= await self._firing()
        self.caused.add(name)

    async def is_quiet(self, *names: str) -> None:
        """None of these is told any more; what was told of them before is forgotten."""
        end = time.monotonic() + PATIENCE
        while still := {*names} & await self._firing():
            assert time.monotonic() < end, f"never ended: {sorted(still)}"
            await asyncio.sleep(0.3)
        self.fired -= {*names}

    async def asks(self, query: str) -> list[Any]:
        """What Prometheus answers now."""
        answer = (await self.http.get(f"{self.watched}/api/v1/query", params={"query": query})).json()
        assert answer["status"] == "success", (query, answer)
        found: list[Any] = answer["data"]["result"]
        return found

    async def _firing(self) -> set[str]:
        answer = (await self.http.get(f"{self.watched}/api/v1/alerts")).json()
        return {one["labels"]["alertname"] for one in answer["data"]["alerts"] if one["state"] == "firing"}

    def _service(self, name: str, more: Mapping[str, str]) -> Child:
        where = {"NATS_URL": self.at.nats_url, "MONGO_URL": self.at.mongo_url}
        own = {"HTTP_HOST": HOST, "HTTP_PORT": str(self.ports[name]), "INSTANCE": f"{name}-1", "COUNTY": COUNTY}
        own |= {"TOKEN_SECRET": SECRET, "OLDEST_DAYS": "36500"}
        if name == "roster":
            own["PEOPLE_KEYS"] = str(people_keys(self.folder / "secrets"))
        command = python(name, f"services.{name}", {**where, **own, **more})
        return Child(command, self.folder / f"{name}.log")


@asynccontextmanager
async def fleet(
    folder: Path,
    at: Addresses,
    changed: Changed = at_once,
    beside: Sequence[Mapping[str, Any]] = (),
    copies: Copies | None = None,
) -> AsyncIterator[Fleet]:
    """Streams and indexes on these servers, and who watches, with `beside` the county's more jobs; no service yet."""
    ports = {name: any_free(name) for name in (*SERVICES, COPY, "prometheus", "managed", "alerts")}
    async with AsyncExitStack() as stack:
        client = await nats.connect(at.nats_url.split(","), max_reconnect_attempts=-1, reconnect_time_wait=0.2)
        stack.push_async_callback(client.close)
        databases = mongo.connect(at.mongo_url)
        stack.callback(databases.close)
        await patiently(lambda: declare(Bus(client), ROOM, copies=copies), PATIENCE)
        await index(databases)
        http = await stack.enter_async_context(httpx.AsyncClient(trust_env=False, timeout=PATIENCE))
        made = Fleet(folder, at, client, databases, http, ports, f"http://{HOST}:{ports['prometheus']}")
        write_rules(folder, changed)
        written(folder, ports, beside=beside)
        for child in watching(folder, ports):
            child.start()
            stack.push_async_callback(child.stop)
            made.services[child.name] = child
        stack.push_async_callback(_all_end, made)
        yield made


async def _all_end(of: Fleet) -> None:
    for child in of.services.values():
        if child.pid:
            of.signals(child, signal.SIGCONT)
        await child.stop()


def said_to_be_caused(how: str) -> set[str]:
    """The alerts that docs/monitoring.md lists as tried in this way."""
    text = (ROOT / "docs" / "monitoring.md").read_text(encoding="utf-8")
    (listed,) = re.findall(rf"^\| {re.escape(how)} \| (.+) \|$", text, re.MULTILINE)
    return set(re.findall(r"Lianban\w+", listed))


def days_ago(days: int) -> date:
    """Whatever the day is on which it is tried."""
    return datetime.now(CHINA).date() - timedelta(days=days)


def disk(place: Path) -> bool:
    """A disk of its own with hardly any room left; only root may have one."""
    place.mkdir()
    mounting = ("mount", "-t", "tmpfs", "-o", "size=1m", "none", str(place))
    if subprocess.run(mounting, capture_output=True, check=False).returncode:
        return False
    (place / "full").write_bytes(bytes(1000 * 1024))
    return True
