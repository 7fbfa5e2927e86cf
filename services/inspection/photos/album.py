"""Where pictures lie: a database of their own, so that a county may give them another disk or another server.

Each picture is one document, whole, in the collection of its size: it is written and read at once, the largest (5 MB)
takes a third of what a document may hold, and what is shown small is never read past what is large.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cache

from pymongo.errors import ConnectionFailure, OperationFailure

from services.inspection.settings import InspectionSettings
from shared.database.mongo import Client, Database, connect, database, is_no_entry
from shared.process.running import Running

NAME = "photos"
"""Of the database, `lianban_photos`."""
COLLECTIONS = {"data": "originals", "shown": "shown", "thumb": "thumbs"}
"""By what a photo's entry calls a size."""
Pictures = Mapping[str, bytes]
"""One of each size."""


class NotLetIntoPhotos(ConnectionFailure):
    """The photos' database does not let its user in: photos wait until the user of PHOTOS_URL (or, without it, of
    MONGO_URL) may read and write `lianban_photos`."""


class Album:
    """The pictures of photos, by `<sender>/<sha256>`; which of them count, their entries beside the ledgers say."""

    def __init__(self, db: Database) -> None:
        self.db = db

    async def put(self, photo: str, pictures: Pictures) -> None:
        """All sizes are on the disk, of most members, when it returns; once more changes nothing."""
        with let_in():
            await asyncio.gather(*(self._put(photo, size, pictures[size]) for size in COLLECTIONS))

    async def _put(self, photo: str, size: str, picture: bytes) -> None:
        laid = {"$set": {"picture": picture}, "$currentDate": {"laid": True}}
        await self.db[COLLECTIONS[size]].update_one({"_id": photo}, laid, upsert=True)

    async def picture(self, photo: str, size: str) -> bytes | None:
        """One of a photo's; None where it does not lie here."""
        with let_in():
            found = await self.db[COLLECTIONS[size]].find_one({"_id": photo})
        return found["picture"] if found else None

    async def pictures(self, photo: str) -> Pictures | None:
        """All of them, or None."""
        found = await asyncio.gather(*(self.picture(photo, size) for size in COLLECTIONS))
        whole = {size: one for size, one in zip(COLLECTIONS, found, strict=True) if one is not None}
        return whole if len(whole) == len(COLLECTIONS) else None

    async def lacking(self, photos: Collection[str]) -> set[str]:
        """Those of these that do not lie here whole."""
        ids = {"_id": {"$in": sorted(set(photos))}}
        with let_in():
            return set(photos) - {one["_id"] async for one in self.db[COLLECTIONS["data"]].find(ids, {"_id": 1})}

    async def drop(self, photos: Iterable[str], laid_before: datetime | None = None) -> None:
        """None of these lies here any more; or none that was laid before a time, and not again since."""
        ids = {"_id": {"$in": sorted(set(photos))}}
        with let_in():
            for collection in COLLECTIONS.values():
                await self.db[collection].delete_many(ids | ({"laid": {"$lt": laid_before}} if laid_before else {}))

    async def some(self, collection: str, after: str, most: int) -> list[str]:
        """The next photos that lie in a collection, in order."""
        with let_in():
            found = self.db[collection].find({"_id": {"$gt": after}}, {"_id": 1}).sort("_id", 1).limit(most)
            return [one["_id"] async for one in found]

    async def statistics(self) -> Mapping[str, float]:
        """How large it is, and the disk under it, as the server says (`dbStats`)."""
        with let_in():
            return await self.db.command("dbStats")


@contextmanager
def let_in() -> Iterator[None]:
    """Whoever is not let in waits for it, as for a server that is away."""
    try:
        yield
    except OperationFailure as error:
        if is_no_entry(error):
            raise NotLetIntoPhotos(NAME) from error
        raise


def beside(client: Client) -> Album:
    """In the same database server as the ledgers."""
    return Album(database(client, NAME))


def album_of(parts: Running) -> Album:
    """Where this county's settings say."""
    url = parts.settings.photos_url if isinstance(parts.settings, InspectionSettings) else None
    return beside(_elsewhere(url) if url else parts.client)


@cache
def _elsewhere(url: str) -> Client:
    """Connected once, for as long as the process runs."""
    return connect(url, "lianban photos")
