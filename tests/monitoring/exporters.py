"""What the exporters of bus and database say of real servers: their names and their arithmetic, without their programs.

Neither is a package of the machines on which tests run. What is here goes by their sources: prometheus-nats-exporter
with `-varz -healthz -use_internal_server_name`, mongodb_exporter 0.53 with `--compatible-mode`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx
from prometheus_client import CollectorRegistry, Gauge, generate_latest
from pymongo.errors import PyMongoError

from deploy.embedded.ports import HOST
from shared.database.mongo import Client, connect

SOON = 0.8
"""Seconds within which a server answers; Prometheus waits for one."""
Figures = Callable[[], Awaitable[bytes]]
REPLICA_SET = "mongodb_mongod_replset_"


@asynccontextmanager
async def exporting(figures: Figures) -> AsyncIterator[int]:
    """The port on which these figures are answered, looked up each time."""

    async def answers(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        body = await figures()
        writer.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/plain; version=0.0.4\r\n\r\n" + body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answers, HOST, 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


def of_bus(monitors: Mapping[str, int], http: httpx.AsyncClient) -> Figures:
    """Of servers by their name, each with the port of its monitoring."""

    async def figures() -> bytes:
        said = Said()
        await asyncio.gather(*(_of_server(said, name, port, http) for name, port in monitors.items()))
        return generate_latest(said.registry)

    return figures


async def _of_server(said: Said, name: str, port: int, http: httpx.AsyncClient) -> None:
    try:
        varz = (await http.get(f"http://{HOST}:{port}/varz", timeout=SOON)).json()
        status = (await http.get(f"http://{HOST}:{port}/healthz", timeout=SOON)).json()["status"]
    except httpx.HTTPError:
        status = "unreachable"
    else:
        said.of("gnatsd_varz_mem", varz["mem"], server_id=name)
        said.of("gnatsd_varz_slow_consumers", varz["slow_consumers"], server_id=name)
    said.of("gnatsd_healthz_status_value", status == "ok", server_id=name, value=status)


def of_database(url: str) -> Figures:
    """Of a replica set, as its primary sees it; of one that does not answer only that."""

    async def figures() -> bytes:
        said = Said()
        client = connect(url)
        try:
            async with asyncio.timeout(SOON):
                for name, value, labels in [one async for one in _of_set(client)]:
                    said.of(name, value, **labels)
        except (PyMongoError, TimeoutError):
            said = Said()
            said.of("mongodb_up", 0)
        else:
            said.of("mongodb_up", 1)
        finally:
            client.close()
        return generate_latest(said.registry)

    return figures


async def _of_set(client: Client) -> AsyncIterator[tuple[str, float, dict[str, str]]]:
    status: dict[str, Any] = await client.admin.command("replSetGetStatus")
    yield f"{REPLICA_SET}number_of_members", len(status["members"]), {"set": status["set"]}
    for name, order in (("head", -1), ("tail", 1)):
        (entry,) = await client["local"]["oplog.rs"].find().sort("$natural", order).to_list(1)
        yield f"{REPLICA_SET}oplog_{name}_timestamp", entry["ts"].time, {}
    for one in _of_members(status["members"]):
        yield one


def _of_members(members: list[dict[str, Any]]) -> Iterator[tuple[str, float, dict[str, str]]]:
    """Who is away has no moment, and so no lag."""
    newest = next((one["optimeDate"].timestamp() for one in members if one["stateStr"] == "PRIMARY"), 0)
    for one in members:
        labels = {"name": str(one["name"]), "state": str(one["stateStr"])}
        if "electionTime" in one:
            yield f"{REPLICA_SET}member_election_date", one["electionTime"].time, labels
        own = one["optimeDate"].timestamp()
        if newest and own and one["stateStr"] != "PRIMARY":
            yield f"{REPLICA_SET}member_replication_lag", abs(own - newest), labels


class Said:
    """Samples of one answer."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._gauges: dict[str, Gauge] = {}

    def of(self, name: str, figure: float, /, **labels: str) -> None:
        """One more; of a name all have the same labels."""
        if name not in self._gauges:
            self._gauges[name] = Gauge(name, name, list(labels), registry=self.registry)
        gauge = self._gauges[name]
        (gauge.labels(**labels) if labels else gauge).set(float(figure))
