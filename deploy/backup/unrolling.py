"""Photos are brought back from their rolls: with their county, or later into one that runs. Nothing is overwritten."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import bson
from pyrage import x25519

from deploy.backup.archive import MANIFEST, members, whole
from deploy.backup.database import PHOTOS_APART
from deploy.backup.rolls import BEGINNING, PHOTOS_URL, RollNoted, elsewhere, rolls_of
from deploy.embedded.trouble import Trouble
from deploy.progress import Watch
from services.inspection.photos.album import COLLECTIONS, Album, beside
from services.inspection.photos.store import PHOTOS
from shared.calendar import CHINA
from shared.database.mongo import Client, Database, database
from shared.pages.chinese import grouped

ANOTHER = "照片备份{}是{}县的，没有使用。 It is of another county."
OUTSIDE = (
    "照片在另外的数据库，没有随县恢复，也暂不使用该数据库，以免试恢复的县改动正在使用的照片：确认以后把密钥文件夹中的"
    "inspection/{}改名为{}，重新启动。 Photos lie in another database, which is not used until its address is put back."
)
BACK = "照片备份{}：{}张。 A roll of photos is back."
GAP = "缺少{:%Y-%m-%d %H:%M}至{:%Y-%m-%d %H:%M}的照片备份。 There is no roll of that time."
ALL_THERE = "登记的照片都已恢复。 Every photo on record is there."
LACKING = (
    "登记的照片中{}张没有恢复，页面上显示“照片未恢复”：找到其照片备份后，执行 lianban restore-photos 文件… --key 密钥。"
    " Photos on record that are not there yet."
)
ASIDE = f"{PHOTOS_URL}.aside"
LISTED = 500
"""Entries that are looked at together."""


async def made(client: Client) -> None:
    """The album, empty where it was not there: parts behind an archive write into it."""
    there = await client[PHOTOS_APART].list_collection_names()
    for name in COLLECTIONS.values():
        if name not in there:
            await client[PHOTOS_APART].create_collection(name)


async def unrolled(
    folder: Path, county: str, identity: x25519.Identity, client: Client, secrets: Path, watch: Watch
) -> None:
    """All rolls that lie beside an archive; what is missing, or cannot be read, is said; the county opens without."""
    if elsewhere(secrets):
        watch.says(put_aside(secrets))
        return
    noted = list[RollNoted]()
    for place in rolls_of(folder, county):
        try:
            noted.append(await taken_in(place, identity, beside(client), county, watch))
        except Trouble as trouble:
            watch.says(str(trouble))
        else:
            watch.says(BACK.format(place.name, grouped(noted[-1].photos)))
    for gap in gaps(noted):
        watch.says(GAP.format(*gap))
    watch.begins("核对照片")
    watch.says(await whether_all_there(database(client, "inspection"), beside(client)))
    watch.ends()


def put_aside(secrets: Path) -> str:
    """A county that is brought back may be a trial, or old, and would sweep what the one that runs still shows."""
    place = secrets / "inspection" / PHOTOS_URL
    if place.exists():
        place.rename(place.with_name(ASIDE))
    return OUTSIDE.format(ASIDE, PHOTOS_URL)


async def taken_in(place: Path, identity: x25519.Identity, album: Album, county: str, watch: Watch) -> RollNoted:
    """All of a roll's, once the whole file has been read and is as it says; what lies there already stays."""
    size = place.stat().st_size if place.exists() else 0
    watch.begins("照片", 2 * size)  # read once to be checked, and once more to be laid
    noted = await asyncio.to_thread(whole, place, identity, RollNoted, watch.reached)
    if noted.county != county:
        raise Trouble(ANOTHER.format(place.name, noted.county))
    contents = members(place, identity, lambda done: watch.reached(size + done))
    while member := await asyncio.to_thread(next, contents, None):
        if member[0] != MANIFEST:
            for photo in bson.decode_all(member[1]):
                await _laid(album, photo)
    watch.ends()
    return noted


async def _laid(album: Album, photo: Mapping[str, Any]) -> None:
    """With the time at which it was laid first, so that no later roll has it once more."""
    for size, collection in COLLECTIONS.items():
        if photo[size] is not None:
            kept = {"$setOnInsert": {"picture": photo[size], "laid": photo["laid"]}}
            await album.db[collection].update_one({"_id": photo["_id"]}, kept, upsert=True)


def gaps(rolls: Iterable[RollNoted]) -> Iterator[tuple[datetime, datetime]]:
    """The times between rolls of which there is none, in China."""
    reached = BEGINNING
    for one in sorted(rolls, key=lambda roll: roll.since):
        if one.since > reached:
            yield reached.astimezone(CHINA), one.since.astimezone(CHINA)
        reached = max(reached, one.until)


async def whether_all_there(db: Database, album: Album) -> str:
    """Whether each photo on record is there, cleared ones left out."""
    if lacking := await _lacking(db, album):
        return LACKING.format(grouped(lacking))
    return ALL_THERE


async def _lacking(db: Database, album: Album) -> int:
    count, some = 0, list[str]()
    async for entry in db[PHOTOS].find({"data": None, "cleared": None}, {"_id": 1}).sort("_id", 1):
        some.append(entry["_id"])
        if len(some) == LISTED:
            count, some = count + len(await album.lacking(some)), []
    return count + len(await album.lacking(some))
