"""The office's figures: how many documents of a period were to be signed for and replied to, and were in time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from services.feedback.documents.model import Delivery, DeliveryState, ReplyState
from services.feedback.reports import periods
from shared.database.mongo import Database
from shared.pages.boards import Board, Cell
from shared.pages.cells import Cells, number_cell
from shared.pages.chinese import NOTHING, grouped, percent
from shared.web.boards import Address, lines_at_hand
from shared.web.visit import Visit

HEADS = {
    "期次": "",
    "应送达": "number",
    "已签收": "number",
    "按时签收率": "number",
    "应回复": "number",
    "已回复": "number",
    "按时回复率": "number",
}
MOST = 100
"""Periods of a year that have documents: months, quarters and the year itself are fewer."""


class OfPeriod(NamedTuple):
    """Of documents that are not void: a rate is of what fell due, be it done or not."""

    period: str
    delivered: int
    received: int
    receipts_due: int
    receipts_on_time: int
    to_reply: int
    replied: int
    replies_due: int
    replies_on_time: int

    @property
    def receipts(self) -> str:
        """按时签收率; a dash while nothing fell due."""
        return percent(self.receipts_on_time / self.receipts_due) if self.receipts_due else NOTHING

    @property
    def replies(self) -> str:
        """按时回复率, likewise."""
        return percent(self.replies_on_time / self.replies_due) if self.replies_due else NOTHING


def _count(condition: Mapping[str, Any]) -> dict[str, Any]:
    return {"$sum": {"$cond": [condition, 1, 0]}}


async def sums(db: Database, wanted: Mapping[str, Any], today: date, by: str = "$period") -> list[OfPeriod]:
    """Of what fits, by period or all in one (`by` is empty); what was sent back is not due until it is delivered."""
    is_received = {"$eq": ["$state", DeliveryState.RECEIVED.value]}
    is_on_its_way = {"$ne": ["$state", DeliveryState.RETURNED.value]}
    asks = {"$ne": ["$reply", ReplyState.NONE.value]}
    is_replied = {"$in": ["$replied_on_time", [True, False]]}
    receipt_past, reply_past = ({"$lt": [f"${name}", today.isoformat()]} for name in ("due", "reply_due"))
    grouped_by: list[Mapping[str, Any]] = [
        {"$match": {"$and": [wanted, {"state": {"$ne": DeliveryState.WITHDRAWN.value}}]}},
        {
            "$group": {
                "_id": by or None,
                "delivered": {"$sum": 1},
                "received": _count(is_received),
                "receipts_due": _count({"$or": [is_received, {"$and": [is_on_its_way, receipt_past]}]}),
                "receipts_on_time": _count({"$eq": ["$on_time", True]}),
                "to_reply": _count(asks),
                "replied": _count(is_replied),
                "replies_due": _count({"$and": [asks, {"$or": [is_replied, {"$and": [is_on_its_way, reply_past]}]}]}),
                "replies_on_time": _count({"$eq": ["$replied_on_time", True]}),
            }
        },
    ]
    found = await db[Delivery.collection].aggregate(grouped_by).to_list(None)
    return [OfPeriod(period=one.pop("_id") or "", **one) for one in found]


async def summed(here: Visit, wanted: Mapping[str, Any]) -> str:
    """In one sentence; empty where there is no document."""
    for one in await sums(here.parts.db, wanted, here.today, ""):
        receipts = (
            f"，按时签收率{one.receipts}（签收期限已到{grouped(one.receipts_due)}份）" if one.receipts_due else ""
        )
        replies = f"，按时回复率{one.replies}（回复期限已到{grouped(one.replies_due)}份）" if one.replies_due else ""
        replied = f"应回复{grouped(one.to_reply)}份，已回复{grouped(one.replied)}份{replies}。" if one.to_reply else ""
        return f"应送达{grouped(one.delivered)}份，已签收{grouped(one.received)}份{receipts}。{replied}"
    return ""


async def figures_board(here: Visit, year: str, address: Address) -> Board:
    """Of a year, the newest period first."""
    wanted = {"county": here.parts.settings.county, "period": {"$regex": f"^{year}"}}
    found = await sums(here.parts.db, wanted, here.today)
    ordered = sorted(found, key=lambda one: (periods.last_day(one.period), len(one.period)), reverse=True)
    lines, paging = lines_at_hand([_line(one) for one in ordered], 1, address, "期", MOST)
    note = "按时率按期限已到的计算；撤回作废的不计，退回的重新送达后再计。"
    return Board(f"{year}年签收和回复情况", HEADS, lines, "还没有印发的反馈文件。", paging, note=note)


def _line(one: OfPeriod) -> Cells:
    return (
        Cell(periods.in_chinese(one.period), f"/feedback/deliveries?period={one.period}"),
        number_cell(one.delivered, "份"),
        number_cell(one.received, "份"),
        Cell(one.receipts, note=_of(one.receipts_on_time, one.receipts_due)),
        number_cell(one.to_reply, "份"),
        number_cell(one.replied, "份"),
        Cell(one.replies, note=_of(one.replies_on_time, one.replies_due)),
    )


def _of(n: int, d: int) -> str:
    return f"{grouped(n)}／{grouped(d)}" if d else ""
