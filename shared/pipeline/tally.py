"""How many facts of each type a ledger has: counted once, then on from where it was counted last."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from shared.database.lease import Kept, Reached
from shared.database.mongo import Database, Session
from shared.pipeline.ledger import FACTS, SUBMISSIONS, ledger

LEDGER_OF = {"submissions": SUBMISSIONS, "facts": FACTS}
"""Which ledger a subscription fills, by the last part of its name."""
PUBLISHED: Sequence[Mapping[str, Any]] = ({"$unwind": "$facts"}, {"$group": {"_id": "$facts.type", "n": {"$sum": 1}}})
"""Facts that followed from its entries."""
HEARD: Sequence[Mapping[str, Any]] = ({"$group": {"_id": "$type", "n": {"$sum": 1}}},)
"""Facts that are its entries."""


class Tally:
    """Of the ledger that one subscription fills; what is written there is never changed or removed."""

    def __init__(self, db: Database, subscription: str, grouped: Sequence[Mapping[str, Any]]) -> None:
        self._db, self._subscription, self._grouped = db, subscription, grouped
        self._ledger = ledger(db, LEDGER_OF[subscription.rpartition("-")[2]])
        self._upto = Reached()
        self._newest = 0
        self._counted = Counter[str]()

    async def now(self) -> Counter[str]:
        """By type, as of one moment; what was counted before is read again only where the stream is another.

        Or where it ends before what the ledger has, brought back from a copy: until it has come so far numbers come
        twice, and by them nobody can tell what is new.
        """
        async with await self._db.client.start_session(snapshot=True) as session:
            lease = await self._db["leases"].find_one({"_id": self._subscription}, session=session)
            upto = Kept.stored(lease or {}).place or Reached()
            went_back = upto.stream != self._upto.stream or upto.sequence < self._upto.sequence or not upto.stream
            if went_back or self._upto.sequence < self._newest:
                self._counted = await self._count({}, session)
                self._newest = await self._last(session)
            elif upto.sequence > self._upto.sequence:
                self._counted = self._counted + await self._count({"sequence": {"$gt": self._upto.sequence}}, session)
            self._upto = upto
        return self._counted

    def forget(self) -> None:
        """From the beginning, the next time: a place that went back and beyond meanwhile is not seen."""
        self._upto = Reached()

    async def _last(self, session: Session) -> int:
        newest: list[Mapping[str, Any]] = [{"$group": {"_id": None, "n": {"$max": "$sequence"}}}]
        return sum([one["n"] async for one in self._ledger.aggregate(newest, session=session)])

    async def _count(self, entries: Mapping[str, Any], session: Session) -> Counter[str]:
        found = self._ledger.aggregate([{"$match": entries}, *self._grouped], session=session)
        return Counter({one["_id"]: one["n"] async for one in found})
