"""The standing check: every monthly document, and a month's part of every balance, is what its facts add up to.

A fact counts where it was placed anew, if it was.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

from bson import decode_all

from services.feedback.measures.adding import COUNTED, STOCKS
from services.feedback.measures.catalogue import MEASURES, Kind
from services.feedback.measures.model import Balance, MonthlyDocument
from services.feedback.measures.summing import Sums, flat, follow
from services.feedback.placing.model import PlacedFact
from shared.database.ahead import ahead
from shared.database.mongo import Database, Session
from shared.events import Fact
from shared.pipeline.ledger import FACTS, ledger

AT_ONCE = 1_000
"""Facts that are read and added up in one go: whoever else is served by this process waits some 20 ms for them."""
DOCUMENTS_AT_ONCE = 200
"""Documents that are read, or compared, in one go: a driver hands out all that came with one answer without a pause."""
WANTED = {"type": 1, "organisation": 1, "path": 1, "body": 1}
Heard = Callable[[int], object]
"""Told of so many facts more that were read."""


def _silent(_: int) -> None:
    """Nobody counts along."""


async def differences(db: Database, month: str, heard: Heard = _silent) -> list[dict[str, Any]]:
    """The documents of a month that differ from their recomputation, both sides shown; read at one moment."""
    computed, computed_held = Sums(), Sums()
    async with await db.client.start_session(snapshot=True) as session:
        monthly = db[MonthlyDocument.collection].find({"month": month}, batch_size=DOCUMENTS_AT_ONCE, session=session)
        kept = {one["path"]: flat(one) async for one in monthly}
        balances = db[Balance.collection].find({}, _of(month), batch_size=DOCUMENTS_AT_ONCE, session=session)
        kept_held = {one["_id"]: changed async for one in balances if (changed := _changed(one, month))}
        moved = {"month": month}
        anew = db[PlacedFact.collection].find(moved, {"path": 1}, batch_size=DOCUMENTS_AT_ONCE, session=session)
        placed = {one["_id"]: one["path"] async for one in anew}
        async for entries in _facts(db, month, session):
            for entry in entries:
                fact = Fact.kept(entry["type"], entry["body"])
                follow(computed, placed.get(entry["_id"], entry["path"]) or entry["organisation"], fact)
                follow(computed_held, entry["organisation"], fact, STOCKS)
            heard(len(entries))
    return [
        *await _differing(month, kept, computed),
        *await _differing(month, kept_held, computed_held, collection=Balance.collection),
    ]


async def _facts(db: Database, month: str, session: Session) -> AsyncIterator[list[dict[str, Any]]]:
    """Those of a month that any measure counts, so many at once."""
    found = ledger(db, FACTS).find_raw_batches(counted_in(month), WANTED, batch_size=AT_ONCE, session=session)
    async for batch in ahead(found):
        yield decode_all(batch)


def counted_in(month: str) -> dict[str, Any]:
    """What is read of the ledger: a month's facts that add to anything."""
    return {"month": month, "type": {"$in": COUNTED}}


async def _differing(month: str, kept: Sums, computed: Sums, **more: str) -> list[dict[str, Any]]:
    found = list[dict[str, Any]]()
    for n, place in enumerate(sorted(kept.keys() | computed.keys())):
        if n % DOCUMENTS_AT_ONCE == 0:
            await asyncio.sleep(0)
        one, other = _something(kept.get(place, {})), _something(computed.get(place, {}))
        if one != other:
            found.append({"month": month, "path": place, **more, "kept": one, "computed": other})
    return found


def _something(sums: Mapping[str, Any]) -> dict[str, Any]:
    """What came to nothing is as good as never counted."""
    return {name: amount for name, amount in sums.items() if amount}


def _of(month: str) -> dict[str, int]:
    """Of balances only what a month changed."""
    return {f"add.{one.name}.{month}": 1 for one in MEASURES.values() if one.kind in (Kind.STOCK, Kind.BALANCE)}


def _changed(balance: Mapping[str, Any], month: str) -> dict[str, int]:
    """What a month changed of each stock; a change that came to nothing is none."""
    return {name: amount for name, by_month in balance.get("add", {}).items() if (amount := by_month.get(month))}


async def months_kept(db: Database) -> list[str]:
    """Every month that has a fact or a document."""
    return sorted({*await ledger(db, FACTS).distinct("month"), *await db[MonthlyDocument.collection].distinct("month")})
