"""A county whose parts are broken on purpose, and a Prometheus with the county's own rules that looks at it."""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import subprocess
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import nats
import yaml
from motor.motor_asyncio import AsyncIOMotorClient
from nats.aio.client import Client

from deploy.embedded.children.child import Child, Command, python
from deploy.embedded.ports import HOST, any_free
from deploy.embedded.servers.readiness import answering
from deploy.embedded.servers.running import Servers, servers
from deploy.embedded.settings import ROOT
from deploy.identity.people_keys import people_keys
from deploy.setup.indexes import index
from deploy.setup.streams import declare
from shared.bus.connection import Bus
from shared.bus.draining import drained
from shared.bus.publishing import publish_by_shares
from shared.calendar import CHINA
from shared.database import mongo
from shared.services import SERVICES
from tests.submitters import COUNTY, Said

PATIENCE = 240.0
ROOM = 0.01
"""Of the limits that are declared: what is to be filled is filled in a second."""
RULES = ROOT / "deploy" / "prometheus" / "rules"
COPIED, COPY = "greenchannel", "greenchannel-2"
SECRET = "a county's secret of the tests, long enough"
DUPLICATED = 'label_replace(label_replace(up{job="lianban"}, "service", "", "", ""), "instance", "", "", "")'
"""A rule that cannot be computed: what it says of four services has one name."""


def at_once(rules: Mapping[str, Any]) -> dict[str, Any]:
    """The same rules, which fire as soon as it is so; their thresholds and windows stay."""
    groups = [{**of, "rules": [_without(rule, "for") for rule in of["rules"]]} for of in rules["groups"]]
    return {"groups": groups}


def _without(rule: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in rule.items() if key != name}


@dataclass
class Fleet:
    """All that runs, and what has fired since it began."""

    folder: Path
    servers: Servers
    client: Client
    databases: AsyncIOMotorClient[dict[str, Any]]
    http: httpx.AsyncClient
    ports: Mapping[str, int]
    watched: str
    services: dict[str, Child] = field(default_factory=dict)
    fired: set[str] = field(default_factory=set)

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
            await self._looks()
            await asyncio.sleep(0.3)

    async def asks(self, query: str) -> list[Any]:
        """What Prometheus answers now."""
        answer = (await self.http.get(f"{self.watched}/api/v1/query", params={"query": query})).json()
        assert answer["status"] == "success", (query, answer)
        found: list[Any] = answer["data"]["result"]
        return found

    async def _looks(self) -> None:
        answer = (await self.http.get(f"{self.watched}/api/v1/alerts")).json()
        self.fired |= {one["labels"]["alertname"] for one in answer["data"]["alerts"] if one["state"] == "firing"}

    def _service(self, name: str, more: Mapping[str, str]) -> Child:
        where = {"NATS_URL": self.servers.nats.url, "MONGO_URL": self.servers.mongo.url}
        own = {"HTTP_HOST": HOST, "HTTP_PORT": str(self.ports[name]), "INSTANCE": f"{name}-1", "COUNTY": COUNTY}
        own |= {"TOKEN_SECRET": SECRET, "OLDEST_DAYS": "36500"}
        if name == "roster":
            own["PEOPLE_KEYS"] = str(people_keys(self.folder / "secrets"))
        command = python(name, f"services.{name}", {**where, **own, **more})
        return Child(command, self.folder / f"{name}.log")


def scraped(ports: Mapping[str, int], managed: int, away: Sequence[str] = ()) -> list[dict[str, Any]]:
    """As compose has it, for these ports; neither relay nor second copy is there, and services may be left out."""
    jobs: list[dict[str, Any]] = yaml.safe_load((RULES.parent / "prometheus.yml").read_text())["scrape_configs"]
    (county,) = (job for job in jobs if job["job_name"] == "lianban")
    for one in county["static_configs"]:
        service = one["labels"]["service"]
        one["targets"] = [f"{HOST}:{ports[at]}" for at in (service, COPY) if at == service or service == COPIED]
    county["static_configs"] = [one for one in county["static_configs"] if one["labels"]["service"] not in away]
    others = {"prometheus": ports["prometheus"], "alertmanager": managed, "alerts": ports["alerts"]}
    return [county, *({"job_name": job, **_at(port)} for job, port in others.items())]


def _at(*ports: int) -> dict[str, Any]:
    return {"static_configs": [{"targets": [f"{HOST}:{port}" for port in ports]}]}


def written(folder: Path, ports: Mapping[str, int], away: Sequence[str] = (), more: str = "") -> None:
    """What Prometheus is told; `more` is what somebody has written below it by mistake."""
    asked = {
        "global": {"scrape_interval": "1s", "scrape_timeout": "1s", "evaluation_interval": "1s"},
        "rule_files": [str(folder / "rules" / "*.yml")],
        "alerting": {"alertmanagers": [_at(ports["managed"], ports["alerts"])]},
        "scrape_configs": scraped(ports, ports["managed"], away),
    }
    (folder / "prometheus.yml").write_text(yaml.safe_dump(asked, allow_unicode=True) + more)


def _rules(folder: Path) -> None:
    (folder / "rules").mkdir()
    for file in RULES.glob("*.yml"):
        made = yaml.safe_dump(at_once(yaml.safe_load(file.read_text())), allow_unicode=True)
        (folder / "rules" / file.name).write_text(made)
    broken = {"groups": [{"name": "broken", "rules": [{"record": "broken", "expr": DUPLICATED}]}]}
    (folder / "rules" / "broken.yml").write_text(yaml.safe_dump(broken))


def _watching(folder: Path, ports: Mapping[str, int]) -> Iterator[Child]:
    """Prometheus, and an Alertmanager whose relay is away."""
    settings = yaml.safe_load((ROOT / "deploy" / "alertmanager" / "alertmanager.yml").read_text())
    for route in (settings["route"], *settings["route"]["routes"]):
        for name in ("mute_time_intervals", "active_time_intervals"):
            route.pop(name, None)
        route |= {"group_wait": "1s", "group_interval": "1s", "repeat_interval": "1s"}
    said = yaml.safe_dump(settings, allow_unicode=True).replace("alerts:8100", f"{HOST}:{ports['alerts']}")
    (folder / "alertmanager.yml").write_text(said)
    yield _program(
        folder,
        "prometheus-alertmanager",
        f"--config.file={folder / 'alertmanager.yml'}",
        f"--storage.path={folder / 'managed'}",
        f"--web.listen-address={HOST}:{ports['managed']}",
        "--cluster.listen-address=",
    )
    yield _program(
        folder,
        "prometheus",
        f"--config.file={folder / 'prometheus.yml'}",
        f"--storage.tsdb.path={folder / 'data'}",
        f"--web.listen-address={HOST}:{ports['prometheus']}",
        "--rules.alert.resend-delay=1s",
    )


def _program(folder: Path, name: str, *arguments: str) -> Child:
    return Child(Command(name, (shutil.which(name) or name, *arguments), {}), folder / f"{name}.log")


@asynccontextmanager
async def fleet(folder: Path) -> AsyncIterator[Fleet]:
    """Servers, streams and indexes, and who watches; no service yet."""
    ports = {name: any_free(name) for name in (*SERVICES, COPY, "prometheus", "managed", "alerts")}
    async with AsyncExitStack() as stack:
        running = await stack.enter_async_context(servers(folder))
        client = await nats.connect(running.nats.url, max_reconnect_attempts=-1, reconnect_time_wait=0.2)
        stack.push_async_callback(client.close)
        databases = mongo.connect(running.mongo.url)
        stack.callback(databases.close)
        await declare(Bus(client), ROOM)
        await index(databases)
        http = await stack.enter_async_context(httpx.AsyncClient(trust_env=False, timeout=PATIENCE))
        made = Fleet(folder, running, client, databases, http, ports, f"http://{HOST}:{ports['prometheus']}")
        _rules(folder)
        written(folder, ports)
        for child in _watching(folder, ports):
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
