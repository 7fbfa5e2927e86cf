"""One organisation's photos, however many, keep nobody else's waiting, and no more of them are kept than its share."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from deploy.embedded.servers.running import Servers
from deploy.setup.streams import declare
from services.inspection.photos import store, waiting
from services.inspection.photos.judge import Judge
from services.inspection.photos.keeper import MOST_ANSWERED, _some
from services.inspection.photos.waiting import Whole
from shared.bus.draining import is_drained
from shared.bus.leaf import photos_at
from shared.bus.photos import cut
from shared.bus.publishing import SlowDown, publish_all, publish_by_shares
from shared.bus.streams import PHOTO_CHUNKS, PHOTOS, VERDICTS
from shared.events.outgoing import Outgoing
from shared.events.photos import CHUNK, MOST_STORED
from tests.conftest import county_on
from tests.county import County
from tests.photographs import answer, drained, keeping, photograph, unjudged, without_photos
from tests.submitters import Submitter, office, station

pytestmark = pytest.mark.asyncio(loop_scope="module")
FLOOD, SHARE = 30, 5
PHOTO = photograph(64, 48)


@pytest_asyncio.fixture(loop_scope="module")
async def county(bus_and_database: Servers) -> AsyncIterator[County]:
    """Without photos and answers; the bus as it is declared."""
    async with county_on(bus_and_database) as county:
        await county.begins_anew()
        await without_photos(county)
        yield county


def pictures(who: Submitter, how_many: int) -> list[Outgoing]:
    """Whole photos, each of one part: what a JPEG ends with is anybody's."""
    return [part for _ in range(how_many) for part in cut(who.code, PHOTO + os.urandom(16))]


def first_parts(who: Submitter, how_many: int) -> list[Outgoing]:
    """Of photos that never become whole."""
    return [next(cut(who.code, os.urandom(2 * CHUNK)))._replace(body=b"x") for _ in range(how_many)]


def photo_of(part: Outgoing) -> str:
    return part.subject.split(".")[2]


async def answers(county: County, who: Submitter, sent: list[Outgoing]) -> list[str]:
    return [await answer(county, who, photo_of(part)) for part in sent]


async def parts_of(county: County, who: Submitter) -> int:
    return await store.parts_of(county.db("inspection"), who.code, 10_000)


class InTheirOrder(Judge):
    """As it was: whose photo came first is answered first."""

    async def next(self) -> Whole | None:
        """Of all that wait."""
        first = await waiting.first_of_each(self._db)
        return await waiting.of(self._db, min(first, key=lambda code: first[code])) if first else None


@pytest.mark.parametrize(("judges", "before"), [(Judge, 2), (InTheirOrder, FLOOD)], ids=["in turn", "control"])
async def test_anothers_photo_is_answered_in_its_turn_before_the_rest_of_a_flood(
    county: County, judges: type[Judge], before: int
) -> None:
    (mine,) = pictures(office, 1)
    await publish_all(county.client, [*pictures(station, FLOOD), mine], 30)
    async with keeping(county, judges=judges):
        await drained(county)
    said = [one.subject for one in await county.everything(VERDICTS.name)]
    assert len(said) == FLOOD + 1
    assert said.index(f"verdict.{office.code}.{photo_of(mine)}") in range(max(0, before - 2), before + 1)


async def test_whoever_has_a_share_of_whole_photos_waiting_is_told_to_go_slower_and_is_taken_later(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.inspection.photos.keeper.MOST_WHOLE", SHARE)
    monkeypatch.setattr("services.inspection.photos.judging.Judging._turn", _stands_still)
    first, more, others = pictures(station, SHARE), pictures(station, SHARE), pictures(office, 1)
    await publish_all(county.client, first, 30)
    async with keeping(county, batch=SHARE):
        await taken(county)
        await publish_all(county.client, [*more, *others], 30)
        await taken(county)
        assert (await unjudged(county), await parts_of(county, station)) == (SHARE + 1, SHARE)
    assert await answers(county, station, more) == ["slow-down"] * SHARE
    monkeypatch.undo()
    async with keeping(county):
        await drained(county)
        await publish_all(county.client, more, 30)
        await drained(county)
    assert await answers(county, station, [*first, *more]) == ["accepted"] * 2 * SHARE
    assert await answers(county, office, others) == ["accepted"]


async def test_an_agent_of_before_that_shows_slow_down_as_a_refusal_is_not_told_and_sends_its_photo_again(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It named each part by a message id; what was never answered it sends once more, after eight days."""
    monkeypatch.setattr("services.inspection.photos.keeper.MOST_WHOLE", SHARE)
    monkeypatch.setattr("services.inspection.photos.judging.Judging._turn", _stands_still)
    now, before = pictures(station, 1), [_of_before(part) for part in pictures(station, 2)]
    async with keeping(county, batch=SHARE):
        await publish_all(county.client, pictures(station, SHARE), 30)
        await taken(county)
        await publish_all(county.client, [*before, *now], 30)
        await taken(county)
    assert await answers(county, station, [*before, *now]) == ["", "", "slow-down"]
    monkeypatch.undo()
    async with keeping(county):
        await drained(county)
        await publish_all(county.client, [_of_before(part, sent=2) for part in before], 30)
        await drained(county)
    assert await answers(county, station, before) == ["accepted"] * 2


def _of_before(part: Outgoing, sent: int = 1) -> Outgoing:
    """Whatever was sent first, eight days later the bus does not remember its id."""
    id = f"{part.subject.removeprefix('photo.')}/{sent}"
    return part._replace(headers={**part.headers, "Nats-Msg-Id": id})


async def _stands_still(_: object) -> None:
    await asyncio.sleep(0.05)


async def taken(county: County) -> None:
    """Every part is acknowledged, whatever waits to be looked at."""
    async with asyncio.timeout(30):
        while not await is_drained(county.bus, PHOTO_CHUNKS):
            await asyncio.sleep(0.01)


async def test_parts_that_never_become_whole_fill_a_share_and_go_and_what_is_whole_stays(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.inspection.photos.keeper.MOST_KEPT", FLOOD)
    async with keeping(county, batch=SHARE):
        for _ in range(5):
            await publish_all(county.client, first_parts(station, FLOOD), 30)
            await publish_all(county.client, pictures(office, 1), 30)
            await drained(county)
            assert await parts_of(county, station) < FLOOD + SHARE
    kept = county.db("inspection")[store.PHOTOS]
    assert await kept.count_documents({"_id": {"$regex": f"^{office.code}/"}}) == 5
    answered = [one.subject for one in await county.everything(VERDICTS.name) if f".{station.code}." in one.subject]
    assert answered


async def test_of_a_batch_only_some_are_told_and_each_organisation_some() -> None:
    photos = [f"{who.code}/{n}" for n in range(100) for who in (station, office)]
    some = _some(photos)
    assert {code: sum(one.startswith(code) for one in some) for code in (station.code, office.code)} == {
        station.code: MOST_ANSWERED,
        office.code: MOST_ANSWERED,
    }


async def test_the_bus_holds_so_many_parts_and_takes_more_as_they_are_taken_in(county: County) -> None:
    await publish_all(county.client, first_parts(station, MOST_STORED), 30)
    mine = pictures(office, 1)
    with pytest.raises(SlowDown):
        await publish_all(county.client, mine, 30)
    async with keeping(county):
        await publish_by_shares(county.client, mine, 30, patience=30)
        await drained(county)
    assert await answers(county, office, mine) == ["accepted"]


async def test_a_townships_bus_keeps_for_its_stations_whatever_they_send() -> None:
    """The line brings it as the county has room: counted there, a day without a line would shut a station out."""
    assert (photos_at([station.code])["max_msgs"], PHOTOS.config()["max_msgs"]) == (-1, MOST_STORED)


async def test_more_than_the_bus_holds_today_is_kept_when_a_county_is_upgraded(county: County) -> None:
    """As the stream was before it held so many parts at most, and an outage had filled it."""
    before = {name: value for name, value in PHOTOS.config().items() if name != "max_msgs"}
    await county.bus.api(f"STREAM.UPDATE.{PHOTOS.name}", before)
    sent = pictures(office, 1)
    await publish_all(county.client, [*sent, *first_parts(station, MOST_STORED + 100)], 30)
    await declare(county.bus)
    info = await county.bus.api(f"STREAM.INFO.{PHOTOS.name}")
    assert (info["config"]["max_msgs"], info["state"]["messages"]) == (MOST_STORED, MOST_STORED + 101)
    async with keeping(county):
        await drained(county)
    assert await answers(county, office, sent) == ["accepted"]
