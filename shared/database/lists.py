"""Lists as services answer them: by id, one page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.database.mongo import Database

MOST = 1000


async def listed(
    db: Database,
    collection: str,
    filter: Mapping[str, Any],
    limit: int,
    after: str | None = None,
    newest_first: bool = False,
) -> dict[str, Any]:
    """The documents that fit, in the order of their ids, from the one behind `after` on."""
    limit = max(1, min(limit, MOST))
    wanted = dict(filter)
    if after:
        wanted["_id"] = {("$lt" if newest_first else "$gt"): after}
    cursor = db[collection].find(wanted).sort("_id", -1 if newest_first else 1).limit(limit + 1)
    return page_of([plain(one) for one in await cursor.to_list(None)], limit)


async def one(db: Database, collection: str, id: str) -> dict[str, Any] | None:
    """One document, or None."""
    found = await db[collection].find_one({"_id": id})
    return plain(found) if found else None


def plain(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A stored document as an answer: `id`, and nothing of how it is kept."""
    return {"id": raw["_id"], **{name: value for name, value in raw.items() if name not in ("_id", "version")}}


def page_of(items: list[dict[str, Any]], limit: int) -> dict[str, Any]:
    """A list as the contract has it: one more than `limit` was read, and tells whether there is a next page."""
    shown = items[:limit]
    return {"items": shown, "next": shown[-1]["id"] if len(items) > limit else None}
