"""Pictures lie in a store of their own; those of before are read where they lie, and moved there and back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio

from deploy.embedded.servers.running import Servers
from services.inspection.photos import store
from services.inspection.photos.album import COLLECTIONS, Album, Pictures, album_of
from services.inspection.photos.moving import Moving
from services.inspection.settings import InspectionSettings
from shared.bus.photos import digest_of
from tests.county import County
from tests.photographs import album, drained, keeping, photograph, sent
from tests.processes_here import running
from tests.submitters import station

pytestmark = pytest.mark.asyncio(loop_scope="module")
BEFORE = [f"{station.code}/{n:064}" for n in range(3)]
"""Photos as release 0.1.0 keeps them."""
PHOTO = photograph()
NEW = f"{station.code}/{digest_of(PHOTO)}"


@pytest_asyncio.fixture(loop_scope="module")
async def county(photoless: County) -> County:
    """With three photos of before, and no other."""
    await photoless.db("inspection")[store.PHOTOS].insert_many([of_before(id) for id in BEFORE])
    return photoless


def pictures(id: str) -> Pictures:
    return {size: f"{size} of {id}".encode() for size in COLLECTIONS}


def of_before(id: str) -> dict[str, Any]:
    size = {"type": "image/jpeg", "width": 4, "height": 3, "bytes": len(pictures(id)["data"])}
    return {"_id": id, **size, "received": datetime(2018, 3, 5, tzinfo=UTC), **pictures(id)}


async def as_before(county: County, id: str, size: str) -> bytes | None:
    """How release 0.1.0 reads one."""
    found = await county.db("inspection")[store.PHOTOS].find_one({"_id": id}, {size: 1})
    return found[size] if found else None


async def as_now(county: County, id: str, at: Album | None = None) -> dict[str, bytes | None]:
    db = county.db("inspection")
    return {size: await store.rendition(db, at or album(county), id, size) for size in COLLECTIONS}


async def moved(county: County, is_back: bool = False, at: Album | None = None) -> bool:
    return await Moving(county.db("inspection"), at or album(county), "test-1", is_back, rest=0).moved()


class CutOff(BaseException):
    """The process ends here."""


class Cut(Album):
    """The process ends with the first photo: before its pictures are laid, or when they lie twice."""

    def __init__(self, of: Album, *, laid: bool) -> None:
        super().__init__(of.db)
        self._laid = laid

    async def put(self, photo: str, pictures: Pictures) -> None:
        """Never returns."""
        if self._laid:
            await super().put(photo, pictures)
        raise CutOff


async def test_photos_of_before_are_read_where_they_lie_and_moved_wherever_that_is_cut_short(county: County) -> None:
    for laid in (False, True):
        with pytest.raises(CutOff):
            await moved(county, at=Cut(album(county), laid=laid))
        assert [await as_now(county, id) for id in BEFORE] == [pictures(id) for id in BEFORE]
    assert await moved(county)
    assert [await album(county).pictures(id) for id in BEFORE] == [pictures(id) for id in BEFORE]
    assert [await as_now(county, id) for id in BEFORE] == [pictures(id) for id in BEFORE]
    assert [await as_before(county, id, "data") for id in BEFORE] == [None] * 3
    assert await store.known(county.db("inspection"), BEFORE) == set(BEFORE)


async def test_two_copies_of_the_service_move_no_photo_both(county: County) -> None:
    other = Moving(county.db("inspection"), album(county), "test-2", rest=0)
    one = Moving(county.db("inspection"), album(county), "test-1", rest=0)
    assert await one._lease.acquire()
    assert not await other.moved()
    assert await album(county).picture(BEFORE[0], "data") is None
    assert await one.moved()


async def test_photos_of_now_are_not_there_for_the_release_of_before_until_they_are_brought_back(
    county: County,
) -> None:
    async with keeping(county):
        await sent(county, station, PHOTO)
        await drained(county)
    assert await as_before(county, NEW, "shown") is None
    assert await moved(county)
    assert await moved(county, is_back=True)
    assert [await as_before(county, id, "thumb") for id in BEFORE] == [pictures(id)["thumb"] for id in BEFORE]
    assert await as_before(county, NEW, "data") == PHOTO
    assert await moved(county)
    assert await as_before(county, NEW, "data") is None
    assert (await as_now(county, NEW))["data"] == PHOTO


async def test_what_comes_while_the_county_is_about_to_go_back_lies_where_the_release_of_before_looks(
    county: County,
) -> None:
    async with keeping(county, is_beside=True):
        await sent(county, station, PHOTO)
        await drained(county)
    assert await as_before(county, NEW, "data") == PHOTO
    assert await album(county).picture(NEW, "data") is None


async def test_of_a_picture_without_an_entry_nothing_is_shown(county: County) -> None:
    await album(county).put(NEW, pictures(NEW))
    assert await as_now(county, NEW) == dict.fromkeys(COLLECTIONS)


async def test_photos_lie_where_the_countys_settings_say(county: County, bus_and_database: Servers) -> None:
    parts = running(county, "inspection")
    assert album_of(parts).db.client is county.databases
    url = bus_and_database.mongo_url
    said = parts.settings.model_dump() | {"photos_url": url, "mongo_url": "mongodb://unused"}
    elsewhere = album_of(replace(parts, settings=InspectionSettings(**said)))
    try:
        await elsewhere.put(NEW, pictures(NEW))
        assert (elsewhere.db.client is county.databases, await album(county).pictures(NEW)) == (False, pictures(NEW))
    finally:
        elsewhere.db.client.close()
