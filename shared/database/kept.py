"""What a service keeps, read as documents of their kind: one by its id, or all that fit."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from shared.database.documents import T
from shared.database.mongo import Database
from shared.stretch import Stretch

BY_ID = (("_id", 1),)


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
    db: Database, kind: type[T], wanted: Mapping[str, Any], order: Sequence[tuple[str, int]], asked: int, size: int
) -> tuple[list[T], Stretch]:
    """One page of the documents that fit, in this order, and how many there are in all."""
    stretch = Stretch.of(await db[kind.collection].count_documents(wanted), asked, size)
    cursor = db[kind.collection].find(wanted).sort(list(order)).skip(stretch.skip).limit(size)
    return [kind.stored(raw) for raw in await cursor.to_list(None)], stretch


async def every_document(
    db: Database, kind: type[T], wanted: Mapping[str, Any], order: Sequence[tuple[str, int]], most: int
) -> AsyncIterator[T]:
    """All documents that fit, in this order, a few in memory at a time; no more than `most`."""
    async for raw in db[kind.collection].find(wanted).sort(list(order)).limit(most):
        yield kind.stored(raw)
