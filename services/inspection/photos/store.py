"""Where photos lie: chunks until they are whole, then an entry of each, whose pictures lie in the album.

An entry of before has its pictures in itself, and is read there until they have been moved (`moving.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from pymongo import IndexModel, UpdateOne

from services.inspection.photos import waiting
from services.inspection.photos.album import COLLECTIONS, Album, Pictures
from services.inspection.photos.chunks import Chunk
from services.inspection.photos.model import ArrivedPhoto, Cleared, Entry
from services.inspection.photos.picture import Picture
from shared.database.mongo import Database, Session

CHUNKS, PHOTOS, REFUSED = "photo_chunks", ArrivedPhoto.collection, "refused_photos"
HALF_ARRIVED = 7 * 24 * 3600
"""Seconds after which the database sweeps what never became whole, or was not looked at; the bus keeps it no longer."""
REMEMBERED = 400 * 24 * 3600
"""Seconds for which it is said why a photo was refused."""
IN_ALBUM: Mapping[str, bytes | None] = dict.fromkeys(COLLECTIONS)
"""What an entry says of pictures that lie in the album; release 0.1.0 reads of it that the photo is not there yet."""
INDEXES: dict[str, list[IndexModel]] = {
    CHUNKS: [
        IndexModel([("photo", 1), ("total", 1), ("n", 1)]),
        IndexModel([("received", 1)], expireAfterSeconds=HALF_ARRIVED),
    ],
    PHOTOS: [],
    **waiting.INDEXES,
    REFUSED: [IndexModel([("received", 1)], expireAfterSeconds=REMEMBERED)],
}


async def known(db: Database, photos: Iterable[str]) -> set[str]:
    """Which of these are kept already."""
    found = db[PHOTOS].find({"_id": {"$in": sorted(set(photos))}}, {"_id": 1})
    return {one["_id"] async for one in found}


async def entries(db: Database, photos: Iterable[str]) -> dict[str, Entry]:
    """Of these that are kept."""
    said = {"cleared": 1, "bytes": 1, "lies_here": {"$ne": [{"$ifNull": ["$data", None]}, None]}}
    found = db[PHOTOS].find({"_id": {"$in": sorted(set(photos))}}, said)
    return {one["_id"]: _entry(one) async for one in found}


def _entry(raw: Mapping[str, Any]) -> Entry:
    if how := raw.get("cleared"):
        return Entry(Cleared.model_validate({**how, "bytes": raw["bytes"]}), is_in_album=False)
    return Entry(None, is_in_album=not raw["lies_here"])


async def keep_chunks(db: Database, chunks: Sequence[Chunk], session: Session) -> None:
    """One more arrival of a chunk replaces it; a photo that is cut otherwise begins anew."""
    await db[CHUNKS].bulk_write([_put(chunk) for chunk in chunks], ordered=False, session=session)


def _put(chunk: Chunk) -> UpdateOne:
    kept = {"photo": chunk.photo, "total": chunk.total, "n": chunk.n}
    arrived = {**kept, "received": chunk.received, "data": chunk.data}
    return UpdateOne({"_id": f"{chunk.photo}/{chunk.total}/{chunk.n}"}, {"$set": arrived}, upsert=True)


async def whole_by(db: Database, chunks: Iterable[Chunk], session: Session) -> list[Chunk]:
    """Of each photo of which all parts are there now the last of these, by which it is."""
    last = {(chunk.photo, chunk.total): chunk for chunk in chunks}
    counted: list[Mapping[str, Any]] = [
        {"$match": {"photo": {"$in": sorted({photo for photo, _ in last})}}},
        {"$group": {"_id": {"photo": "$photo", "total": "$total"}, "parts": {"$sum": 1}}},
    ]
    there = {
        (one["_id"]["photo"], one["_id"]["total"]): one["parts"]
        async for one in db[CHUNKS].aggregate(counted, session=session)
    }
    return [chunk for cut, chunk in last.items() if there.get(cut, 0) >= chunk.total]


async def parts_of(db: Database, station: str, most: int) -> int:
    """How many parts of an organisation's photos are here, counted up to so many."""
    return await db[CHUNKS].count_documents({"_id": _all_of(station)}, limit=most)


async def drop_half_sent(db: Database, station: str, whole: Collection[str]) -> None:
    """All parts of an organisation's but those of the photos that are whole; they are sent again from their first."""
    await db[CHUNKS].delete_many({"_id": _all_of(station), "photo": {"$nin": sorted(whole)}})


def _all_of(station: str) -> Mapping[str, str]:
    return {"$gte": f"{station}/", "$lt": f"{station}0"}


async def assembled(db: Database, photo: str, total: int) -> bytes | None:
    """The photo; None when parts of it are gone."""
    cut = {"photo": photo, "total": total}
    parts = [chunk["data"] async for chunk in db[CHUNKS].find(cut, {"data": 1}).sort("n", 1)]
    return b"".join(parts) if len(parts) >= total else None


async def part(db: Database, photo: str, total: int, n: int) -> bytes:
    """One of its parts; empty when it is gone."""
    found = await db[CHUNKS].find_one({"_id": f"{photo}/{total}/{n}"}, {"data": 1})
    return found["data"] if found else b""


def pictures_of(picture: Picture, data: bytes) -> Pictures:
    """The original as it came, and what is shown of it."""
    return {"data": data, "shown": picture.shown, "thumb": picture.thumb}


async def keep(
    db: Database,
    photo: str,
    picture: Picture,
    data: bytes,
    received: datetime,
    session: Session | None = None,
    is_beside: bool = False,
) -> None:
    """The entry of a photo whose pictures lie in the album, or in the entry; again it changes nothing but when.

    What came damaged before and was refused is refused no longer.
    """
    pictures = pictures_of(picture, data) if is_beside else IN_ALBUM
    size = {"width": picture.width, "height": picture.height, "bytes": len(data)}
    kept = {"_id": photo, "type": picture.type, **size, "received": received, **pictures}
    await db[PHOTOS].replace_one({"_id": photo}, kept, upsert=True, session=session)
    await db[REFUSED].delete_one({"_id": photo}, session=session)


async def refuse(
    db: Database, photo: str, reason: Mapping[str, str], received: datetime, session: Session | None = None
) -> None:
    """The reason for whoever looks for the photo later; the newest holds."""
    refused = {"_id": photo, "reason": dict(reason), "received": received}
    await db[REFUSED].replace_one({"_id": photo}, refused, upsert=True, session=session)


async def refused(db: Database, photos: Iterable[str]) -> dict[str, dict[str, str]]:
    """Which of these were refused, and the reason."""
    found = db[REFUSED].find({"_id": {"$in": sorted(set(photos))}}, {"reason": 1})
    return {one["_id"]: one["reason"] async for one in found}


async def drop_chunks(db: Database, photos: Iterable[str], session: Session | None = None) -> None:
    """Of photos that are answered, whichever way."""
    await db[CHUNKS].delete_many({"photo": {"$in": sorted(set(photos))}}, session=session)


async def rendition(db: Database, album: Album, photo: str, size: str) -> bytes | None:
    """`data`, `shown` or `thumb` of a photo: its entry's where it has it, for that is taken away only after the album's
    lies there."""
    entry = await db[PHOTOS].find_one({"_id": photo, "cleared": None}, {size: 1})
    if entry is None:
        return None
    return entry.get(size) or await album.picture(photo, size)
