"""Where photos lie: chunks until they are whole, then the original with what is shown of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from pymongo import IndexModel, ReturnDocument, UpdateOne

from services.inspection.photos.chunks import Chunk
from services.inspection.photos.model import ArrivedPhoto
from services.inspection.photos.pictures import Picture
from shared.database.mongo import Database

CHUNKS, PHOTOS, REFUSED = "photo_chunks", ArrivedPhoto.collection, "refused_photos"
HALF_ARRIVED = 7 * 24 * 3600
"""Seconds after which the database sweeps what never became whole."""
REMEMBERED = 400 * 24 * 3600
"""Seconds for which it is said why a photo was refused."""
INDEXES: dict[str, list[IndexModel]] = {
    CHUNKS: [
        IndexModel([("photo", 1), ("total", 1), ("n", 1)]),
        IndexModel([("received", 1)], expireAfterSeconds=HALF_ARRIVED),
    ],
    PHOTOS: [],
    REFUSED: [IndexModel([("received", 1)], expireAfterSeconds=REMEMBERED)],
}


async def known(db: Database, photos: Iterable[str]) -> set[str]:
    """Which of these are kept already."""
    found = db[PHOTOS].find({"_id": {"$in": sorted(set(photos))}}, {"_id": 1})
    return {one["_id"] async for one in found}


async def keep_chunks(db: Database, chunks: Sequence[Chunk]) -> None:
    """One more arrival of a chunk replaces it; a photo that is cut otherwise begins anew."""
    if chunks:
        await db[CHUNKS].bulk_write([_put(chunk) for chunk in chunks], ordered=False)


def _put(chunk: Chunk) -> UpdateOne:
    """How often the photo was tried stays beside its first chunk."""
    kept = {"photo": chunk.photo, "total": chunk.total, "n": chunk.n}
    arrived = {**kept, "received": chunk.received, "data": chunk.data}
    return UpdateOne({"_id": f"{chunk.photo}/{chunk.total}/{chunk.n}"}, {"$set": arrived}, upsert=True)


async def whole(db: Database, photo: str, total: int) -> bytes | None:
    """The photo, once all its chunks are there."""
    cut = {"photo": photo, "total": total}
    if await db[CHUNKS].count_documents(cut) < total:
        return None
    return b"".join([chunk["data"] async for chunk in db[CHUNKS].find(cut, {"data": 1}).sort("n", 1)])


async def tried(db: Database, photo: str, total: int) -> int:
    """How often it has been looked at with this time, those included that a crash cut short."""
    first, once_more = {"_id": f"{photo}/{total}/0"}, {"$inc": {"tried": 1}}
    after = await db[CHUNKS].find_one_and_update(first, once_more, {"tried": 1}, return_document=ReturnDocument.AFTER)
    return int(after["tried"]) if after else 1


async def keep(db: Database, photo: str, picture: Picture, data: bytes, received: datetime) -> None:
    """The original as it came, and what is shown of it; keeping it again changes nothing but when.

    What came damaged before and was refused is refused no longer.
    """
    shown = {"shown": picture.shown, "thumb": picture.thumb}
    size = {"width": picture.width, "height": picture.height, "bytes": len(data)}
    kept = {"_id": photo, "type": picture.type, **size, "received": received, "data": data, **shown}
    await db[PHOTOS].replace_one({"_id": photo}, kept, upsert=True)
    await db[REFUSED].delete_one({"_id": photo})


async def refuse(db: Database, photo: str, reason: Mapping[str, str], received: datetime) -> None:
    """The reason for whoever looks for the photo later; the newest holds."""
    refused = {"_id": photo, "reason": dict(reason), "received": received}
    await db[REFUSED].replace_one({"_id": photo}, refused, upsert=True)


async def refused(db: Database, photos: Iterable[str]) -> dict[str, dict[str, str]]:
    """Which of these were refused, and the reason."""
    found = db[REFUSED].find({"_id": {"$in": sorted(set(photos))}}, {"reason": 1})
    return {one["_id"]: one["reason"] async for one in found}


async def drop_chunks(db: Database, photos: Iterable[str]) -> None:
    """Of photos that are answered, whichever way."""
    await db[CHUNKS].delete_many({"photo": {"$in": sorted(set(photos))}})


async def rendition(db: Database, photo: str, which: str) -> bytes | None:
    """`shown` or `thumb` of a photo."""
    found = await db[PHOTOS].find_one({"_id": photo}, {which: 1})
    return found[which] if found else None
