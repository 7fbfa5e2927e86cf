"""Photos arrive in chunks, in any order and more than once; what becomes whole is checked, kept and answered."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from services.inspection.photos import store
from shared.bus.photos import cut, digest_of
from shared.bus.streams import VERDICTS
from shared.events.outgoing import Outgoing
from shared.events.photos import CHUNK, MOST_CHUNKS, TOTAL
from shared.pipeline.dead_letters import dead_letters
from tests.county import County
from tests.photographs import album, answer, drained, hears, keeping, photograph, sent
from tests.submitters import office, station

pytestmark = pytest.mark.asyncio(loop_scope="module")
PHOTO = photograph(480, 360)
CUT = list(cut(station.code, PHOTO))


@pytest.fixture
def county(photoless: County) -> County:
    return photoless


async def kept(county: County) -> list[str]:
    return [one["_id"] async for one in county.db("inspection")[store.PHOTOS].find({}, {"_id": 1}).sort("_id", 1)]


async def waiting(county: County) -> int:
    return await county.db("inspection")[store.CHUNKS].count_documents({})


async def test_the_last_missing_chunk_makes_the_photo_whole_in_whatever_order_they_come(county: County) -> None:
    assert len(CUT) > 2
    async with keeping(county, batch=2):
        await hears(county, *CUT[1:], *CUT[1:])
        await drained(county)
        assert (await kept(county), await waiting(county)) == ([], len(CUT) - 1)
        await hears(county, CUT[0])
        await drained(county)
    assert await answer(county, station, digest_of(PHOTO)) == "accepted"
    (raw,) = await county.db("inspection")[store.PHOTOS].find().to_list(None)
    assert (raw["_id"], raw["data"], raw["bytes"]) == (f"{station.code}/{digest_of(PHOTO)}", None, len(PHOTO))
    assert await album(county).picture(raw["_id"], "data") == PHOTO
    assert (raw["width"], raw["height"], raw["type"]) == (480, 360, "image/jpeg")
    assert await waiting(county) == 0


async def test_what_is_sent_again_is_answered_again_and_kept_once(county: County) -> None:
    async with keeping(county):
        (photo,) = await sent(county, station, PHOTO)
        await drained(county)
        await county.bus.api(f"STREAM.PURGE.{VERDICTS.name}")
        await hears(county, CUT[-1])
        await drained(county)
        assert await answer(county, station, photo) == "accepted"
    assert (len(await kept(county)), await waiting(county)) == (1, 0)


async def test_the_same_photo_of_two_organisations_is_each_ones_own(county: County) -> None:
    async with keeping(county):
        await sent(county, station, PHOTO)
        await sent(county, office, PHOTO)
        await drained(county)
    assert await kept(county) == [f"{office.code}/{digest_of(PHOTO)}", f"{station.code}/{digest_of(PHOTO)}"]


async def test_a_photo_that_came_damaged_is_refused_and_taken_when_it_comes_well(county: County) -> None:
    damaged = CUT[0]._replace(body=bytes(len(CUT[0].body)))
    async with keeping(county):
        await hears(county, damaged, *CUT[1:])
        await drained(county)
        assert await answer(county, station, digest_of(PHOTO)) == "photo-digest-differs"
        assert (await kept(county), await waiting(county)) == ([], 0)
        await hears(county, *CUT)
        await drained(county)
        assert await answer(county, station, digest_of(PHOTO)) == "accepted"


async def test_a_photo_of_too_many_chunks_is_refused_before_they_have_come(county: County) -> None:
    async with keeping(county):
        await hears(county, CUT[0]._replace(headers={TOTAL: str(MOST_CHUNKS + 1)}))
        await drained(county)
        assert await answer(county, station, digest_of(PHOTO)) == "photo-too-large"
    assert await waiting(county) == 0


def poison() -> Sequence[Outgoing]:
    subject, body = CUT[0].subject, CUT[0].body
    return (
        CUT[0]._replace(headers={}),
        CUT[0]._replace(headers={TOTAL: "many"}),
        CUT[0]._replace(headers={TOTAL: "0"}),
        CUT[0]._replace(subject=f"photo.nobody.{digest_of(body)}.0"),
        CUT[0]._replace(subject=f"photo.{station.code}.sha.0"),
        CUT[0]._replace(subject=subject.removesuffix("0") + str(len(CUT))),
        CUT[0]._replace(body=b""),
        CUT[0]._replace(body=bytes(CHUNK + 1)),
    )


async def test_what_is_no_chunk_is_buried_with_its_reason_and_takes_no_other_along(county: County) -> None:
    async with keeping(county):
        await hears(county, *poison(), *CUT)
        await drained(county)
        assert await answer(county, station, digest_of(PHOTO)) == "accepted"
    letters = (await dead_letters(county.bus, 100))["items"]
    assert [letter["reason"] for letter in letters] == ["unreadable"] * len(poison())
    assert {letter["submitter"] for letter in letters} == {station.code, "unknown"}
    assert all(letter["why"] for letter in letters)


async def test_what_never_becomes_whole_is_swept_by_the_database_after_a_week(county: County) -> None:
    indexes = await county.db("inspection")[store.CHUNKS].index_information()
    (swept,) = [index for index in indexes.values() if "expireAfterSeconds" in index]
    assert (swept["key"], swept["expireAfterSeconds"]) == ([("received", 1)], 7 * 24 * 3600)
    async with keeping(county):
        await hears(county, CUT[0])
        await drained(county)
    raw = await county.db("inspection")[store.CHUNKS].find_one({})
    assert raw is not None
    assert raw["received"].tzinfo is not None
