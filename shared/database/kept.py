"""What a service keeps, read as documents of their kind: one by its id, or all that fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from shared.database.documents import T
from shared.database.mongo import Database

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
    most: int = 0,
) -> list[T]:
    """The documents that fit, in this order; 0 is all of them."""
    cursor = db[kind.collection].find(wanted).sort(list(order)).limit(most)
    return [kind.stored(raw) for raw in await cursor.to_list(None)]
