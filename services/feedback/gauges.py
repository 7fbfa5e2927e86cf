"""What a monitoring team reads of feedback: reports, periods that are late, and the standing check."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from prometheus_client import Gauge

from services.feedback.documents.model import DocumentScheme
from services.feedback.measures.standing import Standing
from services.feedback.operations.books import Books, by_asking, note
from services.feedback.problems.checking import unlike_balances
from services.feedback.rebuilding.mending import lines
from services.feedback.rebuilding.running import altered
from services.feedback.reports.model import STANDS, PeriodRecord, Report
from services.feedback.reports.periods import ending_on, last_day
from services.feedback.reports.rereading import Rereading, periods_issued
from shared.calendar import CHINA
from shared.database.kept import document
from shared.database.mongo import Database
from shared.events.vocabulary import ReportKind
from shared.patience import again
from shared.process.gauges import Look, not_looked_at
from shared.process.running import Running

REPORTS = Gauge("lianban_reports", "Reports by kind and state.", ["kind", "state"])
OVERDUE = not_looked_at("lianban_periods_overdue", "Periods since the county went live that are over and not closed.")
DIFFERENCES = not_looked_at("lianban_differences", "Monthly documents that differ from what their facts add up to.")
BY_MEASURE = Gauge(
    "lianban_measure_differences", "Figures that differ from what their facts add up to, by measure.", ["measure"]
)
ALTERED = not_looked_at("lianban_reports_altered", "Signed reports that no longer are what was signed.")
CHANGED = Gauge(
    "lianban_reports_changed", "Issued reports that print what is no longer so, for facts came late.", ["kind"]
)
CHECKED = Gauge("lianban_differences_checked_timestamp_seconds", "When all months were last recomputed.")

ISSUED = "issued"
CHECK_EVERY = 600.0
"""Seconds between two recomputations of everything."""
LATE_AFTER = timedelta(hours=1)
"""The clock gives stations some minutes after midnight, and closing takes seconds."""


def reports(db: Database, county: str, live_from: date | None) -> Look:
    """How many of each kind, and how many periods are late."""

    async def look() -> None:
        counted = db[Report.collection].aggregate([{"$match": STANDS}, {"$group": {"_id": "$kind", "n": {"$sum": 1}}}])
        found = {one["_id"]: one["n"] async for one in counted}
        for kind in ReportKind:
            REPORTS.labels(kind.value, ISSUED).set(found.get(kind.value, 0))
        OVERDUE.set(len(await overdue(db, county, live_from, datetime.now(CHINA))))

    return look


async def overdue(db: Database, county: str, live_from: date | None, now: datetime) -> list[str]:
    """The periods that ended since the county went live, with their grace an hour ago or longer, and are not closed."""
    if live_from is None:
        return []
    last = (now - LATE_AFTER).date() - timedelta(days=1)
    ended = [p for n in range((last - live_from).days + 1) for p in ending_on(live_from + timedelta(days=n))]
    schemes = await document(db, DocumentScheme, county) or DocumentScheme(id=county)
    ended = [period for period in ended if schemes.grace_ends(last_day(period)) <= last]
    keys = [f"{county}/{period}" for period in ended]
    closed = {one["_id"] async for one in db[PeriodRecord.collection].find({"_id": {"$in": keys}}, {"_id": 1})}
    return [period for period, key in zip(ended, keys, strict=True) if key not in closed]


async def keep_checking(parts: Running) -> None:
    """Recomputes month after month, then rests: the standing check."""
    standing, books = Standing(parts.db), Books(parts.db, parts.bus, by_asking(parts))
    while True:
        differing = await again(lambda: standing.differing(time.monotonic()), _no_beat, "standing check")
        _show([*differing, *await again(partial(unlike_balances, parts.db), _no_beat, "problems beside balances")])
        ALTERED.set(len(await again(partial(altered, parts.db), _no_beat, "seals of reports")))
        found = await again(partial(changed_by_kind, parts), _no_beat, "reports beside their facts")
        for kind, count in found.items():
            CHANGED.labels(kind.value).set(count)
        await again(partial(_ledgers, parts.db, books), _no_beat, "ledgers beside ledgers")
        CHECKED.set(time.time())
        await asyncio.sleep(CHECK_EVERY)


async def _ledgers(db: Database, books: Books) -> None:
    """Nothing is said while feedback is behind."""
    if (found := await books.compare()) is not None:
        await note(db, found)


async def changed_by_kind(parts: Running) -> dict[ReportKind, int]:
    """How many issued reports print something that is no longer so."""
    county = parts.settings.county
    reread = Rereading(parts.db, county, await parts.roster.current())
    changed = await reread.changed(await periods_issued(parts.db, county))
    kinds = [one.report.kind for one in changed]
    return {kind: kinds.count(kind) for kind in ReportKind}


def _show(differing: Sequence[Mapping[str, Any]]) -> None:
    """A measure that differs nowhere has no sample."""
    DIFFERENCES.set(len(differing))
    BY_MEASURE.clear()
    for measure, count in Counter(one.measure for each in differing for one in lines(each)).items():
        BY_MEASURE.labels(measure.partition(".")[0]).inc(count)


def _no_beat() -> None:
    """Nobody watches: a check that is late is an alert of its own."""
