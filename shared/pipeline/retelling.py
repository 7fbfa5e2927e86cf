"""All facts of a service's ledgers are told once more, after the bus or a follower's database has lost some of them.

Whoever has heard a fact knows it by its id, so this changes nothing for whom nothing is missing; where a county was
brought back to a later moment than its bus only those of since are told. It goes on beside what is decided, in the
order in which the facts were told first; killed it begins again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import structlog

from shared.bus.connection import Bus
from shared.database.lease import Lease, LeaseLost, make
from shared.database.mongo import Database
from shared.patience import again
from shared.pipeline.ledger import FACTS, SUBMISSIONS, Entry, ledger
from shared.pipeline.outgoing_facts import facts_of

RETELLING = "retelling"
"""The lease under which it is done; what was asked and how far it is stands with it."""
LOOKS = 5.0
"""Seconds after which it is looked again whether somebody has asked."""
PAGE = 250
"""Entries whose facts are published together."""
WITH_FACTS = {"facts.0": {"$exists": True}}

log = structlog.get_logger()


async def ask(db: Database, since: datetime | None = None) -> None:
    """From the beginning, or what the bus had stored since a moment; also where one is under way."""
    await make(db["leases"], RETELLING)
    asked = {"asked": datetime.now(UTC), "since": since, "told": 0, "of": 0, "ended": None}
    await db["leases"].update_one({"_id": RETELLING}, {"$set": asked})


async def how_far(db: Database) -> dict[str, Any]:
    """How many facts were told so far, of how many (0 until they are counted), and whether that is all."""
    found = await db["leases"].find_one({"_id": RETELLING}) or {}
    count = {"told": found.get("told", 0), "of": found.get("of", 0)}
    return {**count, "is_running": "asked" in found and found["ended"] is None}


class Retelling:
    """One copy's."""

    def __init__(self, db: Database, bus: Bus, service: str, instance: str) -> None:
        self._db, self._bus, self._service = db, bus, service
        self._lease = Lease(db, RETELLING, instance)

    async def go_on(self) -> int:
        """Does what somebody has asked; how many facts were told, 0 where nobody has or another copy does it."""
        asked = await self._db["leases"].find_one({"_id": RETELLING, "asked": {"$exists": True}, "ended": None})
        if asked is None or not await self._lease.acquire():
            return 0
        count = 0
        try:
            wanted = {**WITH_FACTS, **({"received": {"$gte": asked["since"]}} if asked.get("since") else {})}
            await self._lease.note(of=sum([await self._facts_in(name, wanted) for name in (SUBMISSIONS, FACTS)]))
            for name in (SUBMISSIONS, FACTS):
                count = await self._tell(name, wanted, count)
            await self._lease.note(ended=datetime.now(UTC))
            await self._lease.release()
        except LeaseLost:
            return 0
        log.info("told again", facts=count)
        return count

    async def _facts_in(self, name: str, wanted: Mapping[str, Any]) -> int:
        counted = self._db[name].aggregate(
            [{"$match": wanted}, {"$group": {"_id": None, "n": {"$sum": {"$size": "$facts"}}}}]
        )
        return sum([one["n"] async for one in counted])

    async def _tell(self, name: str, wanted: Mapping[str, Any], count: int) -> int:
        page: list[Entry] = []
        async for entry in ledger(self._db, name).find(wanted, {"facts": 1}).sort("received", 1).allow_disk_use(True):
            page.append(entry)
            if len(page) == PAGE:
                count, page = await self._publish(page, count), []
        return await self._publish(page, count)

    async def _publish(self, page: list[Entry], count: int) -> int:
        facts = [fact for entry in page for fact in facts_of(self._service, entry)]
        await self._bus.publish(facts)
        await self._lease.note(told=count + len(facts))
        return count + len(facts)

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            await again(self.go_on, lambda: None, RETELLING)
            await asyncio.sleep(LOOKS)
