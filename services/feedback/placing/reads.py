"""Which organisations have facts that count where they stood before, as the roster is known now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from services.feedback.measures.model import MonthlyDocument
from services.feedback.placing.model import LedgerFact, PlacedFact
from services.feedback.placing.rules import due_at, misplaced
from shared.calendar import month_ends
from shared.database.kept import documents
from shared.database.mongo import Database
from shared.roster.organisations import Organisation, Roster, county_of


class LeftBehind(NamedTuple):
    """So many facts of an organisation, the first of them on a day, count at one place instead of another."""

    organisation: str
    since: date
    facts: int
    path: str
    due: str

    def answer(self) -> dict[str, Any]:
        """As programs read it."""
        return {**self._asdict(), "since": self.since.isoformat()}


async def left_behind(db: Database, county: str, roster: Roster) -> list[LeftBehind]:
    """By organisation; only those are looked at whose place in the tree ever changed, or was thought to have."""
    since: dict[str, date] = {}
    for code, day in (*moved(roster, county), *await _thought_elsewhere(db, county, roster)):
        since[code] = min(day, since.get(code, day))
    found = [await _left_behind(db, code, since[code], roster) for code in sorted(since)]
    return [one for one in found if one is not None]


async def _thought_elsewhere(db: Database, county: str, roster: Roster) -> list[tuple[str, date]]:
    """Those that have facts where they never stood in that month, or that count for who answered for them.

    A move or an end that was taken back has left no trace in the roster.
    """
    monthly = db[MonthlyDocument.collection].find({"county": county}, {"month": 1, "path": 1})
    kept = [(one["path"], date.fromisoformat(f"{one['month']}-01")) async for one in monthly]
    steps: list[dict[str, Any]] = [
        {"$match": {"elsewhere": True}},
        {"$group": {"_id": "$organisation", "month": {"$min": "$month"}}},
    ]
    answered = [(one["_id"], one["month"]) async for one in db[LedgerFact.collection].aggregate(steps)]
    return [
        *((path.rpartition("/")[2], month) for path, month in kept if not _stood_at(path, month, roster)),
        *((code, date.fromisoformat(f"{month}-01")) for code, month in answered if county_of(code) == county),
    ]


def _stood_at(path: str, month: date, roster: Roster) -> bool:
    code, last = path.rpartition("/")[2], month_ends(month)
    return any(roster.path(code, month.replace(day=day)) == path for day in range(1, last.day + 1))


def moved(roster: Roster, county: str) -> Iterator[tuple[str, date]]:
    """Those that were moved or ended, or lie below one that was, by code, each with the first day of another place."""
    own = [one for one in roster if county_of(one.id) == county]
    days = sorted({day for one in own for day in _moves(one)})
    for one in own:
        if since := next((day for day in days if _is_moved_on(one, day, roster)), None):
            yield one.id, since


def _moves(one: Organisation) -> Iterator[date]:
    return (then.since for now, then in pairwise(one.history) if now.parent != then.parent or then.ended)


def _is_moved_on(one: Organisation, day: date, roster: Roster) -> bool:
    before = roster.path(one.id, date.fromordinal(day.toordinal() - 1))
    return before not in ("", roster.place(one.id, day))


async def _left_behind(db: Database, code: str, since: date, roster: Roster) -> LeftBehind | None:
    facts = await documents(db, LedgerFact, {"organisation": code, "month": {"$gte": since.isoformat()[:7]}})
    placed: Mapping[str, str] = {one.id: one.path for one in await documents(db, PlacedFact, {"organisation": code})}
    wrong = sorted(misplaced(facts, placed, roster), key=lambda one: (one.day, one.id))
    if not wrong:
        return None
    first = wrong[0]
    return LeftBehind(code, first.day, len(wrong), placed.get(first.id, first.path), due_at(first, roster))
