"""A unit is found by two letters of its name; so are the persons of that name who belong there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from services.roster.accounts.rules import as_typed
from shared.pages.words import acting_name, names_on
from shared.roster.organisations import Roster, county_of
from shared.roster.people import People

LEAST, MOST = 2, 12
"""Letters that are typed, and units that are listed."""


def units_like(typed: str, roster: Roster, day: date) -> Mapping[str, str]:
    """Code and name of those that stand: the one that is called so, else those whose name holds it.

    The county's committee comes first: by the county's own name nearly every unit is called. Of others the shorter
    name does, of which the letters are more: 安平镇 before each bureau of 安平县.
    """
    meant = as_typed(typed).casefold()
    names = _names(roster, day)
    called = {code: name for code, name in names.items() if meant in (code.casefold(), as_typed(name).casefold())}
    if len(called) == 1 or len(meant) < LEAST:
        return called
    found = ((as_typed(name).casefold().find(meant), name, code) for code, name in names.items())
    like = sorted((county_of(code) != code, at, len(name), name, code) for at, name, code in found)
    return {code: name for _, at, _, name, code in like if at >= 0 or code.casefold().startswith(meant)}


def _names(roster: Roster, day: date) -> Mapping[str, str]:
    return {
        code: acting_name(code, roster, day) if county_of(code) == code else name
        for code, name in names_on(roster, day).items()
        if roster.standing(code, day)
    }


def persons_called(name: str, organisation: str, people: People, day: date, roster: Roster) -> list[str]:
    """Those at home there, and those in a post there."""
    meant, staff = as_typed(name), people.of(organisation)
    held = [one.person for one in staff.posts if one.holds(day)]
    found = dict.fromkeys((*staff.names, *held))
    known = [one for one in found if as_typed(people.name_of(one) or "") == meant]
    return [one for one in known if people.belongs(one, organisation, day, roster)]
