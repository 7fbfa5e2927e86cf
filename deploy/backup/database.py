"""The services' databases, collection by collection: all of one moment (a snapshot session), however long it takes.

Users and the replica set are not copied: set-up makes them of the secrets.
"""

from __future__ import annotations

import gzip
import itertools
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import bson
from bson.raw_bson import RawBSONDocument

from deploy.backup.archive import LARGEST
from deploy.embedded.trouble import Trouble
from shared.database.mongo import Client, Session

HISTORY_SECONDS = 6 * 3600
"""For how long the database can still say what was so at the moment: photos of years take their time."""
HISTORY, USUAL_SECONDS = "minSnapshotHistoryWindowInSeconds", 300
"""The database's parameter and what it is unless somebody saves: not what was found, which a killed backup has left."""
OURS = "lianban_"
PHOTOS_APART = "lianban_photos"
"""In archives of their own (`rolls.py`): what never changes is not copied each night."""
WHO = "lianban-backup"
"""As whom the database knows a backup, with something of each one's own behind it."""
RAW = bson.CodecOptions(document_class=RawBSONDocument)
QUICK = 1
"""Of gzip: photos do not get smaller, and everything else does."""


class Collection(NamedTuple):
    """One of a service's, with what makes it anew."""

    database: str
    name: str
    options: Mapping[str, Any]
    indexes: Sequence[Mapping[str, Any]]

    @property
    def key(self) -> str:
        """lianban_roster/ledger."""
        return f"{self.database}/{self.name}"

    @property
    def called(self) -> str:
        """roster/ledger, to people."""
        return self.key.removeprefix(OURS)

    def declared(self) -> bytes:
        """Options and indexes as BSON."""
        return bson.encode({"options": self.options, "indexes": self.indexes})


async def collections(client: Client) -> list[Collection]:
    """All of the county's but its pictures, in order."""
    found = []
    names = {name for name in await client.list_database_names() if name.startswith(OURS)} - {PHOTOS_APART}
    for database in sorted(names):
        async for one in await client[database].list_collections():
            indexes = [index async for index in client[database][one["name"]].list_indexes()]
            found.append(Collection(database, one["name"], one["options"], indexes))
    return sorted(found, key=lambda one: one.key)


@asynccontextmanager
async def as_of_now(client: Client) -> AsyncIterator[Session]:
    """Everything that is read in the block is as it was at the first reading, whatever is written meanwhile."""
    await client.admin.command({"setParameter": 1, HISTORY: HISTORY_SECONDS})
    try:
        async with await client.start_session(snapshot=True) as session:
            yield session
    finally:
        if await _is_last(client):
            await client.admin.command({"setParameter": 1, HISTORY: USUAL_SECONDS})


async def _is_last(client: Client) -> bool:
    """Whether no other backup reads."""
    everybody = {"$currentOp": {"allUsers": True, "idleConnections": True, "idleSessions": True}}
    others = {"$match": {"appName": {"$regex": f"^{WHO}-", "$ne": client.delegate.options.pool_options.appname}}}
    return [one async for one in client.admin.aggregate([everybody, others, {"$limit": 1}])] == []


class Part(NamedTuple):
    """So many documents as BSON, compressed."""

    content: bytes
    documents: int

    @classmethod
    def of(cls, bson: bytes, documents: int) -> Part:
        """As they are."""
        return cls(gzip.compress(bson, QUICK), documents)


async def parts(client: Client, of: Collection, session: Session) -> AsyncIterator[Part]:
    """Its documents, so many together as one member holds."""
    part, count = bytearray(), 0
    async for batch in client[of.database][of.name].find_raw_batches({}, session=session, batch_size=BATCH):
        for one in bson.decode_all(batch, RAW):
            if part and len(part) + len(one.raw) > LARGEST:
                yield Part.of(bytes(part), count)
                part.clear()
                count = 0
            part += one.raw
            count += 1
    if part:
        yield Part.of(bytes(part), count)


@asynccontextmanager
async def nothing_expires(client: Client) -> AsyncIterator[None]:
    """What was to be swept since is there while a county is brought back: it is counted, and written to once more."""
    await client.admin.command({"setParameter": 1, "ttlMonitorEnabled": False})
    try:
        yield
    finally:
        await client.admin.command({"setParameter": 1, "ttlMonitorEnabled": True})


BATCH = 1_000
"""Documents that are read, and written, together."""
NOT_WRITTEN = "数据库没有接受{}（{}），没有恢复。 The database did not take a document back."


async def made(client: Client, key: str, declared: bytes) -> None:
    """The collection, empty; its indexes are made when it is full."""
    database, _, name = key.partition("/")
    await client[database].create_collection(name, **bson.decode(declared)["options"])


async def filled(client: Client, key: str, part: bytes) -> None:
    """With one part, as it is: by `insert_many` the driver would take each document apart, many times its bytes."""
    database, _, name = key.partition("/")
    documents = bson.decode_iter(gzip.decompress(part), RAW)
    while some := list(itertools.islice(documents, BATCH)):
        answer = await client[database].command({"insert": name, "documents": some})
        if answer.get("writeErrors"):
            raise Trouble(NOT_WRITTEN.format(key, answer["writeErrors"][0].get("code")))


async def indexed(client: Client, key: str, declared: bytes) -> None:
    """As it was."""
    database, _, name = key.partition("/")
    own = [index for index in bson.decode(declared)["indexes"] if index["name"] != "_id_"]
    if own:
        await client[database].command({"createIndexes": name, "indexes": own})
