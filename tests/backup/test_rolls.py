"""Photos are saved once each, in rolls of their own, and come back from those that are there; which are not is said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import bson
import pytest
from pyrage import x25519

from deploy.backup import database as documents
from deploy.backup.keys import IDENTITY, identity
from deploy.backup.replaying import Replaying
from deploy.backup.rolls import PHOTOS_URL, Roll, rolls_of, save_rolls
from deploy.backup.saving import Live, beside
from deploy.backup.unrolling import ASIDE, made, taken_in, unrolled, whether_all_there
from deploy.embedded.servers.running import Servers
from deploy.embedded.trouble import Trouble
from deploy.progress import Watch
from services.inspection.photos import store
from services.inspection.photos.album import COLLECTIONS
from tests.county import County
from tests.photographs import album
from tests.submitters import station

pytestmark = pytest.mark.asyncio(loop_scope="module")
LAID = datetime(2026, 3, 2, 10, tzinfo=UTC)
OF = "123456"


@pytest.fixture
def county(photoless: County) -> County:
    return photoless


@pytest.fixture
def live(bus_and_database: Servers, tmp_path: Path) -> Live:
    return Live(OF, bus_and_database.nats_url, bus_and_database.mongo_url, tmp_path / "secrets", {}, "")


def photo(n: int) -> str:
    return f"{station.code}/{n:064x}"


def pictures(n: int) -> dict[str, bytes]:
    return {size: f"{size} {n} ".encode() * 400 for size in COLLECTIONS}


async def takes(county: County, *numbers: int) -> None:
    """Each laid a minute after the one before it, and on record."""
    for n in numbers:
        await album(county).put(photo(n), pictures(n))
        for collection in COLLECTIONS.values():
            laid = {"$set": {"laid": LAID + timedelta(minutes=n)}}
            await album(county).db[collection].update_one({"_id": photo(n)}, laid)
        await county.db("inspection")[store.PHOTOS].insert_one({"_id": photo(n), **store.IN_ALBUM})


async def saved(live: Live, folder: Path, most: int = 10_000_000) -> list[Roll]:
    folder.mkdir(exist_ok=True)
    return [one async for one in save_rolls(live, folder, Watch(), most, settles=0)]


async def lost(county: County) -> None:
    """The album is gone."""
    await county.databases.drop_database("lianban_photos")
    await made(county.databases)


async def came_back(county: County, live: Live, folder: Path) -> list[str]:
    """What is said."""
    said: list[str] = []
    key = identity(live.secrets / IDENTITY)
    await unrolled(folder, OF, key, county.databases, live.secrets, Watch(said.append))
    return said


async def there(county: County) -> list[int]:
    return [n for n in range(8) if await album(county).pictures(photo(n)) == pictures(n)]


async def test_each_photo_is_saved_once_and_all_come_back_with_the_time_at_which_they_were_laid(
    county: County, live: Live, tmp_path: Path
) -> None:
    folder = tmp_path / "archives"
    await takes(county, 0, 1, 2)
    assert [one.noted.photos for one in await saved(live, folder)] == [3]
    assert await saved(live, folder) == []
    await takes(county, 3, 4, 5)
    several = await saved(live, folder, most=12_000)
    assert [one.noted.photos for one in several] == [2, 1]
    assert several[0].noted.until == several[1].noted.since == LAID + timedelta(minutes=4)
    await album(county).put(photo(6), pictures(6))
    assert [one.noted.photos for one in await saved(live, folder)] == [1], "also what was laid a moment ago"
    await lost(county)
    said = await came_back(county, live, folder)
    assert await there(county) == [0, 1, 2, 3, 4, 5, 6]
    assert said[-1].startswith("登记的照片都已恢复")
    assert await saved(live, folder) == []


async def test_what_is_missing_is_said_and_may_come_later(county: County, live: Live, tmp_path: Path) -> None:
    folder = tmp_path / "archives"
    for n in range(3):
        await takes(county, n)
        await saved(live, folder)
    first, second, third = rolls_of(folder, OF)
    aside = second.rename(tmp_path / second.name)
    whole = third.read_bytes()
    third.write_bytes(whole[:-40])
    await lost(county)
    said = await came_back(county, live, folder)
    assert await there(county) == [0]
    assert [one.name in " ".join(said) for one in (first, second, third)] == [True, False, True]
    assert "2张没有恢复" in said[-1]
    assert "损坏" in said[1]
    third.write_bytes(whole)
    assert "缺少2026-03-02 18:00至2026-03-02 18:01的照片备份" in " ".join(await came_back(county, live, folder))
    key, db = identity(live.secrets / IDENTITY), county.db("inspection")
    with pytest.raises(Trouble, match="是123456县的"):
        await taken_in(aside, key, album(county), "654321", Watch())
    assert (await taken_in(aside, key, album(county), OF, Watch())).photos == 1
    assert await there(county) == [0, 1, 2]
    assert "都已恢复" in await whether_all_there(db, album(county))
    with pytest.raises(Trouble, match="不能用这把密钥打开"):
        await taken_in(aside, x25519.Identity.generate(), album(county), OF, Watch())


async def test_a_county_that_is_brought_back_does_not_use_the_photos_of_the_one_that_runs(
    county: County, live: Live, tmp_path: Path
) -> None:
    url = live.secrets / "inspection" / PHOTOS_URL
    url.parent.mkdir(parents=True)
    url.write_text(live.mongo_url)
    folder = tmp_path / "archives"
    await takes(county, 0)
    assert [one.noted.photos for one in await saved(live, folder)] == [1], "they are saved from where they lie"
    await lost(county)
    (said,) = await came_back(county, live, folder)
    assert f"{ASIDE}改名为{PHOTOS_URL}" in said
    assert (url.exists(), url.with_name(ASIDE).read_text(), await there(county)) == (False, live.mongo_url, [])


async def test_a_folder_without_the_note_beside_a_roll_saves_everything_once_more(
    county: County, live: Live, tmp_path: Path
) -> None:
    folder = tmp_path / "archives"
    await takes(county, 0)
    (roll,) = await saved(live, folder)
    beside(roll.file).unlink()
    assert [one.noted.photos for one in await saved(live, folder)] == [1]


def raw(one: Any) -> Any:
    return bson.decode(bson.encode(one), documents.RAW)


async def test_a_countys_archive_has_no_pictures_and_parts_behind_it_write_them_as_they_came(county: County) -> None:
    await takes(county, 0)
    of = await documents.collections(county.databases)
    assert {one.database for one in of} >= {"lianban_inspection"}
    assert "lianban_photos" not in {one.database for one in of}
    await lost(county)
    replaying = Replaying(county.databases)
    once_more = {"op": "u", "ns": "lianban_photos.thumbs", "o": {"$v": 2, "diff": {}}, "o2": {"_id": photo(0)}}
    laid = [
        {"op": "i", "ns": f"lianban_photos.{name}", "o": {"_id": photo(1), "picture": pictures(1)[size], "laid": LAID}}
        for size, name in COLLECTIONS.items()
    ]
    ops: list[Any] = [once_more, *({**one, "o": raw(one["o"])} for one in laid)]
    await replaying.take(cast(Any, SimpleNamespace(ops=ops)))
    await replaying.end()
    assert await there(county) == [1]
