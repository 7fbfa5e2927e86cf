"""The standing check: every monthly document equals what its facts in the ledger add up to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from services.feedback.measures.adding import added, latest
from services.feedback.measures.model import MonthlyDocument
from shared.database.mongo import Database
from shared.events import Fact
from shared.pipeline.ledger import FACTS, Entry, ledger


async def differences(db: Database, month: str) -> list[dict[str, Any]]:
    """The documents of a month that differ from their recomputation, both sides shown; read at one moment."""
    async with await db.client.start_session(snapshot=True) as session:
        kept = {
            one["path"]: one async for one in db[MonthlyDocument.collection].find({"month": month}, session=session)
        }
        computed: dict[str, dict[str, Any]] = {}
        async for entry in ledger(db, FACTS).find({"month": month}, session=session):
            _follow(computed, entry)
    return [
        {"month": month, "path": path, "kept": _sums(kept.get(path, {})), "computed": computed.get(path, {})}
        for path in sorted(kept.keys() | computed.keys())
        if _sums(kept.get(path, {})) != computed.get(path, {})
    ]


def _follow(computed: dict[str, dict[str, Any]], entry: Entry) -> None:
    fact = Fact.registry[entry["type"]].model_validate_json(entry["body"])
    counts, stocks = added(fact), latest(fact, datetime.fromisoformat(entry["time"]))
    if not counts and not stocks:
        return
    sums = computed.setdefault(entry["path"] or entry["organisation"], {})
    for name, amount in counts.items():
        sums[name] = sums.get(name, 0) + amount
    for name, value in stocks.items():
        if name not in sums or value["at"] >= sums[name]["at"]:
            sums[name] = value


def _sums(document: Mapping[str, Any]) -> dict[str, Any]:
    """A document's counters by dotted name, as recomputation has them."""
    flat: dict[str, Any] = {}
    for name, value in document.get("add", {}).items():
        if isinstance(value, Mapping):
            flat |= {f"{name}.{part}": amount for part, amount in value.items()}
        else:
            flat[name] = value
    return flat | {name: dict(value) for name, value in document.get("latest", {}).items()}


async def months_kept(db: Database) -> list[str]:
    """Every month that has a fact or a document."""
    return sorted({*await ledger(db, FACTS).distinct("month"), *await db[MonthlyDocument.collection].distinct("month")})
