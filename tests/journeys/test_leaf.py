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

from deploy.embedded.children.child import Child, Command
from deploy.embedded.ports import any_free
from deploy.embedded.servers import nats as embedded
from deploy.embedded.servers.binaries import nats_server
from deploy.embedded.servers.running import Server, Servers
from deploy.identity.leaf import make_leaf
from deploy.identity.making import make
from deploy.setup.streams import declare
from shared.bus.connection import Bus
from shared.bus.leaf import domain
from shared.bus.publishing import publish_each
from shared.database import mongo
from shared.identity.access import Access
from tests.county import County
from tests.journeys.running import runs
from tests.keys import Guest, everything, guest, of
from tests.keys import station as station_key
from tests.submitters import Said, moment, station, stations, township

pytestmark = pytest.mark.asyncio(loop_scope="module")
OWN = [township.code, *(one.code for one in stations)]
ELSEWHERE = "150424101200"


@dataclass(frozen=True)
class Pair:
    """The county with its bus, and the township's bus, which knows the county only by its line."""

    county: County
    hub: Server
    leaf: Server
    secrets: Path
    mongo_url: str

    async def links(self) -> None:
        """The command that an operator types."""
        variables = {"NATS_URL": self.hub.url, "MONGO_URL": self.mongo_url, "NATS_CA": str(self.secrets / "ca.pem")}
        creds = self.secrets / "setup" / "bus.creds"
        status, said = await runs("deploy.setup.leaf", township.code, NATS_CREDS=str(creds), **variables)
        assert (status, said) == (0, f"linked: {len(OWN)} stations of {township.code}\n")


def server(folder: Path, name: str, configuration: Path, **more: str) -> Server:
    """Under its own name and domain, on ports of its own."""
    port, monitor, store = any_free("nats"), any_free("nats-monitor"), folder / name
    store.mkdir()
    env = {**embedded.command(store, port, monitor, configuration).env, "NATS_SERVER_NAME": name, **more}
    child = Child(Command(name, (nats_server(), "-c", configuration), env), folder / f"{name}.log")
    return Server(child, embedded.url(port, "tls"), (port, monitor), lambda: embedded.ready(monitor))


def both(folder: Path, secrets: Path) -> tuple[Server, Server]:
    line, bus = any_free("leaf"), secrets / "bus"
    certificate = {"NATS_CERT": json.dumps(str(bus / "server.pem")), "NATS_KEY": json.dumps(str(bus / "server.key"))}
    own = make_leaf(secrets, township.code, OWN, f"tls://127.0.0.1:{line}")
    hub = server(folder, "hub", bus / "hub.conf", NATS_LEAF_PORT=str(line), **certificate)
    return hub, server(folder, "leaf", own / "leaf.conf", LEAF_DOMAIN=domain(township.code))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def pair(quick_folder: Path, bus_and_database: Servers) -> AsyncIterator[Pair]:
    """Linked, and the county's services decide."""
    folder = quick_folder / "pair"
    secrets = folder / "secrets"
    make(secrets)
    hub, leaf = both(folder, secrets)
    databases, access = mongo.connect(bus_and_database.mongo_url), everything(secrets)
    try:
        await hub.start()
        await leaf.start()
        async with guest(hub.url, access) as county_guest:
            county = County(hub.url, county_guest.client, databases, access)
            await county.begins_anew()
            await county.is_founded()
            here = Pair(county, hub, leaf, secrets, bus_and_database.mongo_url)
            await here.links()
            async with county.working():
                yield here
    finally:
        await leaf.kill()
        await hub.kill()
        databases.close()


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
        await pair.hub.start()
        await pair.links()
        await decided(one, *said)
    await pair.county.settles()
    keys = [f"{each.submitter}/{each.id}" for each in said]
    ledger = pair.county.db("inspection")["ledger"]
    assert await ledger.count_documents({"_id": {"$in": keys}, "verdict": "accepted"}) == len(said)
    async with guest(pair.leaf.url, everything(pair.secrets)) as here:
        place = await Bus(here.client).api("STREAM.INFO.SUBMISSIONS")
    assert place["state"]["messages"] == len(said) + 1


async def test_setting_up_the_county_again_leaves_the_township_linked(pair: Pair) -> None:
    async with guest(pair.hub.url, of(pair.secrets, "setup")) as setup:
        await declare(Bus(setup.client))
    info = await pair.county.bus.api("STREAM.INFO.SUBMISSIONS")
    assert len(info["config"]["sources"]) == len(OWN)


async def test_a_station_of_elsewhere_is_not_taken_in_at_the_township(pair: Pair) -> None:
    async with guest(pair.leaf.url, station_key(pair.secrets, ELSEWHERE)) as one:
        with pytest.raises((nats.errors.NoRespondersError, nats.errors.TimeoutError)):
            await one.client.request(f"submit.inspection.log-inspection.{ELSEWHERE}", b"{}", timeout=1)


async def test_a_township_says_nothing_to_the_county_unasked(pair: Pair) -> None:
    access = Access(pair.secrets / domain(township.code) / "bus.creds", pair.secrets / "ca.pem")
    async with guest(pair.hub.url, access, inbox="_INBOX_leaf") as leaf:
        for subject in (
            f"submit.inspection.log-inspection.{station.code}",
            f"photo.{ELSEWHERE}.{'0' * 64}.0",
            f"heartbeat.{ELSEWHERE}",
            f"verdict.{station.code}.x",
            "$JS.county.API.CONSUMER.CREATE.VERDICTS.all",
            "$JS.API.STREAM.INFO.FACTS",
        ):
            await leaf.client.publish(subject, b"{}")
            assert len(await leaf.complaints()) == 1, subject
