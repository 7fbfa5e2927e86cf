"""Figures of the last twelve months, added up by the database: by month for one organisation, by unit for one month."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.feedback.measures.balances import held_on
from services.feedback.measures.catalogue import GREEN, Counts, merge
from services.feedback.measures.model import Balance, MonthlyDocument
from services.feedback.store import balances
from shared.database.mongo import Database
from shared.events.vocabulary import ClientGroup
from shared.roster.organisations import Roster

MONTHS = 12
DRAWN = ("findings", "repeat-findings", "rectifications-overdue", "cases-completed")
RATES = ("rectified-on-time", "self-checks-on-time", "cases-on-time", "self-check-rate", "score")
OVERDUE, OPEN_NOW = "rectifications-open-overdue", "rectifications-open"
GREENS = {group: [one.name for (whose, _), one in GREEN.items() if whose is group] for group in ClientGroup}
SUMMED = (*DRAWN, *(name for names in GREENS.values() for name in names))


@dataclass(frozen=True, slots=True)
class MonthSums:
    """Counts and rates of a month: a rate is two sums, and None where nothing was due."""

    counts: Mapping[str, int]
    rates: Mapping[str, tuple[int, int]]

    def rate(self, name: str) -> float | None:
        """0 to 1."""
        part, whole = self.rates.get(name, (0, 0))
        return part / whole if whole else None

    def green(self, group: ClientGroup) -> int:
        """All services of a kind of client: cases of enterprises, person-times of others."""
        return sum(self.counts.get(name, 0) for name in GREENS[group])


NONE = MonthSums({}, {})


def months_to(last: date) -> list[str]:
    """The twelve months that end with that of a day."""
    at = last.year * 12 + last.month - 1
    return [f"{n // 12}-{n % 12 + 1:02}" for n in range(at - MONTHS + 1, at + 1)]


async def by_month(db: Database, county: str, months: Sequence[str], below: str = "") -> dict[str, MonthSums]:
    """Of the county, or of an organisation and all below it."""
    return await _summed(db, _among(county, months, below), "$month")


async def by_unit(db: Database, county: str, month: str) -> dict[str, MonthSums]:
    """Each organisation directly under the county, with all below it."""
    return await _summed(db, _among(county, [month]), {"$arrayElemAt": [{"$split": ["$path", "/"]}, 1]})


async def by_place(db: Database, county: str, month: str, below: str) -> dict[str, MonthSums]:
    """Each place below an organisation, by itself."""
    return await _summed(db, _among(county, [month], below), {"$last": {"$split": ["$path", "/"]}})


def _among(county: str, months: Sequence[str], below: str = "") -> dict[str, Any]:
    there = {"path": {"$regex": f"(^|/){re.escape(below)}(/|$)"}} if below else {}
    return {"county": county, "month": {"$in": [*months]}, **there}


async def _summed(db: Database, wanted: Mapping[str, Any], by: Any) -> dict[str, MonthSums]:
    adds = {f"c{n}": {"$sum": f"$add.{name}"} for n, name in enumerate(SUMMED)}
    parts = {f"{part}{n}": {"$sum": f"$add.{name}.{part}"} for n, name in enumerate(RATES) for part in "nd"}
    steps: list[dict[str, Any]] = [{"$match": wanted}, {"$group": {"_id": by, **adds, **parts}}]
    return {str(raw["_id"] or ""): _sums(raw) async for raw in db[MonthlyDocument.collection].aggregate(steps)}


def _sums(raw: Mapping[str, Any]) -> MonthSums:
    counts = {name: int(raw[f"c{n}"]) for n, name in enumerate(SUMMED)}
    return MonthSums(counts, {name: (int(raw[f"n{n}"]), int(raw[f"d{n}"])) for n, name in enumerate(RATES)})


@dataclass(frozen=True, slots=True)
class HeldOver:
    """What is left to do: by organisation when the last month is over, and in all month by month."""

    by: Mapping[str, Mapping[str, int]]
    overdue: Sequence[int]


async def held_over(db: Database, county: str, roster: Roster, months: Sequence[str], last: date, of: str) -> HeldOver:
    """Of an organisation and all that stands below it now."""
    kept = await balances(db, county)
    mine = [one for one in kept if of in (roster.place(one.id, last) or f"{one.county}/{one.id}").split("/")]
    return HeldOver(held_on(kept, roster, last), [sum(_until(one, month) for one in mine) for month in months])


def with_untold(held: HeldOver, untold: Mapping[str, Mapping[str, int]], months: Sequence[str], of: str) -> HeldOver:
    """With what is overdue by its day and was told by nobody yet: every figure of a page counts by one rule."""
    by = {code: dict(amounts) for code, amounts in held.by.items()}
    for code, more in untold.items():
        there = by.setdefault(code, {})
        there[OVERDUE] = there.get(OVERDUE, 0) + _by_month(more, months[-1])
    mine = untold.get(of, {})
    return HeldOver(by, [overdue + _by_month(mine, month) for overdue, month in zip(held.overdue, months, strict=True)])


def _by_month(added: Mapping[str, int], month: str) -> int:
    return sum(amount for at, amount in added.items() if at <= month)


def _until(one: Balance, month: str) -> int:
    return _by_month(one.add.get(OVERDUE, {}), month)


__all__ = [
    "Counts",
    "HeldOver",
    "MonthSums",
    "by_month",
    "by_place",
    "by_unit",
    "held_over",
    "merge",
    "months_to",
    "with_untold",
]
