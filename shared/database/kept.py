"""What a service keeps, read as documents of their kind: one by its id, or all that fit."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Mapping, Sequence
from typing import Any

from shared.database.documents import T
from shared.database.mongo import Database
from shared.stretch import Stretch

BY_ID = (("_id", 1),)
LACKS = "_lacks"


async def document(db: Database, kind: type[T], id: str) -> T | None:
    """One document, or None."""
    raw = await db[kind.collection].find_one({"_id": id})
    return kind.stored(raw) if raw else None


async def documents(
    db: Database,
    kind: type[T],
    wanted: Mapping[str, Any],
    order: Sequence[tuple[str, int]] = BY_ID,
) -> list[T]:
    """All documents that fit, in this order."""
    cursor = db[kind.collection].find(wanted).sort(list(order))
    return [kind.stored(raw) for raw in await cursor.to_list(None)]


async def page_of_documents(
    db: Database,
    kind: type[T],
    wanted: Mapping[str, Any],
    order: Sequence[tuple[str, int]],
    asked: int,
    size: int,
    without_last: str = "",
) -> tuple[list[T], Stretch]:
    """One page of the documents that fit, in this order, and how many there are in all."""
    stretch = Stretch.of(await db[kind.collection].count_documents(wanted), asked, size)
    found = in_turn(db, kind, wanted, order, stretch.skip, size, without_last)
    return [one async for one in found], stretch


async def every_document(
    db: Database,
    kind: type[T],
    wanted: Mapping[str, Any],
    order: Sequence[tuple[str, int]],
    most: int,
    without_last: str = "",
) -> AsyncIterator[T]:
    """All documents that fit, in this order, a few in memory at a time; no more than `most`."""
    async for one in in_turn(db, kind, wanted, order, 0, most, without_last):
        yield one


async def in_turn(
    db: Database,
    kind: type[T],
    wanted: Mapping[str, Any],
    order: Sequence[tuple[str, int]],
    skip: int,
    most: int,
    without_last: str = "",
) -> AsyncIterator[T]:
    """Documents in an order; where it sorts by the field `without_last`, those without a value stand last anyway."""
    cursor: AsyncIterable[dict[str, Any]]
    if not without_last:
        cursor = db[kind.collection].find(wanted).sort(list(order)).skip(skip).limit(most)
    else:
        lacks = {LACKS: {"$eq": [{"$ifNull": [f"${without_last}", None]}, None]}}
        by = dict(each for one in order for each in ([(LACKS, 1), one] if one[0] == without_last else [one]))
        steps = ({"$match": dict(wanted)}, {"$addFields": lacks}, {"$sort": by}, {"$skip": skip}, {"$limit": most})
        cursor = db[kind.collection].aggregate(list(steps))
    async for raw in cursor:
        yield kind.stored(raw)
