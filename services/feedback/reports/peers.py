"""How a recipient stands beside its own kind: by rates and scores, by counts for each station or window, by rank."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from services.feedback.measures.catalogue import MEASURES, Kind, Measures, is_award, number
from services.feedback.reports.model import Rank
from shared.events.vocabulary import HALL_PATROL, PatrolKind
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


def patrols_itself(roster: Roster, code: str, day: date) -> bool:
    """Whether its window is looked at by itself alone, for it holds the office that patrols the windows."""
    standing = roster.standing(code, day)
    return bool(standing and standing.patrolled) and roster.holder(HALL_PATROL, code, day) == code


class Alike(NamedTuple):
    """One of a kind: its measures, its number of places, and whether nobody else is to patrol it."""

    measures: Measures
    places: int
    patrols_itself: bool = False


def means(kin: Iterable[Alike], names: Iterable[str]) -> Mapping[str, float | None]:
    """The mean of one kind by measure, of those that it can be told of; None for what is not compared."""
    theirs = list(kin)
    return {name: mean([compared_by(name, one) for one in theirs]) for name in names}


def compared_by(name: str, one: Alike) -> float | None:
    """A rate or score as it is, a count for each place; None of what is not compared, or not of this one."""
    if is_award(name) or not MEASURES[name].kind.is_compared:
        return None
    kind, value = MEASURES[name].kind, one.measures[name]
    if kind is Kind.PER_PLACE:
        return value / one.places if one.places and (value or _may_be(name, one)) else None
    return number(value)


def _may_be(name: str, one: Alike) -> bool:
    """Whether nothing is a count of it: not of who is patrolled by nobody else, nor of who is not to check itself."""
    match name:
        case "patrols":
            return not one.patrols_itself
        case "self-checks":
            return bool(one.measures["self-check-rate"]["d"])
        case _:
            return True


def mean(values: list[float | None]) -> float | None:
    """The mean of those that have a value."""
    known = [value for value in values if value is not None]
    return round(sum(known) / len(known), 4) if known else None


COMPARABLE = 3
"""So many with a score at least: of fewer a rank would only tell on the others."""


def rank(own: Measures, kin: Iterable[Measures]) -> Rank | None:
    """The place of one's score among those of its kind, itself among them; None where there is none to tell.

    What reads equal, with two decimals, is equal.
    """
    scores = [score for one in kin if (score := _score(one)) is not None]
    mine = _score(own)
    if mine is None or len(scores) < COMPARABLE:
        return None
    return Rank(place=1 + sum(score > mine for score in scores), among=len(scores))


def _score(measures: Measures) -> float | None:
    found = number(measures["score"])
    return None if found is None else round(found, 2)
