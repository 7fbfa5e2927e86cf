"""Whether the open problems of each organisation are as many as its balance says."""

from __future__ import annotations

from collections import Counter
from typing import Any

from services.feedback.measures.model import Balance
from services.feedback.problems.model import OPEN, STILL, Problem
from shared.database.mongo import Database


async def unlike_balances(db: Database) -> list[dict[str, Any]]:
    """The organisations of which it is otherwise, both sides shown; read at one moment."""
    counted: list[dict[str, Any]] = [
        {"$match": {"until": STILL}},
        {"$group": {"_id": "$organisation", "open": {"$sum": 1}}},
    ]
    async with await db.client.start_session(snapshot=True) as session:
        found = db[Problem.collection].aggregate(counted, session=session)
        listed = Counter({one["_id"]: one["open"] async for one in found})
        balances = db[Balance.collection].find({}, {f"add.{OPEN}": 1}, session=session)
        held = Counter({one["_id"]: sum(one.get("add", {}).get(OPEN, {}).values()) async for one in balances})
    differing = [code for code in sorted(listed.keys() | held.keys()) if listed[code] != held[code]]
    about = {"month": "", "collection": Problem.collection}
    return [{**about, "path": code, "kept": {OPEN: listed[code]}, "computed": {OPEN: held[code]}} for code in differing]
