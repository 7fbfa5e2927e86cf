"""Alerts of the machine, and of a bus and a database of three servers each, are fired by causing it.

The machine is looked at by node exporter, the servers by what goes by the sources of their exporters (`exporters.py`).
Thresholds are as they are, but for what would take hours, or most of the memory of this machine: `_sooner`.
"""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from pymongo.errors import PyMongoError

from deploy.embedded.ports import HOST, any_free
from deploy.embedded.servers.running import Server
from shared.database.mongo import Client, connect
from tests.cluster.ensemble import Ensemble, buses, members
from tests.monitoring.exporters import exporting, of_bus, of_database
from tests.monitoring.fleet import Fleet, fleet, said_to_be_caused
from tests.monitoring.watching import job, program, sooner
from tests.wants import ALERTMANAGER, ALERTS, EXPORTER, wants

MIB = 1 << 20
SMALL_OPLOG_MB = 8
OF_CLOCK = {"LianbanServerClock"}
TAKEN = 0.06
"""Of the machine's memory; the alert is told at half of it less than there is."""
LOOKS_AT = ("--collector.disable-defaults", "--collector.meminfo", "--collector.timex")
"""Of what compose's looks at, what these alerts ask."""


async def test_what_goes_wrong_with_the_machine_and_its_servers_is_told(tmp_path: Path) -> None:
    wants(ALERTS)
    wants(ALERTMANAGER)
    wants(EXPORTER)
    async with AsyncExitStack() as stack:
        three = await stack.enter_async_context(buses(tmp_path / "bus"))
        database = await stack.enter_async_context(members(tmp_path / "database", oplog_mb=SMALL_OPLOG_MB))
        at = Ensemble(three, database)
        http = await stack.enter_async_context(httpx.AsyncClient(trust_env=False))
        client = connect(at.mongo_url)
        stack.callback(client.close)
        jobs = await stack.enter_async_context(_exported(tmp_path, at, http))
        changed = sooner(await _sooner(http, next(iter(three.values()))))
        county = await stack.enter_async_context(fleet(tmp_path, at, changed, jobs, copies=3))
        await county.starts("feedback")
        await _memory_is_short(county)
        await _the_clock_is_not_kept(county)
        await _the_bus_is_in_trouble(county, at)
        await _the_database_is_in_trouble(county, at, client)
        unkept = set() if county.caused >= OF_CLOCK else OF_CLOCK
        assert county.caused >= said_to_be_caused("by causing it at the machine and at three servers") - unkept


@asynccontextmanager
async def _exported(folder: Path, at: Ensemble, http: httpx.AsyncClient) -> AsyncIterator[list[dict[str, Any]]]:
    """What Prometheus is to ask beside the county."""
    port = any_free("node")
    node = program(folder, "prometheus-node-exporter", f"--web.listen-address={HOST}:{port}", *LOOKS_AT)
    node.start()
    monitors = {server.child.name: server.ports[1] for server in at.buses.values()}
    try:
        async with exporting(of_bus(monitors, http)) as bus, exporting(of_database(at.mongo_url)) as database:
            yield [
                job("node", port, instance="host"),
                job("nats", bus, instance="nats"),
                job("mongodb", database, instance="mongo"),
            ]
    finally:
        await node.stop()


async def _sooner(http: httpx.AsyncClient, bus: Server) -> Mapping[str, Mapping[str, str]]:
    held = (await http.get(f"http://{HOST}:{bus.ports[1]}/varz")).json()["mem"] // MIB
    return {
        "LianbanMemoryShort": {"< 0.1": f"< {_available() - TAKEN / 2:.4f}"},
        "LianbanBusMemory": {"> 800 *": f"> {held + 60} *"},
        "LianbanMongoLag": {"> 60": "> 4"},
        "LianbanMongoElections": {"[1h:1m]": "[1h:1s]"},
    }


def _memory() -> dict[str, int]:
    lines = Path("/proc/meminfo").read_text().splitlines()
    return {name: int(rest.split()[0]) * 1024 for name, _, rest in (line.partition(":") for line in lines)}


def _available() -> float:
    found = _memory()
    return found["MemAvailable"] / found["MemTotal"]


async def _memory_is_short(county: Fleet) -> None:
    await county.is_quiet("LianbanMemoryShort")
    taken = b"\1" * int(_memory()["MemTotal"] * TAKEN)
    await county.fires("LianbanMemoryShort")
    del taken
    await county.is_quiet("LianbanMemoryShort")


async def _the_clock_is_not_kept(county: Fleet) -> None:
    """Nobody may set the clock of the machine on which this is tried; whether it is kept is as it is."""
    (kept,) = await county.asks("node_timex_sync_status")
    if kept["value"][1] == "0":
        await county.fires(*OF_CLOCK)
    else:
        await county.is_quiet(*OF_CLOCK)


async def _the_bus_is_in_trouble(county: Fleet, at: Ensemble) -> None:
    """Somebody reads nothing of what it wants to hear; much is held in memory; one of three stands still."""
    first, second, _ = at.buses.values()
    quiet = ("LianbanBusSlowConsumers", "LianbanBusMemory", "LianbanBusUnhealthy", "LianbanBusServerAway")
    await county.is_quiet(*quiet)
    with _deaf_to("loud", first):
        for _ in range(1200):
            await county.client.publish("loud", bytes(100 * 1024))
        await county.client.flush(timeout=60)
        await county.fires("LianbanBusSlowConsumers")
    await county.bus.api(
        "STREAM.CREATE.LOUD", {"name": "LOUD", "subjects": ["held"], "storage": "memory", "num_replicas": 3}
    )
    for _ in range(100):
        await county.client.request("held", bytes(MIB), timeout=30)
    await county.fires("LianbanBusMemory")
    await county.bus.api("STREAM.DELETE.LOUD")
    county.signals(second.child, signal.SIGSTOP)
    try:
        await county.fires("LianbanBusUnhealthy", "LianbanBusServerAway")
    finally:
        county.signals(second.child, signal.SIGCONT)


def _deaf_to(subject: str, server: Server) -> socket.socket:
    """A connection that wants to hear it, and reads nothing."""
    made = socket.socket()
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    made.connect((HOST, urlsplit(server.url).port))
    made.sendall(f'CONNECT {{"verbose":false}}\r\nSUB {subject} 1\r\n'.encode())
    return made


async def _the_database_is_in_trouble(county: Fleet, at: Ensemble, client: Client) -> None:
    """More is changed than is kept; a member takes nothing over; the primary changes; one stands still, then all."""
    names = ("LianbanMongoLag", "LianbanMongoOplogShort", "LianbanMongoElections")
    await county.is_quiet(*names, "LianbanMongoDown", "LianbanDatabaseMemberAway")
    written = asyncio.create_task(_keeps_writing(client))
    try:
        await county.fires("LianbanMongoOplogShort")
        primary = await at.primary()
        other = next(one for one in at.members.values() if one is not primary)
        async with _takes_nothing_over(other):
            await county.fires("LianbanMongoLag")
        await county.fires_by("LianbanMongoElections", lambda: _steps_down(client))
    finally:
        written.cancel()
    await county.is_quiet("LianbanDatabaseMemberAway")
    still = [one.child for one in at.members.values() if one is not await at.primary()]
    try:
        county.signals(still[0], signal.SIGSTOP)
        await county.fires("LianbanDatabaseMemberAway")
        await county.is_quiet("LianbanMongoDown")
        county.signals(still[1], signal.SIGSTOP)
        await county.fires("LianbanMongoDown")
    finally:
        for child in still:
            county.signals(child, signal.SIGCONT)


async def _keeps_writing(client: Client) -> None:
    while True:
        with suppress(PyMongoError):
            await client["elsewhere"]["much"].replace_one({"_id": 1}, {"much": bytes(MIB)}, upsert=True)
        await asyncio.sleep(0.1)


@asynccontextmanager
async def _takes_nothing_over(member: Server) -> AsyncIterator[None]:
    """As while its disk is copied."""
    alone = connect(f"mongodb://{member.url}/?directConnection=true")
    try:
        await alone.admin.command("fsync", lock=True)
        yield
        await alone.admin.command("fsyncUnlock")
    finally:
        alone.close()


async def _steps_down(client: Client) -> None:
    """Once, and then the time between two looks of Prometheus."""
    async with asyncio.timeout(60):
        while True:
            with suppress(PyMongoError):
                await client.admin.command("replSetStepDown", 5, secondaryCatchUpPeriodSecs=3)
                break
            await asyncio.sleep(0.3)
    await asyncio.sleep(2.5)
