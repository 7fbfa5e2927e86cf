"""Choosing a period: which years have documents, and the plain links to a year, its quarters and its months."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from services.feedback.measures.model import MonthlyDocument
from services.feedback.reports import periods
from shared.database.mongo import Database
from shared.pages.chinese import quarter_text

RECEIVED = ("monthly-reports", "quarterly-reports", "annual-reports", "receipts-on-time", "replies-on-time")
"""Reports are received and replied to after their period: a month that has nothing else is not one of work."""
_NAMES = {"$map": {"input": {"$objectToArray": "$add"}, "in": "$$this.k"}}
WORKED: dict[str, Any] = {"$expr": {"$ne": [{"$setDifference": [_NAMES, [*RECEIVED]]}, []]}}


@dataclass(frozen=True, slots=True)
class PeriodLink:
    """A period to choose."""

    name: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Shelf:
    """Links of one kind of period."""

    name: str
    links: tuple[PeriodLink, ...]


async def years(db: Database, county: str) -> list[str]:
    """The years in which work was done, newest first."""
    kept = db[MonthlyDocument.collection]
    known = sorted({month[:4] for month in await kept.distinct("month", {"county": county})}, reverse=True)
    within = ({"county": county, "month": {"$gte": year, "$lt": f"{year}."}, **WORKED} for year in known)
    worked = await asyncio.gather(*(kept.find_one(one, {"_id": 1}) for one in within))
    return [year for year, found in zip(known, worked, strict=True) if found]


def shelves(page: str, chosen: str, known: Sequence[str]) -> tuple[Shelf, ...]:
    """The years with documents, and the quarters and months of the chosen one."""
    year = chosen[:4]
    quarters = [f"{year}-Q{n}" for n in (1, 2, 3, 4)]
    return (
        _shelf("年", page, [(one, f"{one}年") for one in sorted({*known, year})], chosen),
        _shelf("季", page, [(one, quarter_text(one).removeprefix(f"{year}年第")) for one in quarters], chosen),
        _shelf("月", page, [(one, f"{int(one[5:])}月") for one in periods.months_of(year)], chosen),
    )


def _shelf(name: str, page: str, named: list[tuple[str, str]], chosen: str) -> Shelf:
    return Shelf(name, tuple(PeriodLink(text, f"{page}?period={one}", one == chosen) for one, text in named))


def within(period: str) -> list[str]:
    """The period itself and every shorter one in it: whose reports belong to it."""
    months = set(periods.months_of(period))
    quarters = [f"{period[:4]}-Q{n}" for n in (1, 2, 3, 4)]
    whole = [one for one in quarters if months.issuperset(periods.months_of(one))]
    return sorted({period, *months, *whole})
