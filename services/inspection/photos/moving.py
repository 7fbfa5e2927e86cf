"""Pictures that lie where they lay before are taken to where they lie now, one at a time, behind everything else.

Wherever it is cut short it goes on: a picture is taken away only when its copy is on the disk of most members. Told
that the county goes back to release 0.1.0 it copies them beside the ledgers, and the album keeps its own.
"""

from __future__ import annotations

import asyncio

import structlog

from services.inspection.photos.album import Album
from services.inspection.photos.store import IN_ALBUM, PHOTOS
from shared.database.lease import Lease, LeaseLost
from shared.database.mongo import Database
from shared.patience import again

LEASE = "inspection-photos-moved"
REST = 2.0
"""Seconds between two photos: 26,000, a year's, take fifteen hours, and no member of the database falls behind."""
LOOKS = 60.0
"""Seconds after which it looks again whether another copy has ended that did it."""
SAID_EVERY = 1_000
"""Photos after which it says how far it is."""

log = structlog.get_logger()


async def to_album(db: Database, album: Album, after: str) -> str:
    """The next photo behind `after` whose pictures lie in its entry, once they lie in the album alone; empty: none."""
    entry = await db[PHOTOS].find_one({"_id": {"$gt": after}, "data": {"$ne": None}}, sort=[("_id", 1)])
    if entry is None:
        return ""
    await album.put(entry["_id"], {size: entry[size] for size in IN_ALBUM})
    await db[PHOTOS].update_one({"_id": entry["_id"]}, {"$set": dict(IN_ALBUM)})
    return str(entry["_id"])


async def back_beside(db: Database, album: Album, after: str) -> str:
    """The next photo behind `after` whose pictures do not lie in its entry, once they do; empty: none."""
    elsewhere = {"_id": {"$gt": after}, "data": None, "cleared": None}
    entry = await db[PHOTOS].find_one(elsewhere, {"_id": 1}, sort=[("_id", 1)])
    if entry is None:
        return ""
    if pictures := await album.pictures(entry["_id"]):
        await db[PHOTOS].update_one({"_id": entry["_id"], "cleared": None}, {"$set": dict(pictures)})
    return str(entry["_id"])


class Moving:
    """One copy's; another that holds the lease does it."""

    def __init__(self, db: Database, album: Album, instance: str, is_back: bool = False, rest: float = REST) -> None:
        self._db, self._album, self._rest = db, album, rest
        self._lease = Lease(db, LEASE, instance)
        self._move, self._where = (back_beside, "ledgers") if is_back else (to_album, "album")

    async def run(self) -> None:
        """All that there are, and then nothing more, until it is cancelled."""
        while not await self.moved():
            await asyncio.sleep(LOOKS)
        await asyncio.Event().wait()

    async def moved(self) -> bool:
        """Whether all lie where they should; False while another copy sees to it."""
        if not await again(self._lease.acquire, no_beat, LEASE):
            return False
        after, count = "", 0
        try:
            while after := await again(lambda: self._next(after), no_beat, LEASE):
                count += 1
                if count % SAID_EVERY == 0:
                    log.info("photos moved", to=self._where, photos=count)
                await asyncio.sleep(self._rest)
            await self._lease.release()
        except LeaseLost:
            return False
        log.info("all photos moved", to=self._where, photos=count)
        return True

    async def _next(self, after: str) -> str:
        await self._lease.hold()
        return await self._move(self._db, self._album, after)


def no_beat() -> None:
    """It is watched by nobody: what moves later is still read."""
