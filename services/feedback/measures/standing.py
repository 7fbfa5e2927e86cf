"""The standing check as it goes on: every month once, then what was written since; all of them again every day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from services.feedback.measures.model import Balance, MonthlyDocument
from services.feedback.measures.recompute import DOCUMENTS_AT_ONCE, differences, months_kept
from shared.database.mongo import Database

ALL_EVERY = timedelta(days=1)


class Print(NamedTuple):
    """By which a month is known to be as it was: documents, how often they were written, what its stocks come to."""

    documents: int
    written: int
    stocks: int


class Standing:
    """What is known of each month since it was looked at; `now` is in seconds, of whatever clock."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: dict[str, tuple[Print | None, list[dict[str, Any]]]] = {}
        self._all: float | None = None

    async def differing(self, now: float) -> list[dict[str, Any]]:
        """Every document that differs from its facts."""
        if self._all is None or now - self._all >= ALL_EVERY.total_seconds():
            self._known, self._all = {}, now
        seen = await prints(self._db)
        for month in await months_kept(self._db):
            is_known = month in self._known and self._known[month][0] == seen.get(month)
            if not is_known or self._known[month][1]:
                self._known[month] = seen.get(month), await differences(self._db, month)
        return [one for _, found in self._known.values() for one in found]


async def prints(db: Database) -> Mapping[str, Print]:
    """Of every month."""
    counted = {"$group": {"_id": "$month", "documents": {"$sum": 1}, "written": {"$sum": "$version"}}}
    monthly = {one["_id"]: one async for one in db[MonthlyDocument.collection].aggregate([counted])}
    stocks = dict[str, int]()
    async for balance in db[Balance.collection].find({}, {"add": 1}, batch_size=DOCUMENTS_AT_ONCE):
        for name, by_month in balance.get("add", {}).items():
            for month, amount in by_month.items():
                stocks[month] = stocks.get(month, 0) + hash((balance["_id"], name, amount))
    return {
        month: Print(one["documents"], one["written"], stocks.get(month, 0))
        if (one := monthly.get(month))
        else Print(0, 0, stocks[month])
        for month in sorted(monthly.keys() | stocks.keys())
    }
