"""Photos of which every part is there, until their sender is answered: what the judge takes from, in turn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pymongo import IndexModel, ReturnDocument, UpdateOne

from services.inspection.photos.chunks import Chunk
from shared.database.mongo import Database, Session

WAITING = "photos_waiting"
INDEXES: dict[str, list[IndexModel]] = {WAITING: [IndexModel([("station", 1), ("sequence", 1)])]}
Reasons = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Whole:
    """A photo that waits, with the part that made it whole: by that it is buried, and by its sequence it is told apart
    from the same photo that was sent again.

    `answer` is what has been decided of it and not been said yet: reasons for a no, none for a yes.
    """

    photo: str
    total: int
    n: int
    subject: str
    stream: str
    sequence: int
    received: datetime
    answer: Reasons | None = None

    @property
    def station(self) -> str:
        """Whose it is."""
        return self.photo.split("/")[0]

    @property
    def sha256(self) -> str:
        """Its name."""
        return self.photo.split("/")[1]


async def note(db: Database, chunks: Iterable[Chunk], session: Session) -> None:
    """That each of these parts made its photo whole; the tries of one that waits already still count."""
    if writes := [_note(chunk) for chunk in chunks]:
        await db[WAITING].bulk_write(writes, ordered=False, session=session)


def _note(by: Chunk) -> UpdateOne:
    message = by.message
    place = {"subject": message.subject, "stream": message.stream, "sequence": message.sequence}
    noted = {"station": by.station, "total": by.total, "n": by.n, "received": by.received, **place}
    update = {"$set": noted, "$unset": {"answer": ""}, "$setOnInsert": {"tried": 0}}
    return UpdateOne({"_id": by.photo}, update, upsert=True)


async def first_of_each(db: Database) -> dict[str, int]:
    """Of every organisation of which a photo waits the sequence of its first, by its code."""
    firsts: list[Mapping[str, Any]] = [
        {"$sort": {"station": 1, "sequence": 1}},
        {"$group": {"_id": "$station", "first": {"$first": "$sequence"}}},
    ]
    return {one["_id"]: one["first"] async for one in db[WAITING].aggregate(firsts)}


async def of(db: Database, station: str) -> Whole | None:
    """The first that waits of an organisation."""
    found = await db[WAITING].find_one({"station": station}, sort=[("sequence", 1)])
    return _whole(found) if found else None


def _whole(raw: Mapping[str, Any]) -> Whole:
    place = (raw["subject"], raw["stream"], raw["sequence"], raw["received"])
    return Whole(raw["_id"], raw["total"], raw["n"], *place, raw.get("answer"))


async def full(db: Database, stations: Iterable[str], most: int) -> set[str]:
    """Those of these of which so many wait."""
    asked: list[Mapping[str, Any]] = [
        {"$match": {"station": {"$in": sorted(set(stations))}}},
        {"$group": {"_id": "$station", "n": {"$sum": 1}}},
    ]
    return {one["_id"] async for one in db[WAITING].aggregate(asked) if one["n"] >= most}


async def of_all(db: Database, station: str) -> list[str]:
    """All photos of an organisation that wait."""
    return [one["_id"] async for one in db[WAITING].find({"station": station}, {"_id": 1})]


async def tried(db: Database, whole: Whole) -> int:
    """How often it has been looked at with this time, those included that a crash cut short."""
    it, once_more = {"_id": whole.photo}, {"$inc": {"tried": 1}}
    after = await db[WAITING].find_one_and_update(it, once_more, {"tried": 1}, return_document=ReturnDocument.AFTER)
    return int(after["tried"]) if after else 1


async def answer(db: Database, whole: Whole, reasons: Reasons, session: Session) -> None:
    """What has been decided; the same photo sent anew from now on is tried anew."""
    decided = {"$set": {"answer": reasons, "tried": 0}}
    await db[WAITING].update_one({"_id": whole.photo}, decided, session=session)


async def forget(db: Database, whole: Whole) -> None:
    """Its sender knows; one that has been sent again since then waits for its own answer."""
    await db[WAITING].delete_one({"_id": whole.photo, "sequence": whole.sequence})


async def how_many(db: Database) -> tuple[int, datetime | None]:
    """How many wait, and since when the first of them."""
    first: Sequence[Mapping[str, Any]] = await db[WAITING].find({}, {"received": 1}).sort("received", 1).to_list(1)
    return await db[WAITING].estimated_document_count(), first[0]["received"] if first else None
