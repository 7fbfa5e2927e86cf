"""The standing check: every monthly document, and a month's part of every balance, is what its facts add up to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.feedback.measures.adding import added, held
from services.feedback.measures.catalogue import MEASURES, Kind
from services.feedback.measures.model import Balance, MonthlyDocument
from shared.database.mongo import Database
from shared.events import Fact
from shared.pipeline.ledger import FACTS, Entry, ledger


async def differences(db: Database, month: str) -> list[dict[str, Any]]:
    """The documents of a month that differ from their recomputation, both sides shown; read at one moment."""
    computed, held = Sums(), Sums()
    async with await db.client.start_session(snapshot=True) as session:
        monthly = db[MonthlyDocument.collection].find({"month": month}, session=session)
        kept = {one["path"]: _sums(one) async for one in monthly}
        balances = db[Balance.collection].find({}, _of(month), session=session)
        kept_held = {one["_id"]: changed async for one in balances if (changed := _changed(one, month))}
        async for entry in ledger(db, FACTS).find({"month": month}, session=session):
            fact = Fact.registry[entry["type"]].model_validate_json(entry["body"])
            _follow(computed, entry, fact)
            _follow_held(held, entry, fact)
    return [*_differing(month, kept, computed), *_differing(month, kept_held, held, collection=Balance.collection)]


Sums = dict[str, dict[str, Any]]
"""By path, or of balances by organisation."""


def _differing(month: str, kept: Sums, computed: Sums, **more: str) -> list[dict[str, Any]]:
    places = sorted(kept.keys() | computed.keys())
    both = ((place, kept.get(place, {}), computed.get(place, {})) for place in places)
    return [
        {"month": month, "path": place, **more, "kept": one, "computed": other}
        for place, one, other in both
        if one != other
    ]


def _of(month: str) -> dict[str, int]:
    """Of balances only what a month changed."""
    return {f"add.{one.name}.{month}": 1 for one in MEASURES.values() if one.kind in (Kind.STOCK, Kind.BALANCE)}


def _changed(balance: Mapping[str, Any], month: str) -> dict[str, int]:
    """What a month changed of each stock; a change that came to nothing is none."""
    return {name: amount for name, by_month in balance.get("add", {}).items() if (amount := by_month.get(month))}


def _follow_held(computed: Sums, entry: Entry, fact: Fact) -> None:
    for name, amount in held(fact).items():
        sums = computed.setdefault(entry["organisation"], {})
        sums[name] = sums.get(name, 0) + amount
        if not sums[name]:
            del sums[name]


def _follow(computed: Sums, entry: Entry, fact: Fact) -> None:
    for name, amount in added(fact).items():
        sums = computed.setdefault(entry["path"] or entry["organisation"], {})
        sums[name] = sums.get(name, 0) + amount


def _sums(document: Mapping[str, Any]) -> dict[str, Any]:
    """A document's counters by dotted name, as recomputation has them."""
    flat: dict[str, Any] = {}
    for name, value in document.get("add", {}).items():
        if isinstance(value, Mapping):
            flat |= {f"{name}.{part}": amount for part, amount in value.items()}
        else:
            flat[name] = value
    return flat


async def months_kept(db: Database) -> list[str]:
    """Every month that has a fact or a document."""
    return sorted({*await ledger(db, FACTS).distinct("month"), *await db[MonthlyDocument.collection].distinct("month")})
