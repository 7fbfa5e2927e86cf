"""Bus and database that do not stem from one moment: noticed before anything is decided, healed or left to somebody."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from deploy.setup.streams import declare
from shared.bus.puller import Seen
from shared.bus.streams import PEOPLE, ROSTER
from shared.database.lease import Kept, Lease, Reached
from shared.pipeline import beginning
from shared.pipeline.moments import GoesOn, Misfit, compared
from shared.pipeline.retelling import Retelling, ask, how_far
from shared.services import SERVICES
from tests.county import LOOPS, County, Outcome, streams_made_anew
from tests.submitters import Said, stations

PATIENCE = 60.0
GREEN = next(loop for loop in LOOPS if loop.of.name == "greenchannel-submissions")
NOW = Seen(stream="now", last=9, done=5)

COMPARED = {
    "an earlier release kept no place": (Kept(), GoesOn(Reached("now", 5))),
    "as it should be": (Kept(Reached("now", 5)), GoesOn(Reached("now", 5))),
    "not acknowledged yet": (Kept(Reached("now", 7)), GoesOn(Reached("now", 7))),
    "the bus counts as done what is not committed": (Kept(Reached("now", 3)), GoesOn(Reached("now", 3), again=True)),
    "a database that is new": (Kept(Reached()), GoesOn(Reached("now"), again=True)),
    "a stream that was made anew": (Kept(Reached("once", 5)), Misfit.ANOTHER_STREAM),
    "a stream that ends before": (Kept(Reached("now", 10)), Misfit.BUS_EARLIER),
    "somebody has chosen it": (Kept(Reached("once", 5), adopts="now"), GoesOn(Reached("now"), again=True)),
    "somebody has chosen another": (Kept(Reached("once", 5), adopts="then"), Misfit.ANOTHER_STREAM),
}


@pytest.fixture(autouse=True)
def _compares_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beginning, "APART_WAIT", 0.2)


@pytest.mark.parametrize("name", COMPARED)
def test_what_is_remembered_against_what_the_bus_says(name: str) -> None:
    kept, expected = COMPARED[name]
    assert compared(kept, NOW, beyond=0) == expected


def test_facts_that_followed_from_nothing_here_are_another_moments() -> None:
    assert compared(Kept(Reached("now", 5)), NOW, beyond=8) == Misfit.DATABASE_EARLIER
    assert compared(Kept(Reached("now", 5), adopts="now"), NOW, beyond=8) == GoesOn(
        Reached("now"), again=True, forgives=8
    )
    assert compared(Kept(Reached("now", 5), forgives=8), NOW, beyond=8) == GoesOn(Reached("now", 5), forgives=8)


async def test_a_new_bus_decides_nothing_until_somebody_has_chosen_it(county: County) -> None:
    """Its disk was lost: all streams are made anew, and empty."""
    await decided(county, stations[0].serves())
    before = await county.ledger()
    await without_bus(county)
    said = stations[1].serves()
    async with county.working():
        await county.hears(said)
        apart = await stands_apart(county, "greenchannel")
        assert (apart["why"], await county.verdict(said)) == (Misfit.ANOTHER_STREAM, None)
        assert (await answered(county, said))["verdict"] == "accepted"
        await county.settles()
    after = await county.ledger()
    assert all(kept.items() <= after[name].items() for name, kept in before.items())
    assert await county.differences() == []


async def test_facts_that_the_database_has_lost_are_added_up_again_by_themselves(county: County) -> None:
    """Feedback's database is of an earlier moment: the bus says that all is done."""
    await decided(county, stations[0].serves(persons=1))
    copy = await copied(county, "feedback")
    await decided(county, *(one.serves(n=n + 1, persons=2) for n, one in enumerate(stations)))
    expected = await county.outcome()
    await restored(county, "feedback", copy)
    assert (await county.outcome()).unlike(expected) != []
    await becomes(county, expected)


async def test_a_database_without_anything_reads_all_facts_again(county: County) -> None:
    await decided(county, *(one.serves() for one in stations))
    expected = await county.outcome()
    await restored(county, "feedback", {name: [] for name in await copied(county, "feedback")})
    await becomes(county, expected)


async def test_a_database_that_knows_nothing_of_its_own_facts_decides_nothing(county: County) -> None:
    copy = await copied(county, "greenchannel")
    said = stations[0].serves()
    await decided(county, said)
    await restored(county, "greenchannel", copy)
    later = stations[1].serves()
    async with county.working([loop for loop in LOOPS if loop.service == "greenchannel"]):
        await county.hears(later)
        assert (await stands_apart(county, "greenchannel"))["why"] == Misfit.DATABASE_EARLIER
        assert await county.verdict(later) is None
        await answered(county, later)
    await decided(county)  # what was forgiven once does not stop it again
    assert len(await county.db("greenchannel")["ledger"].find().to_list(None)) == 1


async def test_a_bus_restored_from_a_copy_is_noticed(county: County) -> None:
    await decided(county, stations[0].serves())
    await county.db("greenchannel")["leases"].update_one({"_id": GREEN.of.name}, {"$inc": {"place.sequence": 1000}})
    async with county.working([GREEN]):
        assert (await stands_apart(county, "greenchannel"))["why"] == Misfit.BUS_EARLIER


async def test_what_an_earlier_release_committed_meanwhile_stops_nobody(county: County) -> None:
    """It prolongs the lease without a word of a place, which is then behind."""
    await decided(county, stations[0].serves())
    leases = county.db("greenchannel")["leases"]
    await leases.update_one({"_id": GREEN.of.name}, {"$inc": {"holds": 1}, "$set": {"place.stream": "once"}})
    await decided(county, stations[1].serves())
    kept = await Lease(county.db("greenchannel"), GREEN.of.name, "test-1").kept()
    assert kept.place
    assert kept.place.stream != "once"
    assert kept.place.sequence > 0


async def test_a_lost_roster_refuses_nobody_and_is_written_again_at_the_next_start(county: County) -> None:
    await decided(county, stations[0].serves())
    for bucket in (ROSTER, PEOPLE):
        await county.bus.api(f"STREAM.PURGE.{bucket.name}")
    said = stations[1].serves()
    others = [loop for loop in LOOPS if loop.service != "roster"]
    async with county.working(others):
        await county.hears(said)
        await asyncio.sleep(1)
        assert await county.verdict(said) is None
    await decided(county)
    verdict = await county.verdict(said)
    assert verdict
    assert verdict["verdict"] == "accepted"


async def test_facts_that_nobody_has_heard_are_told_again_and_count_once(county: County) -> None:
    """Bus and feedback's database were lost together; the other ledgers have everything."""
    await decided(county, *(one.serves(n=n, persons=2) for n, one in enumerate(stations)))
    expected = await county.outcome()
    await without_bus(county)
    await restored(county, "feedback", {name: [] for name in await copied(county, "feedback")})
    services = [loop.service for loop in LOOPS if loop.of.trims]
    async with county.working(), county.connection() as bus, asyncio.timeout(PATIENCE):
        choosing = asyncio.create_task(always_chosen(county))
        for _ in range(2):
            for service in services:
                await ask(county.db(service))
                await Retelling(county.db(service), bus, service, "test-1").go_on()
        how = [await how_far(county.db(service)) for service in services]
        assert [(one["is_running"], one["told"]) for one in how] == [(False, one["of"]) for one in how]
        assert sum(one["of"] for one in how) > len(stations), "how many there are was counted before"
        await county.settles()
        choosing.cancel()
    after = await county.outcome()
    assert after.monthly == expected.monthly
    assert await county.differences() == []


async def always_chosen(county: County) -> None:
    while True:
        await chosen(county)
        await asyncio.sleep(0.1)


async def decided(county: County, *said: Said) -> None:
    """The services start, decide this, and stop."""
    async with county.working():
        await county.hears(*said)
        await county.settles()


async def becomes(county: County, expected: Outcome) -> None:
    """By itself, once the services have started."""
    async with county.working(), asyncio.timeout(PATIENCE):
        while (await county.outcome()).unlike(expected):
            await asyncio.sleep(0.1)


async def answered(county: County, said: Said) -> dict[str, Any]:
    """Once an operator has chosen, for each subscription that stands apart, to go on with the bus as it is."""
    async with asyncio.timeout(PATIENCE):
        while not (verdict := await county.verdict(said)):
            await chosen(county)
            await asyncio.sleep(0.1)
    return verdict


async def stands_apart(county: County, service: str) -> dict[str, Any]:
    """What a service says of it."""
    async with asyncio.timeout(PATIENCE):
        while not (found := await county.db(service)["leases"].find_one({"apart": {"$exists": True}})):
            await asyncio.sleep(0.05)
    apart: dict[str, Any] = found["apart"]
    return apart


async def chosen(county: County) -> None:
    for service in SERVICES:
        leases = county.db(service)["leases"]
        async for one in leases.find({"apart": {"$exists": True}}):
            await leases.update_one({"_id": one["_id"]}, {"$set": {"adopts": one["apart"]["stream"]}})


async def without_bus(county: County) -> None:
    """As after its disk was lost: set-up has made everything anew."""
    await streams_made_anew(county.bus)
    await declare(county.bus)


Copy = Mapping[str, Sequence[dict[str, Any]]]


async def copied(county: County, service: str) -> Copy:
    """A service's database as it is now."""
    db = county.db(service)
    return {name: await db[name].find().to_list(None) for name in await db.list_collection_names()}


async def restored(county: County, service: str, copy: Copy) -> None:
    db = county.db(service)
    for name, documents in copy.items():
        await db[name].delete_many({})
        if documents:
            await db[name].insert_many(documents)
