"""With nothing but its own folder a township speaks for its own stations, and has nothing else done at the county."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio
from nats.aio.client import Client
from nats.aio.msg import Msg

from deploy.identity.authorities import user
from deploy.identity.leaf import line_rights, make_leaf
from deploy.identity.making import make
from deploy.setup.streams import declare
from shared.bus.connection import Bus, BusRefused
from shared.bus.leaf import domain
from shared.bus.publishing import publish_each
from shared.bus.round_trip import round_trip
from shared.bus.shares import kept_under
from shared.bus.streams import FACTS, STREAMS, VERDICTS
from shared.events.heartbeats import HeartbeatAnswer
from shared.events.outgoing import Outgoing
from shared.identity.access import Access, NoEntry, enter
from shared.identity.nats_jwt import claims_in, jwt_in
from tests.identity.conftest import Gate, opened
from tests.keys import everything, guest, of
from tests.submitters import COUNTY, moment, station, stations, township

pytestmark = pytest.mark.asyncio(loop_scope="module")
OWN = [township.code, *(one.code for one in stations)]
ELSEWHERE = "150424101200"
PHOTO, HEARTBEAT = f"photo.{station.code}.{'1' * 64}.0", f"heartbeat.{station.code}"
LOOK_UP = f"$JS.API.DIRECT.GET.{VERDICTS.name}.verdict.{station.code}.none"
FACT = f"fact.inspection-logged.{COUNTY}"
SAID = station.logs().message.subject
ANSWER = HeartbeatAnswer(time=moment("2018-03-05")).model_dump_json().encode()
ANSWERED_WHERE = [
    f"$JS.API.STREAM.PURGE.{FACTS.name}",
    f"$JS.API.STREAM.DELETE.{FACTS.name}",
    f"submit.roster.rotate-duty.{COUNTY}",
    FACT,
    f"verdict.{ELSEWHERE}.x",
    f"dead.roster.unreadable.{COUNTY}",
    "$KV.roster.150424",
    "$JS.ACK.SUBMISSIONS.inspection-submissions.1.99.99.1.0",
    *(
        f"$JS.ACK.SUBMISSIONS.x.1.2.2.1.0@{subject}"
        for subject in (f"submit.roster.rotate-duty.{COUNTY}", f"photo.{ELSEWHERE}.{'0' * 64}.0", "heartbeat.150424")
    ),
]


@dataclass(frozen=True)
class Ground:
    """The county's bus with some facts, inspection that answers heartbeats, and the township's folder."""

    gate: Gate
    county: Bus
    answering: Client
    heard: list[str]

    @property
    def own(self) -> Path:
        return self.gate.secrets / domain(township.code)

    @property
    def line(self) -> Access:
        """With what the folder holds for the county."""
        return Access(self.own / "line.creds", self.own / "ca.pem")

    async def lies(self) -> Counter[str]:
        """What lies in any stream, by its subject."""
        found: Counter[str] = Counter()
        for stream in STREAMS:
            with suppress(BusRefused):
                info = await self.county.api(f"STREAM.INFO.{stream.name}", {"subjects_filter": ">"})
                found.update(info["state"].get("subjects") or {})
        return found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def gate(quick_folder: Path) -> AsyncIterator[Gate]:
    """One of this module's own; the township's key of before lies where it lay."""
    folder = quick_folder / "township"
    former = folder / "secrets" / domain(township.code) / "bus.creds"
    make(folder / "secrets")
    user(former, folder / "secrets", "COUNTY", domain(township.code), line_rights(OWN).permissions("leaf"))
    (folder / "secrets" / "accounts" / "COUNTY.jwt").unlink()  # it is signed anew, as after every change of rights
    here = await opened(folder)
    make_leaf(here.secrets, township.code, OWN, here.url)
    yield here
    await here.server.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def ground(gate: Gate) -> AsyncIterator[Ground]:
    heard: list[str] = []

    async def answers(message: Msg) -> None:
        heard.append(message.subject)
        if message.reply:
            await message.respond(ANSWER)

    async with (
        guest(gate.url, everything(gate.secrets)) as county,
        guest(gate.url, of(gate.secrets, "inspection")) as inspection,
    ):
        bus = Bus(county.client)
        await declare(bus)
        for stream in STREAMS:
            await bus.api(f"STREAM.PURGE.{stream.name}")
        await bus.publish([Outgoing(FACT, b"{}", {})] * 10)
        await inspection.client.subscribe("heartbeat.*", queue="inspection", cb=answers)
        await round_trip(inspection.client)
        yield Ground(gate, bus, inspection.client, heard)


async def says_everything(ground: Ground, access: Access, inbox: str) -> int:
    """All that a station may say, each with every odd place for the answer; how many heartbeats were taken from it."""
    async with guest(ground.gate.url, access, inbox=inbox) as one:
        for reply in ANSWERED_WHERE:
            for subject in (HEARTBEAT, LOOK_UP, PHOTO, SAID):
                await one.client.publish(subject, b"", reply=reply)
        complaints = await one.complaints()
    beats = len(ANSWERED_WHERE) - sum(f'"{one}"'.lower() in " ".join(complaints) for one in ANSWERED_WHERE)
    async with asyncio.timeout(60):
        while len(ground.heard) < beats:
            await asyncio.sleep(0.01)
    await round_trip(ground.answering)
    return beats


async def test_wherever_it_has_itself_answered_nothing_is_done_at_the_county(ground: Ground) -> None:
    """Seen with the key that it had before: an answer to a heartbeat purged the facts, one to a photo was submitted."""
    assert await says_everything(ground, ground.line, f"_INBOX_{domain(township.code)}") > 0
    lies = await ground.lies()
    assert (lies[FACT], {*lies} <= {FACT, PHOTO, kept_under(SAID)}) == (10, True), lies
    assert {*ground.heard} == {HEARTBEAT}


async def test_in_the_countys_own_account_it_would_be(ground: Ground) -> None:
    """The control: the same words with the same rights, of a user of that account."""
    place = ground.gate.secrets / "control.creds"
    user(place, ground.gate.secrets, "COUNTY", "control", line_rights(OWN).permissions("control"))
    await says_everything(ground, Access(place, ground.gate.secrets / "ca.pem"), "_INBOX_control")
    lies = await ground.lies()
    assert (lies[FACT] < 10, lies[kept_under(f"submit.roster.rotate-duty.{COUNTY}")] > 0) == (True, True), lies


OTHERS = [
    f"submit.inspection.log-inspection.{ELSEWHERE}",
    f"submit.roster.rotate-duty.{COUNTY}",
    f"photo.{ELSEWHERE}.{'0' * 64}.0",
    f"heartbeat.{ELSEWHERE}",
    f"$JS.API.DIRECT.GET.{VERDICTS.name}.verdict.{ELSEWHERE}.x",
    f"$JS.API.DIRECT.GET.{VERDICTS.name}",
    "$JS.API.CONSUMER.CREATE.VERDICTS.all",
    f"$JS.API.CONSUMER.CREATE.VERDICTS.all.verdict.{station.code}.*",
    "$JS.API.STREAM.INFO.FACTS",
    f"verdict.{station.code}.x",
    f"fact.inspection-logged.{station.code}",
    "leaf.t-150424100.submissions.x",
    "_INBOX_setup.x",
    "$SYS.REQ.SERVER.PING",
]


async def test_it_says_nothing_for_another_and_hears_nothing_of_anothers(ground: Ground) -> None:
    before = await ground.lies()
    async with guest(ground.gate.url, ground.line) as one:
        for subject in OTHERS:
            await one.client.publish(subject, b"{}")
            assert len(await one.complaints()) == 1, subject
        for subject in (f"verdict.{ELSEWHERE}.*", "verdict.*.*", ">", "submit.>", "_INBOX_setup.>", "$JS.>"):
            await one.client.subscribe(subject)
            assert len(await one.complaints()) == 1, subject
    assert await ground.lies() == before


async def test_what_its_stations_may_it_may(ground: Ground) -> None:
    """The control."""
    async with guest(ground.gate.url, ground.line) as one:
        for said in (own.logs(n=n) for n, own in enumerate(stations)):
            await publish_each(one.client, [said.message], 5)
        assert (await one.client.request(HEARTBEAT, b"{}", timeout=5)).data == ANSWER
        await ground.county.publish([Outgoing(f"verdict.{station.code}.x", b"yes", {})])
        looked_up = f"$JS.API.DIRECT.GET.{VERDICTS.name}.verdict.{station.code}.x"
        assert (await one.client.request(looked_up, b"", timeout=5)).data == b"yes"
        assert await one.complaints() == []


async def test_the_key_that_it_had_before_opens_nothing(ground: Ground) -> None:
    with pytest.raises(NoEntry, match="does not let them in"):
        await enter(ground.gate.url, Access(ground.own / "bus.creds", ground.own / "ca.pem"), max_reconnect_attempts=1)


async def test_what_opens_its_own_bus_opens_nothing_at_the_county(ground: Ground) -> None:
    with pytest.raises(NoEntry, match="does not let them in"):
        await enter(ground.gate.url, Access(ground.own / "here.creds", ground.own / "ca.pem"), max_reconnect_attempts=1)


async def test_the_countys_bus_takes_no_bus_in_behind_it(ground: Ground) -> None:
    """Of what comes from one the server takes parts for its own: whoever runs it could have anything stored."""
    configuration = (ground.gate.secrets / "bus" / "server.conf").read_text()
    assert "leafnodes" not in configuration
    assert not (ground.gate.secrets / "bus" / "hub.conf").exists()


async def test_a_hundred_stations_fit_into_one_key(ground: Ground) -> None:
    """What a client signs in with is one line; the bus reads 32 kB of it."""
    many = [f"150424102{n:03}" for n in range(100)]
    own = make_leaf(ground.gate.secrets, "150424102", many, ground.gate.url)
    async with guest(ground.gate.url, Access(own / "line.creds", own / "ca.pem")) as one:
        await publish_each(
            one.client, [station.logs().message._replace(subject=SAID.replace(station.code, many[-1]))], 5
        )
        assert await one.complaints() == []
    assert set(claims_in(jwt_in((own / "line.creds").read_text()))["nats"]["pub"]["allow"]) == {
        *line_rights(many).publish
    }
