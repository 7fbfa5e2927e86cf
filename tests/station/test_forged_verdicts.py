"""An answer that another station leads to this one, on a bus that knows who is who, decides nothing here."""

from __future__ import annotations

import shutil

from nats.aio.client import Client

from services.station.folder import Folder
from services.station.outbox.rows import State
from shared.bus.connection import Bus
from shared.bus.round_trip import round_trip
from shared.events.outgoing import Outgoing
from shared.events.verdict import verdict_body, verdict_headers, verdict_subject
from shared.identity.access import Access
from tests.identity.conftest import Gate
from tests.keys import everything, guest, station
from tests.station.agents import STATION, Agent, drafts, until
from tests.submitters import A_MONDAY, stations

OTHER = stations[1].code
OTHERS = "0f0e8c1a-6f4e-4a58-9d0e-0c6f2f7f9b10"
JPEG = b"\xff\xd8\xff"


def verdict(submitter: str, id: str, kind: str) -> Outgoing:
    """As a service says it."""
    headers = verdict_headers("greenchannel", submitter, id, kind, None)
    return Outgoing(verdict_subject(submitter, id), verdict_body(id, "open-case", kind, [], 0, "0" * 64), headers)


def enrolled(folder: Folder, gate: Gate, access: Access) -> Agent:
    """As enrolment on this bus leaves it."""
    assert access.creds
    assert access.ca
    shutil.copyfile(access.creds, folder.creds)
    shutil.copyfile(access.ca, folder.ca)
    return Agent.enrolled(folder, [gate.url])


async def leads(forger: Client, victims: Client, id: str) -> None:
    """The forger has its own accepted verdict brought to where the victim waits for one on `id`."""
    heard = await victims.subscribe(verdict_subject(STATION, id))
    await round_trip(victims)
    own = f"$JS.API.DIRECT.GET.VERDICTS.{verdict_subject(OTHER, OTHERS)}"
    await forger.publish(own, b"", reply=verdict_subject(STATION, id))
    assert b'"accepted"' in (await heard.next_msg(5)).data


async def test_a_verdict_of_another_station_that_is_led_here_decides_nothing(gate: Gate, folder: Folder) -> None:
    access = station(gate.secrets, STATION)
    agent = enrolled(folder, gate, access)
    (id,), photo = agent.saves(*drafts(1)), agent.parts.pictures.save(STATION, JPEG, A_MONDAY)
    async with (
        guest(gate.url, everything(gate.secrets)) as county,
        guest(gate.url, station(gate.secrets, OTHER)) as forger,
        guest(gate.url, access) as beside,
        agent.sending(),
    ):
        await until(lambda: agent.outbox.counts()[State.DELIVERED] and not agent.parts.pictures.waiting())
        await Bus(county.client).publish([verdict(OTHER, OTHERS, "accepted")])
        for one in (photo, id):
            await leads(forger.client, beside.client, one)
        await Bus(county.client).publish([verdict(STATION, id, "refused")])
        await until(lambda: not agent.open())
    assert agent.row(id).state is State.REFUSED
    assert agent.outbox.asked("SELECT state FROM photos") == [(State.DELIVERED,)]
    agent.close()
