"""Documents by how far their opinions are, and how many of these somebody has seen done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from services.feedback.documents.model import Delivery
from services.feedback.documents.opinions import LEFT_OPEN
from shared.database.mongo import Database
from shared.pages.chinese import grouped

OpinionsAsked = Literal["open", "done", "filed"]


def by_opinions(asked: OpinionsAsked | None) -> dict[str, Any]:
    """The filter of those with opinions that nobody has seen done, with none such left, or that are filed."""
    is_open = {"opinions.stage": {"$in": [*LEFT_OPEN]}}
    match asked:
        case None:
            return {}
        case "open":
            return is_open
        case "done":
            return {"opinions.0": {"$exists": True}, "$nor": [is_open]}
        case "filed":
            return {"filed": {"$ne": None}}


async def opinions_summed(db: Database, wanted: Mapping[str, Any]) -> str:
    """Those that were signed for, and of these the ones that somebody has seen done; empty where there is none."""
    each: list[dict[str, Any]] = [
        {"$match": wanted},
        {"$unwind": "$opinions"},
        {"$group": {"_id": {"$in": ["$opinions.stage", [*LEFT_OPEN]]}, "count": {"$sum": 1}}},
    ]
    counted = {raw["_id"]: raw["count"] async for raw in db[Delivery.collection].aggregate(each)}
    if not counted:
        return ""
    return f"整改意见{grouped(sum(counted.values()))}条，已销号{grouped(counted.get(False, 0))}条。"
