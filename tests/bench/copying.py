"""A ledger of many facts: those that the run itself has made, copied by the database in their own proportion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shared.pipeline.ledger import FACTS
from tests.bench.ground import Ground
from tests.bench.workload import UNTIL

COPIED = UNTIL.isoformat()[:7]
MONTHS = tuple(f"2025-{month:02}" for month in range(1, 10))
"""In which copies lie that only make the ledger long."""
AT_ONCE = 10_000


async def copied(here: Ground, count: int, months: Sequence[str] = MONTHS) -> None:
    """So many facts more, spread over some months, each under an id of its own; all of it lies on the disk then."""
    ledger, n, turn = here.db("feedback")[FACTS], 0, 0
    own = await ledger.count_documents({"month": {"$lt": COPIED}})
    while n < count:
        more, month = min(AT_ONCE, own, count - n), months[turn % len(months)]
        await ledger.aggregate(_copies(more, month, f"-{month}-{turn}")).to_list(None)
        n, turn = n + more, turn + 1
    await here.databases.admin.command("fsync")


def _copies(count: int, month: str, ending: str) -> list[dict[str, Any]]:
    under = {"_id": {"$concat": ["$_id", ending]}, "month": month}
    into = {"into": FACTS, "whenMatched": "fail", "whenNotMatched": "insert"}
    return [{"$match": {"month": {"$lt": COPIED}}}, {"$limit": count}, {"$set": under}, {"$merge": into}]


async def facts(here: Ground) -> int:
    """How many the ledger has."""
    return int(await here.db("feedback")[FACTS].estimated_document_count())
