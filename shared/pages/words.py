"""Finished values that many pages show: a state, a choice among filters, an organisation's name on a day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from shared.countys_own import in_own_words, own
from shared.events.refusals import WORDS
from shared.events.vocabulary import OrganisationKind
from shared.roster.committees import committee_on
from shared.roster.organisations import Roster, Standing, county_of


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
    """What every organisation was called on a day; one that did not stand then, as it was called last.

    Two of the same name are told apart by who is above them: 向阳村（城关镇）.
    """
    stood = {one.id: one.on(day) or one.history[-1] for one in roster if one.history}
    count = Counter(one.name for one in stood.values())
    return {code: _with_above(one, roster, day) if count[one.name] > 1 else one.name for code, one in stood.items()}


def _with_above(stood: Standing, roster: Roster, day: date) -> str:
    return f"{stood.name}（{name_of(stood.parent, roster, day)}）" if stood.parent else stood.name


def acting_name(code: str, roster: Roster, day: date) -> str:
    """Who does something: by its name, and for the county its committee."""
    return committee_on(roster, code, day).name if county_of(code) == code else name_of(code, roster, day)


def name_of(code: str, roster: Roster, day: date) -> str:
    """What an organisation is called on a day, also once it has ended; its code when it was not known then.

    A county that is still to be registered is itself: all of it.
    """
    standing = roster.known(code, day)
    return standing.name if standing else in_own_words("全县") if county_of(code) == code else code


def of_the_county() -> str:
    """What is directly under the county, in no township."""
    return in_own_words("县直单位和窗口")


def kind_word(kind: OrganisationKind) -> str:
    """What kind of organisation it is; a county of the kind that its name says."""
    return own().kind if kind is OrganisationKind.COUNTY else WORDS["kind"][kind]
