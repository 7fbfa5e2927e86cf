"""Finished values that many pages show: a state, a choice among filters, an organisation's name on a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shared.roster.organisations import Roster


@dataclass(frozen=True, slots=True)
class ShownState:
    """A state in a word; `level` is good, warn, bad, or empty where it is none of them."""

    word: str
    level: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter to choose."""

    name: str
    url: str
    current: bool


def names_on(roster: Roster, day: date) -> dict[str, str]:
    """What every organisation was called on a day; one that did not stand then, as it was called last."""
    return {one.id: (one.on(day) or one.history[-1]).name for one in roster if one.history}


def name_of(code: str, roster: Roster, day: date) -> str:
    """What an organisation is called on a day, also once it has ended; its code when it was not known then."""
    standing = roster.known(code, day)
    return standing.name if standing else code
