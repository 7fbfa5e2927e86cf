"""Pictures are taken away when their time is over, once a day and a few at a time; their entries stay for ever.

The entry says so first: what ends between the two leaves pictures that nothing shows, and those are swept, as those are
that were laid for a photo that was never decided.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

from services.inspection.patrols.model.patrols import Inspection
from services.inspection.photos.album import COLLECTIONS, Album
from services.inspection.photos.moving import no_beat
from services.inspection.photos.rules.retention import came_before, needed
from services.inspection.photos.store import IN_ALBUM, PHOTOS
from services.inspection.rectifications.model import OPEN, Rectification
from shared.calendar import china_day
from shared.database.kept import documents
from shared.database.lease import Lease, LeaseLost
from shared.database.mongo import Database
from shared.patience import again

LEASE = "inspection-photos-cleared"
TOGETHER, REST = 20, 1.0
"""Photos that are cleared at once, and the seconds until the next: 26,000, a year's, take half an hour."""
LISTED = 500
"""Pictures that are looked at together for their entries."""
LOOKS = 3600.0
"""Seconds after which it looks whether the day is another."""
UNDECIDED = timedelta(days=8)
"""A photo that waits longer to be decided has no parts any more, and never will be."""

Tell = Callable[[date, int, int], None]
"""Of a day how many photos were cleared, and their bytes."""


class Clearing:
    """One copy's; 0 `years` keeps every photo for ever."""

    def __init__(
        self, db: Database, album: Album, tell: Tell, county: str, years: int, instance: str, rest: float = REST
    ) -> None:
        self._db, self._album, self._tell = db, album, tell
        self._county, self._years, self._rest = county, years, rest
        self._lease = Lease(db, LEASE, instance)

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            await again(partial(self.once, datetime.now(UTC)), no_beat, LEASE)
            await asyncio.sleep(LOOKS)

    async def once(self, now: datetime) -> None:
        """What is due on the day, unless it has been done; what a fault or another copy interrupts goes on later."""
        if not await self._lease.acquire():
            return
        today = china_day(now)
        done = (await self._db["leases"].find_one({"_id": LEASE}) or {}).get("cleared_on", "")
        try:
            if done < today.isoformat():
                await self._sweep(now - UNDECIDED)
                await self._clear(today)
                await self._account(done)
                await self._lease.note(cleared_on=today.isoformat())
            await self._lease.release()
        except LeaseLost:
            return

    async def _clear(self, today: date) -> None:
        if not self._years:
            return
        kept, after = await needed_now(self._db), ""
        while some := await self._due(came_before(today, self._years), after):
            after = some[-1]
            await self._lease.hold()
            how = {"cleared": {"on": today.isoformat(), "years": self._years}, **IN_ALBUM}
            gone = [photo for photo in some if photo not in kept]
            await self._db[PHOTOS].update_many({"_id": {"$in": gone}}, {"$set": how})
            await self._album.drop(gone)
            await asyncio.sleep(self._rest)

    async def _due(self, before: datetime, after: str) -> list[str]:
        due = {"_id": {"$gt": after}, **over(before)}
        found = self._db[PHOTOS].find(due, {"_id": 1}).sort("_id", 1).limit(TOGETHER)
        return [one["_id"] async for one in found]

    async def _account(self, done: str) -> None:
        """Of every day on which some were cleared and that nobody was told of."""
        if not self._years:
            return
        by_day: list[Mapping[str, Any]] = [
            {"$match": {"cleared.on": {"$gt": done}}},
            {"$group": {"_id": "$cleared.on", "photos": {"$sum": 1}, "bytes": {"$sum": "$bytes"}}},
        ]
        async for one in self._db[PHOTOS].aggregate(by_day):
            self._tell(date.fromisoformat(one["_id"]), one["photos"], one["bytes"])

    async def _sweep(self, laid_before: datetime) -> None:
        """Of this county alone: another's pictures lie here only by mistake, and are no less somebody's."""
        for collection in COLLECTIONS.values():
            after = ""
            while some := await self._album.some(collection, after, LISTED):
                after = some[-1]
                await self._lease.hold()
                shown = self._db[PHOTOS].find({"_id": {"$in": some}, "cleared": None}, {"_id": 1})
                unsaid = {one for one in some if one.startswith(self._county)} - {one["_id"] async for one in shown}
                await self._album.drop(unsaid, laid_before)


def over(before: datetime) -> dict[str, Any]:
    """The filter of photos whose time is over and whose pictures are there."""
    return {"received": {"$lt": before}, "cleared": None}


async def needed_now(db: Database) -> set[str]:
    """The photos of everything that is open."""
    open_ones = await documents(db, Rectification, {"stage": {"$in": [stage.value for stage in OPEN]}})
    keys = sorted({step.key for one in open_ones for step in one.steps if step.key})
    return needed(open_ones, await documents(db, Inspection, {"_id": {"$in": keys}}))
