"""The database behind one module: Motor today, PyMongo's own asynchronous client when Motor ends (2027-05)."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable
from datetime import UTC
from typing import Any, TypeVar

from bson.codec_options import CodecOptions
from motor.motor_asyncio import (
    AsyncIOMotorClient,
    AsyncIOMotorClientSession,
    AsyncIOMotorCollection,
    AsyncIOMotorDatabase,
)
from pymongo import InsertOne, ReplaceOne, UpdateOne
from pymongo.errors import BulkWriteError, ConnectionFailure, OperationFailure, PyMongoError
from pymongo.read_concern import ReadConcern
from pymongo.read_preferences import ReadPreference
from pymongo.write_concern import WriteConcern

from shared.database.documents import Document, Increment, Place, Query, T, WorkingCopy

Client = AsyncIOMotorClient[dict[str, Any]]
"""PyMongo's own asynchronous client leaves a socket open when it is closed while it connects (PyMongo 4.20: seen)."""
Database = AsyncIOMotorDatabase[dict[str, Any]]
Collection = AsyncIOMotorCollection
Session = AsyncIOMotorClientSession
R = TypeVar("R")

DURABLE = WriteConcern("majority", j=True)
SNAPSHOT = ReadConcern("snapshot")
PATIENCE_MS = 5_000
HEARTBEAT_MS = 3_000
"""Between two signs of life of a member. One that falls silent is known after this and `PATIENCE_MS`: then the driver
ends what waits for it, and asks whoever takes writes now."""
ANSWER_MS = 20_000
"""A database that takes longer over one call is stopped or cut off: well below the watchdog's patience."""


class Superseded(Exception):
    """Somebody else wrote a document between our reading and our writing it: decide again."""


def connect(url: str, name: str = "lianban") -> Client:
    """A client that answers a fault within seconds, so that the caller can say what it waits for.

    By `name` the database tells whose its connections are.
    """
    return AsyncIOMotorClient(
        url,
        serverSelectionTimeoutMS=PATIENCE_MS,
        connectTimeoutMS=PATIENCE_MS,
        heartbeatFrequencyMS=HEARTBEAT_MS,
        socketTimeoutMS=ANSWER_MS,
        maxPoolSize=16,
        appname=name,
    )


def database(client: Client, service: str) -> Database:
    """A service's own database."""
    options: CodecOptions[dict[str, Any]] = CodecOptions(tz_aware=True, tzinfo=UTC)
    return client.get_database(f"lianban_{service}", codec_options=options, write_concern=DURABLE)


def members_away(client: Client) -> int:
    """How many members of the database this client does not reach, as it has noticed by itself within ten seconds."""
    known = client.delegate.topology_description.server_descriptions()
    return sum(not one.is_server_type_known for one in known.values())


def is_fault(error: BaseException) -> bool:
    """Whether the database is at fault, not what was asked of it: the same again will do."""
    if isinstance(error, (ConnectionFailure, Superseded)):
        return True
    if isinstance(error, PyMongoError) and any(error.has_error_label(label) for label in REPEATABLE):
        return True
    if isinstance(error, BulkWriteError):
        return _codes_in(error) <= PASSING - {DUPLICATE_KEY} and bool(_codes_in(error))
    return isinstance(error, OperationFailure) and error.code in PASSING


def is_no_entry(error: BaseException) -> bool:
    """Whether the database knows no such user and password, or wants some and was given none."""
    return isinstance(error, OperationFailure) and error.code in NO_ENTRY


def is_of_database(error: BaseException) -> bool:
    """Whether the driver says it."""
    return isinstance(error, PyMongoError)


def code_of(error: BaseException) -> str:
    """The server's code of what it refused, which quotes nothing; empty when it has none."""
    codes = sorted(_codes_in(error)) if isinstance(error, BulkWriteError) else [getattr(error, "code", None)]
    return ", ".join(str(code) for code in codes if code is not None)


def _codes_in(error: BulkWriteError) -> set[int]:
    """Of all that a bulk met. A document that is there already would be there the next time."""
    details = error.details or {}
    met = [*details.get("writeErrors", ()), *details.get("writeConcernErrors", ())]
    return {int(one.get("code", 0)) for one in met}


REPEATABLE = ("TransientTransactionError", "RetryableWriteError")
"""Labels by which server and driver say that the same again will do."""
NO_ENTRY = {
    13,  # Unauthorized
    18,  # AuthenticationFailed
}
DUPLICATE_KEY = 11000
PASSING = {
    DUPLICATE_KEY,  # another writer made the same document first
    6,  # HostUnreachable
    7,  # HostNotFound
    24,  # LockTimeout
    43,  # CursorNotFound: a restart ended it
    50,  # MaxTimeMSExpired
    64,  # WriteConcernFailed
    89,  # NetworkTimeout
    91,  # ShutdownInProgress
    112,  # WriteConflict
    134,  # ReadConcernMajorityNotAvailableYet
    189,  # PrimarySteppedDown
    237,  # CursorKilled
    239,  # SnapshotTooOld
    246,  # SnapshotUnavailable
    262,  # ExceededTimeLimit
    9001,  # SocketException
    10107,  # NotWritablePrimary
    11600,  # InterruptedAtShutdown
    11602,  # InterruptedDueToReplStateChange
    13435,  # NotPrimaryNoSecondaryOk
    13436,  # NotPrimaryOrSecondary
    14031,  # OutOfDiskSpace
    251,  # NoSuchTransaction
}


async def in_transaction(db: Database, work: Callable[[Session], Coroutine[Any, Any, R]]) -> R:
    """Runs `work` in one transaction: snapshot reads, majority writes in the journal."""
    async with await db.client.start_session() as session:
        result: R = await session.with_transaction(
            work, read_concern=SNAPSHOT, write_concern=DURABLE, read_preference=ReadPreference.PRIMARY
        )
        return result


async def load(db: Database, session: Session, keys: Iterable[tuple[type[T], str]]) -> list[T]:
    """The documents under these keys that exist; one look-up a collection."""
    wanted: dict[type[T], set[str]] = {}
    for kind, id in keys:
        wanted.setdefault(kind, set()).add(id)
    found: list[T] = []
    for kind, ids in wanted.items():
        raw = await db[kind.collection].find({"_id": {"$in": list(ids)}}, session=session).to_list(None)
        found.extend(kind.stored(one) for one in raw)
    return found


async def find(db: Database, session: Session, query: Query) -> list[Document]:
    """The documents that a query finds, in its order; of equals by their ids."""
    order = [(name, 1) for name in dict.fromkeys((query.by, "_id"))]
    fields = query.kind.read or None
    cursor = db[query.kind.collection].find(dict(query.filter), fields, session=session).sort(order).limit(query.most)
    return [query.kind.stored(one) for one in await cursor.to_list(None)]


Write = InsertOne[dict[str, Any]] | ReplaceOne[dict[str, Any]] | UpdateOne


async def write(db: Database, session: Session, copy: WorkingCopy) -> None:
    """Writes what the decisions changed, one bulk a collection; a document that moved on meanwhile is `Superseded`."""
    for collection, writes in _writes(copy).items():
        result = await db[collection].bulk_write(writes, ordered=False, session=session)
        done = result.inserted_count + result.matched_count + result.upserted_count
        if done != len(writes):
            raise Superseded(collection)


def _writes(copy: WorkingCopy) -> dict[str, list[Any]]:
    writes: dict[str, list[Any]] = {}
    for at, document in copy.changed.items():
        writes.setdefault(at.collection, []).append(_put(document))
    for at in copy.guarded - copy.changed.keys():
        writes.setdefault(at.collection, []).append(UpdateOne({"_id": at.id}, {"$inc": {"version": 1}}))
    for at, increment in copy.increments.items():
        writes.setdefault(at.collection, []).append(_count(at, increment))
    return writes


def _put(document: Document) -> Write:
    if document.version == 0:
        return InsertOne(document.to_store())
    return ReplaceOne({"_id": document.id, "version": document.version}, document.to_store())


def _count(at: Place, increment: Increment) -> Write:
    update: dict[str, Any] = {"$inc": {**increment.add, "version": 1}}
    if increment.once:
        update["$setOnInsert"] = dict(increment.once)
    return UpdateOne({"_id": at.id}, update, upsert=True)
