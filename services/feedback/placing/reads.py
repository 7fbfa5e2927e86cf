"""Which organisations have facts that count where they stood before, as the roster is known now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from services.feedback.placing.model import LedgerFact, PlacedFact
from services.feedback.placing.rules import misplaced
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
    """By organisation; only those are looked at whose place in the tree ever changed."""
    found = [await _left_behind(db, code, since, roster) for code, since in moved(roster, county)]
    return [one for one in found if one is not None]


def moved(roster: Roster, county: str) -> Iterator[tuple[str, date]]:
    """Those that were moved or lie below one that was, by code, each with the first day of another place."""
    own = [one for one in roster if county_of(one.id) == county]
    days = sorted({day for one in own for day in _moves(one)})
    for one in own:
        if since := next((day for day in days if _is_moved_on(one, day, roster)), None):
            yield one.id, since


def _moves(one: Organisation) -> Iterator[date]:
    return (then.since for now, then in pairwise(one.history) if now.parent != then.parent)


def _is_moved_on(one: Organisation, day: date, roster: Roster) -> bool:
    before = roster.path(one.id, date.fromordinal(day.toordinal() - 1))
    return before not in ("", roster.path(one.id, day))


async def _left_behind(db: Database, code: str, since: date, roster: Roster) -> LeftBehind | None:
    facts = await documents(db, LedgerFact, {"organisation": code, "month": {"$gte": since.isoformat()[:7]}})
    placed: Mapping[str, str] = {one.id: one.path for one in await documents(db, PlacedFact, {"organisation": code})}
    wrong = sorted(misplaced(facts, placed, roster), key=lambda one: (one.day, one.id))
    if not wrong:
        return None
    first = wrong[0]
    return LeftBehind(code, first.day, len(wrong), placed.get(first.id, first.path), roster.path(code, first.day))
