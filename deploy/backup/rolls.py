"""Photos in archives of their own, rolls: each photo once, for its pictures never change and are most of a county.

A roll has what was laid in the album behind the one before it, up to now. A county's archive has the entries of photos,
and is saved first: pictures are laid before their entry, so that rolls have all that the archive has on record.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import bson
from pyrage import x25519

from deploy.backup.archive import LARGEST, Writing, written
from deploy.backup.keys import recipient
from deploy.backup.manifest import Contents
from deploy.backup.saving import UNFINISHED, Live, beside, in_the_open, read_back, revision
from deploy.progress import Watch
from services.inspection.photos.album import COLLECTIONS, Album
from services.inspection.photos.album import beside as album_beside
from shared.calendar import CHINA
from shared.database.mongo import Client, connect

MOST = 10_000_000_000
"""Bytes of a roll, or a little more: what a first one would be beyond it comes in several."""
RECENT, SETTLES = timedelta(minutes=1), 5.0
"""What is being laid has its time before it can be read: where something was lately, so many seconds are waited."""
BEGINNING = datetime(2018, 1, 1, tzinfo=UTC)
"""No photo was laid before."""
NAMED = "%Y%m%dT%H%M%S"
ORIGINALS = COLLECTIONS["data"]
PHOTOS_URL = "photos_url"


class RollNoted(Contents):
    """What was laid behind `since` and up to `until`."""

    since: datetime
    until: datetime
    photos: int


@dataclass(frozen=True)
class Roll:
    """One that has been read back."""

    file: Path
    noted: RollNoted


def rolls_of(folder: Path, county: str) -> list[Path]:
    """A county's, the newest last."""
    ours = re.compile(rf"lianban-{county}-photos-\d{{8}}T\d{{6}}-\d{{8}}T\d{{6}}\.age").fullmatch
    return sorted(place for place in folder.iterdir() if ours(place.name)) if folder.is_dir() else []


def elsewhere(secrets: Path) -> str:
    """Where photos lie that do not lie beside the ledgers; empty else."""
    place = secrets / "inspection" / PHOTOS_URL
    return os.environ.get(PHOTOS_URL.upper()) or (place.read_text().strip() if place.exists() else "")


@asynccontextmanager
async def album_entered(mongo_url: str, secrets: Path) -> AsyncIterator[Album]:
    """Wherever the county's photos lie."""
    client = connect(elsewhere(secrets) or mongo_url, "lianban-backup-photos")
    try:
        yield album_beside(client)
    finally:
        client.close()


async def save_rolls(
    running: Live, folder: Path, watch: Watch, most: int = MOST, settles: float = SETTLES
) -> AsyncIterator[Roll]:
    """What was laid since the newest roll of the folder, in as many as it takes; none where nothing was."""
    to, since = recipient(running.secrets), _reached(folder, running.county)
    async with album_entered(running.mongo_url, running.secrets) as album:
        for collection in COLLECTIONS.values():
            await album.db[collection].create_index([("laid", 1)])
        until = await _now(album.db.client)
        if await album.db[ORIGINALS].find_one({"laid": {"$gt": until - RECENT}}, {"_id": 1}):
            await asyncio.sleep(settles)
        total, done = await album.db[ORIGINALS].count_documents({"laid": _between(since, until)}), 0
        while await album.db[ORIGINALS].find_one({"laid": _between(since, until)}, {"_id": 1}):
            watch.begins("照片", total - done, "张")
            roll = await _saved(running, folder, album, to, since, until, most, watch)
            since, done = roll.noted.until, done + roll.noted.photos
            yield roll


async def _now(client: Client) -> datetime:
    """By the database's clock, which says when each was laid."""
    now: datetime = (await client.admin.command("hello"))["localTime"]
    return now.replace(tzinfo=UTC)


def _between(since: datetime, until: datetime) -> Mapping[str, datetime]:
    return {"$gt": since, "$lte": until}


def _reached(folder: Path, county: str) -> datetime:
    """Where the newest that says so ends; all is saved once more where none does."""
    for place in reversed(rolls_of(folder, county)):
        with suppress(OSError, ValueError, KeyError):
            return datetime.fromisoformat(json.loads(beside(place).read_text())["until"])
    return BEGINNING


async def _saved(
    running: Live,
    folder: Path,
    album: Album,
    to: x25519.Recipient,
    since: datetime,
    until: datetime,
    most: int,
    watch: Watch,
) -> Roll:
    began, once = time.monotonic(), x25519.Identity.generate()
    draft = folder / f"lianban-{running.county}-photos-{since.astimezone(CHINA):{NAMED}}.age{UNFINISHED}"
    draft.unlink(missing_ok=True)
    with written(draft, [to, once.to_public()]) as writing:
        count, until = await _wound(album, writing, since, until, most, watch)
        noted = RollNoted(
            revision=revision(), county=running.county, since=since, until=until, photos=count, sums=dict(writing.sums)
        )
        await asyncio.to_thread(writing.end, noted)
    watch.begins("回读照片", draft.stat().st_size)
    await read_back(draft, once, noted, watch.reached)
    watch.ends()
    ends = until.astimezone(CHINA)
    file = folder / f"lianban-{running.county}-photos-{since.astimezone(CHINA):{NAMED}}-{ends:{NAMED}}.age"
    draft.replace(file)
    beside(file).write_text(in_the_open(file, file.name, noted, {"seconds": round(time.monotonic() - began, 1)}))
    return Roll(file, noted)


async def _wound(
    album: Album, writing: Writing, since: datetime, until: datetime, most: int, watch: Watch
) -> tuple[int, datetime]:
    """How many photos it has, and when the last was laid: a roll that is full ends between two times."""
    count, last, part = 0, since, list[bytes]()
    originals = album.db[ORIGINALS].find({"laid": _between(since, until)}, batch_size=2).sort("laid", 1)
    async for one in originals:
        if one["laid"] != last and writing.bytes + sum(map(len, part)) >= most:
            break
        photo = await _of_every_size(album, one)
        if part and sum(map(len, part)) + len(photo) > LARGEST:
            await asyncio.to_thread(_add, writing, part)
        part.append(photo)
        count, last = count + 1, one["laid"]
        watch.reached(count)
    await asyncio.to_thread(_add, writing, part)
    return count, last


async def _of_every_size(album: Album, original: Mapping[str, Any]) -> bytes:
    """As BSON; one that is being cleared may lack some."""
    sizes = {size: await album.picture(original["_id"], size) for size in COLLECTIONS if size != "data"}
    return bson.encode({"_id": original["_id"], "laid": original["laid"], "data": original["picture"], **sizes})


def _add(writing: Writing, part: list[bytes]) -> None:
    if part:
        writing.add(f"photos/{len(writing.sums):06}", b"".join(part))
        part.clear()
