"""A township whose line is gone goes on submitting to its own bus; afterwards everything is at the county once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import nats.errors
import pytest
import pytest_asyncio
from nats.aio.client import Client
from nats.aio.msg import Msg

from deploy.embedded.children.child import Child, Command
from deploy.embedded.ports import any_free
from deploy.embedded.servers import nats as embedded
from deploy.embedded.servers.binaries import nats_server
from deploy.embedded.servers.running import Server, Servers
from deploy.identity.authorities import user
from deploy.identity.leaf import make_leaf
from deploy.identity.making import make
from deploy.township.carrying import carries
from shared.bus.connection import Bus
from shared.bus.leaf import domain
from shared.bus.photos import cut
from shared.bus.publishing import publish_all, publish_each
from shared.bus.round_trip import round_trip
from shared.database import mongo
from shared.events.outgoing import Outgoing
from shared.identity.access import Access
from tests.county import County, ended
from tests.journeys.running import runs
from tests.keys import Guest, everything, guest, of
from tests.keys import station as station_key
from tests.submitters import Said, moment, station, stations, township

pytestmark = pytest.mark.asyncio(loop_scope="module")
OWN = [township.code, *(one.code for one in stations)]
ELSEWHERE = "150424101200"


@dataclass
class Pair:
    """The county with its bus, and the township's bus with what brings to the county what waits there."""

    county: County
    hub: Server
    leaf: Server
    secrets: Path
    mongo_url: str
    line: asyncio.Task[None] | None = None

    @property
    def own(self) -> Path:
        """The township's folder."""
        return self.secrets / domain(township.code)

    async def line_is_there(self) -> None:
        """From now on, until it is taken away."""
        self.line = asyncio.create_task(carries(self.own, self.leaf.url))

    async def line_is_gone(self) -> None:
        """The program ends, as it does at kill -9."""
        if self.line is not None:
            await ended([self.line])


def server(folder: Path, name: str, configuration: Path) -> Server:
    """Under its own name, on ports of its own."""
    port, monitor, store = any_free("nats"), any_free("nats-monitor"), folder / name
    store.mkdir()
    env = {**embedded.command(store, port, monitor, configuration).env, "NATS_SERVER_NAME": name}
    child = Child(Command(name, (nats_server(), "-c", configuration), env), folder / f"{name}.log")
    return Server(child, embedded.url(port, "tls"), (port, monitor), lambda: embedded.ready(monitor))


def both(folder: Path, secrets: Path) -> tuple[Server, Server]:
    hub = server(folder, "hub", secrets / "bus" / "server.conf")
    return hub, server(folder, "leaf", make_leaf(secrets, township.code, OWN, hub.url) / "leaf.conf")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def pair(quick_folder: Path, bus_and_database: Servers) -> AsyncIterator[Pair]:
    """With the line between them, and the county's services decide."""
    folder = quick_folder / "pair"
    secrets = folder / "secrets"
    make(secrets)
    hub, leaf = both(folder, secrets)
    databases, access = mongo.connect(bus_and_database.mongo_url), everything(secrets)
    here = Pair(County("", Client(), databases), hub, leaf, secrets, bus_and_database.mongo_url)
    try:
        await hub.start()
        await leaf.start()
        async with guest(hub.url, access) as county_guest:
            here.county = county = County(hub.url, county_guest.client, databases, access)
            await county.begins_anew()
            await county.is_founded()
            await here.line_is_there()
            await streams_are_there(here)
            async with county.working():
                yield here
    finally:
        await here.line_is_gone()
        await leaf.kill()
        await hub.kill()
        databases.close()


async def streams_are_there(pair: Pair) -> None:
    """The line's program makes them when it begins."""
    async with guest(pair.leaf.url, everything_there(pair)) as there, asyncio.timeout(60):
        while len(await streams(Bus(there.client))) < 2:
            await asyncio.sleep(0.05)


async def streams(bus: Bus) -> list[str]:
    """By their names."""
    names: list[str] = (await bus.api("STREAM.NAMES")).get("streams") or []
    return names


async def verdict(at: Guest, said: Said) -> str:
    """What the station finds at the township's own bus; empty while it finds nothing."""
    subject = f"$JS.API.DIRECT.GET.VERDICTS.verdict.{said.submitter}.{said.id}"
    found = await at.client.request(subject, b"", timeout=5)
    return str(json.loads(found.data)["verdict"]) if found.data else ""


async def decided(at: Guest, *said: Said) -> None:
    async with asyncio.timeout(60):
        for one in said:
            while await verdict(at, one) != "accepted":
                await asyncio.sleep(0.05)


async def test_a_station_submits_at_the_township_and_hears_its_verdict_there(pair: Pair) -> None:
    said = station.logs(moment("2018-03-05"))
    async with guest(pair.leaf.url, station_key(pair.secrets, station.code)) as one:
        heard = await one.client.subscribe(f"verdict.{station.code}.*")
        await publish_each(one.client, [said.message], 5)
        live = await heard.next_msg(10)
        assert live.subject == f"verdict.{station.code}.{said.id}"
        await decided(one, said)
        assert await one.complaints() == []


async def test_what_was_submitted_while_the_line_was_gone_is_in_the_ledger_once(pair: Pair) -> None:
    said = [station.logs(moment(f"2018-03-{day:02}")) for day in range(6, 20)]
    async with guest(pair.leaf.url, station_key(pair.secrets, station.code)) as one:
        await pair.hub.kill()
        await publish_each(one.client, [each.message for each in said], 5)
        assert await verdict(one, said[0]) == "", "it is not waited for"
        await pair.hub.start()
        await decided(one, *said)
    await pair.county.settles()
    keys = [f"{each.submitter}/{each.id}" for each in said]
    ledger = pair.county.db("inspection")["ledger"]
    assert await ledger.count_documents({"_id": {"$in": keys}, "verdict": "accepted"}) == len(said)


async def test_what_waits_is_brought_in_its_order_whenever_the_line_ends(pair: Pair) -> None:
    """Ends and begins again while three stations' work is under way; nothing is lost and nothing decided twice."""
    said = [one.serves(1, n=n) for n in range(100, 400) for one in stations[:3]]
    async with guest(pair.leaf.url, everything_there(pair)) as there:
        for first in range(0, len(said), 100):
            await publish_all(there.client, [each.message for each in said[first : first + 100]], 5)
            await asyncio.sleep(0.05)
            await pair.line_is_gone()
            await pair.line_is_there()
    async with asyncio.timeout(120):
        while await served(pair) < len(said):
            await asyncio.sleep(0.1)
    await pair.county.settles()
    kept = pair.county.db("greenchannel")["ledger"].find({"type": "record-green-service"}).sort("sequence", 1)
    entries = [entry["_id"] async for entry in kept]
    for one in stations[:3]:
        mine = [f"{each.submitter}/{each.id}" for each in said if each.submitter == one.code]
        assert [key for key in entries if key in {*mine}] == mine


async def served(pair: Pair) -> int:
    """How many services the county knows of."""
    return await pair.county.db("greenchannel")["ledger"].count_documents({"type": "record-green-service"})


def everything_there(pair: Pair) -> Access:
    """Whoever runs the township's bus may do anything there: a user of its own account."""
    place = pair.own / "everything.creds"
    user(place, pair.secrets, domain(township.code), "everything", {"pub": {}, "sub": {}})
    return Access(place, pair.own / "ca.pem")


async def test_photos_are_brought_and_heartbeats_answered_over_the_line(pair: Pair) -> None:
    async def answers(message: Msg) -> None:
        await message.respond(b"heard " + message.subject.encode())

    async with (
        guest(pair.hub.url, of(pair.secrets, "inspection")) as inspection,
        guest(pair.leaf.url, station_key(pair.secrets, station.code)) as one,
    ):
        await inspection.client.subscribe("heartbeat.*", queue="inspection", cb=answers)
        await round_trip(inspection.client)
        answer = await one.client.request(f"heartbeat.{station.code}", b"{}", timeout=30)
        assert answer.data == f"heard heartbeat.{station.code}".encode()
        await publish_each(one.client, [*cut(station.code, b"x" * 100_000)], 5)
        async with asyncio.timeout(60):
            while len(await pair.county.everything("PHOTOS")) < 3:
                await asyncio.sleep(0.05)
        assert await one.complaints() == await inspection.complaints() == []


async def test_what_the_county_would_never_store_holds_up_nobody(pair: Pair) -> None:
    """Whoever runs the township's bus can put anything into its stream."""
    good = station.serves(7, n=7)
    odd = [Outgoing(f"submit.{what}.{station.code}", b"{}", {}) for what in ("x.y", "inspection.>", "inspection.dance")]
    async with (
        guest(pair.leaf.url, everything_there(pair)) as there,
        guest(pair.leaf.url, station_key(pair.secrets, station.code)) as one,
    ):
        await publish_each(there.client, [*odd, good.message], 5)
        await decided(one, good)


async def test_a_station_of_elsewhere_is_not_taken_in_at_the_township(pair: Pair) -> None:
    async with guest(pair.leaf.url, station_key(pair.secrets, ELSEWHERE)) as one:
        with pytest.raises((nats.errors.NoRespondersError, nats.errors.TimeoutError)):
            await one.client.request(f"submit.inspection.log-inspection.{ELSEWHERE}", b"{}", timeout=1)


async def test_a_folder_that_is_none_is_told_in_a_sentence(tmp_path: Path) -> None:
    status, said = await runs("deploy.township", str(tmp_path))
    assert (status, "holds no line.json" in said) == (1, True)
