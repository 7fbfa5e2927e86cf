"""One copy of a service at a time decides for a subscription; the others stand by.

The lease lies in the service's own database and is written in every transaction, so that a copy which lost it
(stopped for a minute, cut off) cannot commit any more: the stream's order stays the order of decisions however many
copies run. A copy that starts again under its own name takes its lease back at once, and another takes it over from one
that gives no sign of life (`alive.py`), or has not prolonged it in time; for that the database's clock counts.

With the lease stands how far the subscription has come, written by the transactions that it fences: what the bus says
of the same is compared with it, and shows whether bus and database stem from one moment.

Whoever saves bus and database as of one moment holds the leases meanwhile: their copies keep them and decide nothing.
A hold has an end of its own, so that one whose program died stops nobody for longer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from pymongo.errors import DuplicateKeyError

from shared.database.alive import SILENCE_MS, Silence, end_transactions_of
from shared.database.mongo import PATIENCE_MS, Collection, Database, Session

TERM_MS = 15_000
"""For how long a copy that lives keeps a lease unprolonged: well above what a pull and a transaction take."""
OF_TERM = 0.2
"""For so much of it one that gives no sign of life does, but not less than `SILENCE_MS`."""
HOLDS = {"$add": [{"$ifNull": ["$holds", 0]}, 1]}
"""Counted, for a time alone is the same twice within a millisecond: a write that changes nothing fences nobody."""
KEEPS_PLACES = {"$cond": [{"$eq": ["$holds", "$placed"]}, "$place", "$$REMOVE"]}
"""What an earlier release has committed meanwhile, which counted no `placed`, has left the place behind."""
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
RUN_OUT = {"$lt": ["$until", "$$NOW"]}
NOT_HELD = {"$expr": {"$lte": [{"$ifNull": ["$held.until", LONG_AGO]}, "$$NOW"]}}


class LeaseLost(Exception):
    """Another copy holds the lease now: this process must end and stand by."""


class Held(Exception):
    """Somebody saves bus and database as of one moment: the same again in a moment."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How far a subscription has come, as its database has it."""

    stream: str = ""
    """The stream's identity."""
    sequence: int = 0
    """The last message of that stream that is committed, with all before it; 0 where none is."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a lease remembers beside who holds it."""

    place: Reached | None = None
    """None as an earlier release left it, which kept none."""
    adopts: str = ""
    """The stream that an operator has chosen to go on with, from its beginning."""
    forgives: int = 0
    """Up to this sequence of facts the bus may hold some that nobody here has decided: an operator has seen it."""

    @classmethod
    def stored(cls, raw: Mapping[str, Any]) -> Kept:
        """As the lease's document has it."""
        place = Reached(**raw["place"]) if "place" in raw else None
        return cls(place, raw.get("adopts", ""), raw.get("forgives", 0))


class Lease:
    """The right to decide for one subscription."""

    def __init__(self, db: Database, subscription: str, instance: str, lasts_ms: int = TERM_MS) -> None:
        self._db, self._leases = db, db["leases"]
        self._silence = Silence(db, max(SILENCE_MS, lasts_ms * OF_TERM))
        self._id = subscription
        self._instance = instance
        self._held = {"until": {"$add": ["$$NOW", lasts_ms]}, "holds": HOLDS, "placed": HOLDS}
        self._term = 0
        self.stream = ""
        """The identity of the stream that is read now; without it no place is kept."""

    async def acquire(self) -> bool:
        """Takes the lease when it is free, run out, or was this instance's own, or when its holder is dead.

        False while another copy holds it. Only as it was read: the database goes on with what a killed process still
        asked it for, and such a request, when a lock lets it through at last, must not take the lease from a copy that
        has acquired it since.
        """
        held = await self._read()
        if not (as_read := await self._free(held)):
            return False
        await end_transactions_of(self._db, held["holder"])
        term = held["term"] + 1
        mine = {"holder": self._instance, "term": term, "gives_signs": term, **self._held}
        taken = await self._leases.find_one_and_update(
            {"_id": self._id, "term": held["term"], **as_read},
            [{"$set": {"place": KEEPS_PLACES}}, {"$set": mine}],
            maxTimeMS=PATIENCE_MS,  # somebody's transaction may still lock the lease: do not wait unseen
        )
        if taken is None:
            return False
        self._term = term
        return True

    async def _read(self) -> Mapping[str, Any]:
        """As it is now; made when it is not there."""
        what = {"term": 1, "holder": 1, "holds": 1, "gives_signs": 1, "has_run_out": RUN_OUT}
        while (held := await self._leases.find_one({"_id": self._id}, what)) is None:
            await make(self._leases, self._id)
        return held

    async def _free(self, held: Mapping[str, Any]) -> Mapping[str, Any]:
        """What must still hold when it is taken; nothing while another copy has it.

        An earlier release gives no signs, and leaves behind which term's holder did.
        """
        if held["holder"] == self._instance:
            return {"holder": self._instance}
        if held["has_run_out"]:
            return {"$expr": RUN_OUT}
        if held.get("gives_signs") == held["term"] and await self._silence.is_of(held["holder"]):
            return {"holds": held.get("holds")}
        return {}

    async def hold(self, session: Session | None = None, sequence: int = 0) -> None:
        """Prolongs the lease; within a transaction this fences: a copy that lost it cannot commit.

        With it stands from then on that all messages up to `sequence` are committed.
        """
        await self._write({**self._held, **self._reached(sequence)}, session=session)

    def _reached(self, sequence: int) -> dict[str, Any]:
        """Never back: a batch that was told one by one is behind the next, which is committed."""
        if not sequence or not self.stream:
            return {}
        return {"place.stream": self.stream, "place.sequence": {"$max": ["$place.sequence", sequence]}}

    async def kept(self) -> Kept:
        """What is remembered now."""
        return Kept.stored(await self._leases.find_one({"_id": self._id}) or {})

    async def goes_on_at(self, place: Reached, forgives: int) -> None:
        """Bus and database fit together, or are to: what an operator chose is done."""
        await self._write({"place": asdict(place), "forgives": forgives}, ["adopts", "apart"])

    async def stands_apart(self, apart: Mapping[str, Any]) -> None:
        """They do not: it is said where pages and metrics read it, and the lease is kept."""
        await self._write({**self._held, "apart": dict(apart)})

    async def note(self, **said: Any) -> None:
        """How far its holder is with what has no place in a stream."""
        await self._write({**self._held, **said})

    async def _write(self, fields: Mapping[str, Any], gone: Sequence[str] = (), session: Session | None = None) -> None:
        own = {"_id": self._id, "holder": self._instance, "term": self._term}
        steps: list[Mapping[str, Any]] = [{"$set": fields}, *([{"$unset": list(gone)}] if gone else [])]
        result = await self._leases.update_one({**own, **NOT_HELD}, steps, session=session)
        if result.matched_count != 1:
            still_own = await self._leases.find_one(own, {"_id": 1}, session=session)
            raise Held(self._id) if still_own else LeaseLost(self._id)

    async def release(self) -> None:
        """Lets another copy take over at once."""
        await self._leases.update_one(
            {"_id": self._id, "holder": self._instance, "term": self._term}, [{"$set": {"until": "$$NOW"}}]
        )


async def make(leases: Collection[dict[str, Any]], id: str) -> None:
    """One that nobody holds, where it is not there; in a database in which nothing is committed of it yet."""
    with suppress(DuplicateKeyError):
        new = {"_id": id, "holder": "", "term": 0, "until": LONG_AGO, "place": asdict(Reached())}
        await leases.insert_one(new)


async def hold_back(db: Database, subscriptions: Sequence[str], by: str, lasts_ms: int) -> bool:
    """Nothing of these is decided for so long, or until they are let go; False where one is held already, or unknown.

    Who has a lease keeps it beyond: no other copy takes over from one that may not prolong it.
    """
    held = [{"$set": {"held": {"by": by, "until": {"$add": ["$$NOW", lasts_ms]}}, "until": _beyond(lasts_ms)}}]
    found = await db["leases"].update_many({"_id": {"$in": list(subscriptions)}, **NOT_HELD}, held)
    return bool(found.matched_count == len(subscriptions))


async def hold_longer(db: Database, by: str, lasts_ms: int) -> int:
    """How many of those that it holds are held for so long from now on; one whose hold is over goes on."""
    longer = [{"$set": {"held.until": {"$add": ["$$NOW", lasts_ms]}, "until": _beyond(lasts_ms)}}]
    return int((await db["leases"].update_many({"held.by": by, "$nor": [NOT_HELD]}, longer)).matched_count)


async def let_go(db: Database, by: str) -> None:
    """What it holds goes on, with those who had it before."""
    until = {"$add": ["$$NOW", TERM_MS]}
    await db["leases"].update_many({"held.by": by}, [{"$unset": "held"}, {"$set": {"until": until}}])


def _beyond(lasts_ms: int) -> dict[str, Any]:
    return {"$max": ["$until", {"$add": ["$$NOW", lasts_ms + TERM_MS]}]}


async def standing_apart(db: Database) -> dict[str, str]:
    """The subscriptions of a service whose bus and database do not fit together, each with why."""
    found = db["leases"].find({"apart": {"$exists": True}})
    return {one["_id"]: one["apart"]["why"] async for one in found}


async def chosen(db: Database) -> dict[str, str]:
    """Somebody has chosen to go on with the bus as each of them has seen it."""
    found = await standing_apart(db)
    seen: list[Mapping[str, Any]] = [{"$set": {"adopts": "$apart.stream"}}]
    await db["leases"].update_many({"_id": {"$in": list(found)}, "apart": {"$exists": True}}, seen)
    return found
