"""One organisation's photos, however many, keep nobody else's waiting."""

from __future__ import annotations

import os

import pytest

from services.inspection.photos import store
from shared.bus.photos import cut, digest_of
from shared.bus.publishing import publish_all
from shared.bus.streams import PHOTOS
from shared.events.photos import CHUNK
from tests.county import County
from tests.photographs import drained, hears, keeping, photograph
from tests.submitters import Submitter, office, station

MANY, FLOOD = 100, 300
PHOTO = photograph(64, 48)


async def first_parts(county: County, who: Submitter, how_many: int) -> None:
    """Of photos that never become whole."""
    parts = [next(cut(who.code, os.urandom(2 * CHUNK)))._replace(body=b"x") for _ in range(how_many)]
    await publish_all(county.client, parts, 30)


async def kept_of(county: County, who: Submitter) -> int:
    """Parts that wait in the database."""
    return await county.db("inspection")[store.CHUNKS].count_documents({"_id": {"$regex": f"^{who.code}/"}})


@pytest.mark.parametrize(("many", "is_dropped"), [(MANY, True), (10 * FLOOD, False)], ids=["a share", "before"])
async def test_who_floods_is_passed_over_and_another_photo_is_answered(
    county: County, monkeypatch: pytest.MonkeyPatch, many: int, is_dropped: bool
) -> None:
    monkeypatch.setattr("services.inspection.photos.shares.MOST_WAITING", many)
    await first_parts(county, station, FLOOD // 2)
    await hears(county, *cut(office.code, PHOTO))
    await first_parts(county, station, FLOOD // 2)
    async with keeping(county, batch=8):
        await drained(county)
    assert (await kept_of(county, station) < FLOOD) == is_dropped
    assert await county.bus.last(PHOTOS.name, f"photo.{office.code}.>") is None
    answered = await county.db("inspection")[store.PHOTOS].find_one({"_id": f"{office.code}/{digest_of(PHOTO)}"})
    assert answered is not None


async def test_of_many_that_are_of_several_none_is_passed_over(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    """An evening on which all send."""
    monkeypatch.setattr("services.inspection.photos.shares.MOST_WAITING", MANY)
    for _ in range(10):
        for who in (station, office, Submitter("150424100203")):
            await first_parts(county, who, FLOOD // 30)
    async with keeping(county, batch=8):
        await drained(county)
    assert [await kept_of(county, who) for who in (station, office)] == [FLOOD // 3] * 2
