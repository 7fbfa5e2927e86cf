"""What came too late for a document: facts that were received after its figures were counted."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from services.feedback.facts.reads import under
from services.feedback.measures.adding import added
from services.feedback.reports import periods
from shared.database.mongo import Database
from shared.events import Fact


async def late_facts(db: Database, organisation: str, period: str, since: datetime) -> Counter[str]:
    """How many facts of a period were received after a moment, by each measure for which they count there."""
    counted: Counter[str] = Counter()
    async for entry in under(db, organisation, periods.months_of(period), {"received": {"$gt": since}}):
        fact = Fact.kept(entry["type"], entry["body"])
        counted.update({name.partition(".")[0] for name in added(fact)})
    return counted
