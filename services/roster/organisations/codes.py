"""Codes of organisations that are entered for the first time: the next that is free beside those of its kind."""

from __future__ import annotations

from collections.abc import Iterable

from shared.events.vocabulary import OrganisationKind
from shared.roster.organisations import Roster, county_of

LETTERS = {
    OrganisationKind.DEPARTMENT: "D",
    OrganisationKind.STATE_ENTERPRISE: "E",
    OrganisationKind.RANCH: "P",
}
"""Of what is no division."""
DIVISIONS = (OrganisationKind.TOWNSHIP, OrganisationKind.VILLAGE)
NEW_KINDS = (*LETTERS, *DIVISIONS)
"""Everything but a county, which is founded with its own code."""


def next_code(roster: Roster, kind: OrganisationKind, parent: str) -> str:
    """Behind the last that was ever used: no code is used again."""
    county = county_of(parent)
    codes = [one.id for one in roster if county_of(one.id) == county]
    if kind in LETTERS:
        begins = f"{county}-{LETTERS[kind]}"
        return f"{begins}{_behind(code.removeprefix(begins) for code in codes if code.startswith(begins)):02}"
    begins = county if kind is OrganisationKind.TOWNSHIP else parent
    return f"{begins}{_behind(_divisions(codes, begins)):03}"


def _divisions(codes: Iterable[str], begins: str) -> Iterable[str]:
    """What stands behind the code of who is above, in three digits."""
    behind = (code.removeprefix(begins) for code in codes if code.startswith(begins))
    return (rest for rest in behind if len(rest) == 3 and rest.isdigit())


def _behind(numbers: Iterable[str]) -> int:
    return max((int(one) for one in numbers), default=0) + 1
