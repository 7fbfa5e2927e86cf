"""One copy of a service at a time decides for a subscription; the others stand by.

The lease lies in the service's own database and is written in every transaction, so that a copy which lost it
(stopped for a minute, cut off) cannot commit any more: the stream's order stays the order of decisions however many
copies run. A copy that starts again under its own name takes its lease back at once. The database's clock counts.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

from pymongo.errors import DuplicateKeyError

from shared.database.mongo import PATIENCE_MS, Database, Session

TERM_MS = 15_000
"""For how long a copy that says nothing keeps the lease: well above what a pull and a transaction take."""
HOLDS = {"$add": [{"$ifNull": ["$holds", 0]}, 1]}
"""Counted, for a time alone is the same twice within a millisecond: a write that changes nothing fences nobody."""
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


class LeaseLost(Exception):
    """Another copy holds the lease now: this process must end and stand by."""


class Lease:
    """The right to decide for one subscription."""

    def __init__(self, db: Database, subscription: str, instance: str, lasts_ms: int = TERM_MS) -> None:
        self._leases = db["leases"]
        self._id = subscription
        self._instance = instance
        self._held = {"until": {"$add": ["$$NOW", lasts_ms]}, "holds": HOLDS}
        self._term = 0

    async def acquire(self) -> bool:
        """Takes the lease when it is free, run out, or was this instance's own; False while another copy holds it.

        Only as it was read: the database goes on with what a killed process still asked it for, and such a request,
        when a lock lets it through at last, must not take the lease from a copy that has acquired it since.
        """
        free = {"$expr": {"$lt": ["$until", "$$NOW"]}}
        seen = await self._read()
        taken = await self._leases.find_one_and_update(
            {"_id": self._id, "term": seen, "$or": [{"holder": self._instance}, free]},
            [{"$set": {"holder": self._instance, "term": seen + 1, **self._held}}],
            maxTimeMS=PATIENCE_MS,  # a copy killed within a transaction still locks the lease: do not wait unseen
        )
        if taken is None:
            return False
        self._term = seen + 1
        return True

    async def _read(self) -> int:
        """Its term now; made when it is not there."""
        with suppress(DuplicateKeyError):
            await self._leases.insert_one({"_id": self._id, "holder": "", "term": 0, "until": LONG_AGO})
        held = await self._leases.find_one({"_id": self._id}, {"term": 1})
        return int(held["term"]) if held else 0

    async def hold(self, session: Session | None = None) -> None:
        """Prolongs the lease; within a transaction this fences: a copy that lost it cannot commit."""
        result = await self._leases.update_one(
            {"_id": self._id, "holder": self._instance, "term": self._term}, [{"$set": self._held}], session=session
        )
        if result.matched_count != 1:
            raise LeaseLost(self._id)

    async def release(self) -> None:
        """Lets another copy take over at once."""
        await self._leases.update_one(
            {"_id": self._id, "holder": self._instance, "term": self._term}, [{"$set": {"until": "$$NOW"}}]
        )
