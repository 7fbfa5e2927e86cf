"""How a recipient stands beside its own kind: by rates and scores, and by counts for each station or window."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from services.feedback.measures.catalogue import MEASURES, Kind, Measures, number
from shared.events.vocabulary import PatrolKind
from shared.roster.organisations import Roster


def places_of(roster: Roster, code: str, day: date) -> int:
    """The village stations of a township on a day; of any other organisation its window in a hall."""
    standing = roster.standing(code, day)
    if standing is None:
        return 0
    if standing.patrolled is not None:
        return 1
    below = (one.on(day) for one in roster)
    return sum(1 for one in below if one and one.patrolled is PatrolKind.STATION and one.parent == code)


def means(kin: Iterable[tuple[Measures, int]], names: Iterable[str]) -> Mapping[str, float | None]:
    """The mean of one kind by measure; each of the kin with its number of places. None for what is not compared."""
    theirs = list(kin)
    return {name: mean([_compared(name, measures[name], places) for measures, places in theirs]) for name in names}


def _compared(name: str, value: Any, places: int) -> float | None:
    kind = MEASURES[name].kind
    if not kind.is_compared:
        return None
    if kind is Kind.PER_PLACE:
        return value / places if places else None
    return number(value)


def mean(values: list[float | None]) -> float | None:
    """The mean of those that have a value."""
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 4) if known else None
