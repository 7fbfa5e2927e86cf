"""Where pictures lie: a database of their own, so that a county may give them another disk or another server.

Each picture is one document, whole, in the collection of its size: it is written and read at once, the largest (5 MB)
takes a third of what a document may hold, and what is shown small is never read past what is large.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
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
        try:
            await asyncio.gather(*(self._put(photo, size, pictures[size]) for size in COLLECTIONS))
        except OperationFailure as error:
            if is_no_entry(error):
                raise NotLetIntoPhotos(self.db.name) from error
            raise

    async def _put(self, photo: str, size: str, picture: bytes) -> None:
        kept = {"_id": photo, "picture": picture}
        await self.db[COLLECTIONS[size]].replace_one({"_id": photo}, kept, upsert=True)

    async def picture(self, photo: str, size: str) -> bytes | None:
        """One of a photo's; None where it does not lie here."""
        found = await self.db[COLLECTIONS[size]].find_one({"_id": photo})
        return found["picture"] if found else None

    async def pictures(self, photo: str) -> Pictures | None:
        """All of them, or None."""
        found = await asyncio.gather(*(self.picture(photo, size) for size in COLLECTIONS))
        whole = {size: one for size, one in zip(COLLECTIONS, found, strict=True) if one is not None}
        return whole if len(whole) == len(COLLECTIONS) else None

    async def drop(self, photos: Iterable[str]) -> None:
        """None of these lies here any more."""
        for collection in COLLECTIONS.values():
            await self.db[collection].delete_many({"_id": {"$in": sorted(set(photos))}})


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
