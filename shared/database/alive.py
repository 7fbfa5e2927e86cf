"""Whether another copy of a service lives: it counts in its database for as long as it does, and others look.

What it counts is no part of a transaction, so that one which decides a large batch, or waits for a slow disk, is not
taken for dead. No clocks are compared: whoever looks counts seconds of its own, and only those in which it could look.
"""

from __future__ import annotations

import asyncio
import re
import time
from secrets import token_hex
from typing import Any

from pymongo.write_concern import WriteConcern

from shared.database.mongo import Database, is_fault

BEATS = 0.5
"""Seconds between two signs of life."""
SILENCE_MS = 3_000
"""Without a sign after which a copy counts as dead: six of them, and well above what one decision keeps it busy."""
GAP = 1.5
"""Seconds between two looks after which whoever looks begins anew: it stood still, or the database was away."""
RUN = token_hex(4)
"""This process: the next one of the same copy is another."""
BY_NAME = 64
"""Bytes of a copy's name by which the database knows its connections."""


def called(instance: str) -> str:
    """How the database is told whose a connection is."""
    return f"{_prefix(instance)}{RUN}"


def _prefix(instance: str) -> str:
    return f"lianban {instance.encode()[:BY_NAME].decode(errors='ignore')} "


async def gives_signs(db: Database, instance: str) -> None:
    """For as long as this copy lives; while the database is away none is given, and none is seen either."""
    beats = db.get_collection("alive", write_concern=WriteConcern(1))
    while True:
        try:
            async with asyncio.timeout(GAP):
                await beats.update_one({"_id": instance}, {"$set": {"run": RUN}, "$inc": {"beats": 1}}, upsert=True)
        except Exception as error:
            if not isinstance(error, TimeoutError) and not is_fault(error):
                raise
        await asyncio.sleep(BEATS)


class Silence:
    """What one who stands by has seen of the copy that decides."""

    def __init__(self, db: Database, lasts_ms: float = SILENCE_MS) -> None:
        self._alive = db["alive"]
        self._lasts = lasts_ms / 1000
        self._seen: tuple[Any, ...] | None = None
        self._since = self._looked = time.monotonic()

    async def is_of(self, instance: str) -> bool:
        """Whether a copy has given no sign for so long, in which this one has looked all the time."""
        sign = await self._alive.find_one({"_id": instance}) or {}
        seen, now = (instance, sign.get("run"), sign.get("beats")), time.monotonic()
        if seen != self._seen or now - self._looked > GAP:
            self._seen, self._since = seen, now
        self._looked = now
        return now - self._since >= self._lasts


async def end_transactions_of(db: Database, instance: str) -> None:
    """What a dead process of a copy has left open would lock its lease until the database ends it by itself.

    Not those of this process, which may be the next one of the same copy.
    """
    name = re.compile(f"^{re.escape(_prefix(instance))}[0-9a-f]{{8}}$")
    of_it = {"appName": {"$regex": name, "$ne": called(instance)}, "transaction": {"$exists": True}}
    looked = db.client.admin.aggregate([{"$currentOp": {"allUsers": False, "idleSessions": True}}, {"$match": of_it}])
    if left := [one["lsid"]["id"] async for one in looked]:
        await db.client.admin.command({"killSessions": [{"id": id} for id in left]})
