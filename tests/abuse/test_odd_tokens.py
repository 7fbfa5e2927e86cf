"""A `>` or a `*` where a token should stand: the bus takes either as it is from whoever's right has a wildcard there.

Seen to be stored, handed to nobody, never trimmed, and to make the county never drained, so that no clock ticked.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from shared.bus.connection import Bus
from shared.bus.draining import drained
from shared.bus.publishing import publish_all, publish_each
from shared.bus.puller import Puller
from shared.bus.streams import CONSUMERS, PHOTO_CHUNKS, PHOTOS, SUBMISSIONS
from shared.events.outgoing import Outgoing
from tests.county import County
from tests.identity.conftest import Gate
from tests.identity.test_forgeries import MINE, answered, stored
from tests.keys import everything, guest
from tests.keys import station as as_station
from tests.photographs import keeping
from tests.submitters import station, stations

PATIENCE = 60.0
ODD = (">", "*", "**", "a>")
NOBODYS = [Outgoing(f"submit.greenchannel.{odd}.{station.code}", b"{}", {}) for odd in ODD]
ITS_SUBMITTER = [Outgoing(f"submit.greenchannel.record-green-service.{odd}", b"{}", {}) for odd in ODD]
PARTS = [Outgoing(f"photo.{station.code}.{odd}.{n}", b"x", {}) for odd in ODD for n in (0, ">")]
WHERE = [(NOBODYS, {station.code}), (ITS_SUBMITTER, {"unknown", "**", "a>"})]
GOOD = [station.serves(n) for n in range(1, 4)]
"""The control: its neighbours."""


async def emptied(county: County, stream: str, under: str) -> None:
    """Returns when a stream holds nothing under these subjects: what is decided is trimmed in a moment of rest."""
    async with asyncio.timeout(PATIENCE):
        while (await county.bus.api(f"STREAM.INFO.{stream}", {"subjects_filter": under}))["state"].get("subjects"):
            await asyncio.sleep(0.05)


async def hears_and_is_emptied(county: County, odd: Sequence[Outgoing], *, together: bool) -> None:
    """Between good neighbours, which are accepted."""
    publish = publish_all if together else publish_each
    async with county.working():
        await publish(county.client, [GOOD[0].message, *odd, GOOD[1].message, *odd], 10)
        await county.settles(PATIENCE)
        await publish(county.client, odd[:1], 10)
        await county.settles(PATIENCE)
        await county.hears(GOOD[2])
        await county.settles(PATIENCE)
        await emptied(county, SUBMISSIONS.name, "submit.greenchannel.>")
        assert await drained(county.bus)
    assert [verdict and verdict["verdict"] for verdict in [await county.verdict(one) for one in GOOD]] == [
        "accepted"
    ] * 3


@pytest.mark.parametrize("together", [False, True], ids=["one by one", "in a batch"])
@pytest.mark.parametrize(
    ("odd", "whose"), [(NOBODYS, {station.code}), (ITS_SUBMITTER, {"unknown", "**", "a>"})], ids=["type", "who"]
)
async def test_it_is_found_buried_and_trimmed_and_the_county_is_drained(
    county: County, odd: list[Outgoing], whose: set[str], together: bool
) -> None:
    await hears_and_is_emptied(county, odd, together=together)
    letters = {letter.subject for letter in await county.dead()}
    assert letters == {f"dead.greenchannel.unreadable.{one}" for one in whose}
    assert len(await county.dead()) == 2 * len(odd) + 1


async def test_of_a_photo_too(county: County) -> None:
    async with keeping(county):
        await publish_each(county.client, PARTS, 10)
        await publish_all(county.client, PARTS, 10)
        await emptied(county, PHOTOS.name, ">")
    letters = [letter.subject for letter in await county.dead()]
    assert letters == [f"dead.inspection.unreadable.{station.code}"] * (2 * len(PARTS))


def test_every_consumer_is_handed_whatever_lies_under_its_part_of_a_stream() -> None:
    assert all(one.endswith(".>") for of in CONSUMERS for one in of.filters)


# With the rights of a village's PC


@pytest.mark.asyncio(loop_scope="session")
async def test_a_station_submits_what_there_is_by_its_name_and_nothing_else(gate: Gate) -> None:
    async with (
        guest(gate.url, everything(gate.secrets)) as county,
        guest(gate.url, as_station(gate.secrets, station.code)) as one,
    ):
        await publish_each(one.client, [station.logs(n=900).message], 5)
        await publish_all(one.client, [station.logs(n=n).message for n in (901, 902)], 5)
        before = await stored(Bus(county.client))
        batch = {"Nats-Batch-Id": "odd", "Nats-Batch-Sequence": "1", "Nats-Batch-Commit": "1"}
        for subject in (
            *(f"submit.inspection.{odd}.{station.code}" for odd in (*ODD, "dance")),
            *(f"submit.{odd}.log-inspection.{station.code}" for odd in ODD),
            *(f"submit.inspection.log-inspection.{odd}" for odd in ODD),
            *(f"heartbeat.{odd}" for odd in ODD),
            *(f"photo.{odd}.{'0' * 64}.0" for odd in ODD),
            *(f"$JS.API.DIRECT.GET.VERDICTS.verdict.{odd}" for odd in (">", "*", f">.{station.code}", "*.*")),
        ):
            await one.client.publish(subject, b"{}", headers=batch)
            (complaint,) = await one.complaints()
            assert "permissions violation for publish" in complaint, subject
        assert await stored(Bus(county.client)) == before


@pytest.mark.asyncio(loop_scope="session")
async def test_what_no_right_can_bound_is_handed_to_who_judges_it(gate: Gate) -> None:
    """A photo's name and number have no names of their own."""
    async with (
        guest(gate.url, everything(gate.secrets)) as county,
        guest(gate.url, as_station(gate.secrets, station.code)) as one,
    ):
        bus = Bus(county.client)
        await bus.api(f"STREAM.PURGE.{PHOTOS.name}")
        puller = Puller(bus, PHOTO_CHUNKS)
        await puller.rewind()
        await publish_each(one.client, PARTS, 5)
        await publish_all(one.client, PARTS, 5)
        taken = await puller.pull(100, 5)
        assert [message.subject for message in taken] == [part.subject for part in PARTS] * 2
        await bus.acknowledge(taken[-1])
        await bus.trim(PHOTO_CHUNKS, taken[-1].sequence)
        assert (await bus.api(f"STREAM.INFO.{PHOTOS.name}"))["state"]["messages"] == 0
        assert await one.complaints() == []


@pytest.mark.asyncio(loop_scope="session")
async def test_a_verdict_looked_up_by_an_odd_name_is_ones_own_or_none(gate: Gate) -> None:
    theirs = Outgoing(f"verdict.{stations[1].code}.x", b"theirs", {})
    async with (
        guest(gate.url, everything(gate.secrets)) as county,
        guest(gate.url, as_station(gate.secrets, station.code)) as one,
    ):
        await Bus(county.client).publish([Outgoing(MINE, b"mine", {}), theirs])
        for odd in (">", "*"):
            assert await answered(one, f"$JS.API.DIRECT.GET.VERDICTS.verdict.{station.code}.{odd}", 5) in (b"mine", b"")
