"""Which days a service's clock has closed: its ticks say so themselves, by the ids under which the ledger has them.

A tick's id follows from what is due where and when, and only the county writes under its own code: what anybody else
submits, and whatever day it names, moves no clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from prometheus_client import Gauge

from shared.calendar import CHINA
from shared.database.mongo import Database
from shared.events import Submission
from shared.events.ticks import tick
from shared.pipeline.ledger import ledger

Due = Callable[[date], Iterator[Submission]]
"""What is due when a day is over."""
AT_ONCE = 366
"""Days that are looked up together."""
CLOSED = Gauge(
    "lianban_clock_closed_timestamp_seconds",
    "The end of the last day up to which all that was due is decided; where nothing is, when the county went live.",
    ["service"],
)


def over(day: date) -> datetime:
    """The midnight in China with which a day is over."""
    return datetime.combine(day + timedelta(days=1), time.min, CHINA)


async def first_open(db: Database, county: str, due: Due, since: date, now: datetime) -> date:
    """The first day from `since` on that is not closed, be it that it is not over `now`.

    A day is closed when the last of its ticks was decided after it was over: those before it were stored before.
    """
    day = since
    while over(day) <= now:
        days = [one for n in range(AT_ONCE) if over(one := day + timedelta(days=n)) <= now]
        missing = await _not_closed(db, county, due, days)
        if missing is not None:
            return missing
        day = days[-1] + timedelta(days=1)
    return day


async def _not_closed(db: Database, county: str, due: Due, days: Sequence[date]) -> date | None:
    last = {day: key for day in days if (key := _last(county, due, day))}
    found = ledger(db).find({"_id": {"$in": [*last.values()]}}, {"received": 1})
    received = {one["_id"]: one["received"] async for one in found}
    missing = (day for day, key in last.items() if key not in received or received[key] < over(day))
    return next(missing, None)


def _last(county: str, due: Due, day: date) -> str:
    """The key of a day's last tick; empty when nothing is due."""
    keys = [f"{county}/{tick(data, county, over(day)).headers['ce-id']}" for data in due(day)]
    return keys[-1] if keys else ""
