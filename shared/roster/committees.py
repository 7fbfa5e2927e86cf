"""What is a county's own on a day, as the roster has it."""

from __future__ import annotations

from datetime import date

from shared.countys_own import NEUTRAL, CatalogueEntry, CommitteeName, CountysOwn, named_on
from shared.roster.organisations import Roster, county_of


def committee_on(roster: Roster, code: str, day: date) -> CommitteeName:
    """That of an organisation's county; a neutral word as long as the county is not registered."""
    county = roster.organisation(county_of(code))
    if county is None:
        return NEUTRAL
    return named_on(county.committee_names, roster.called(county.id, day), day)


def catalogues_of(roster: Roster, code: str) -> tuple[CatalogueEntry, ...]:
    """Everything that an organisation's county ever listed."""
    county = roster.organisation(county_of(code))
    return county.catalogues if county else ()


def own_of(roster: Roster, code: str, day: date) -> CountysOwn:
    """Of an organisation's county."""
    county = county_of(code)
    place = roster.called(county, day) if roster.organisation(county) else ""
    return CountysOwn(committee_on(roster, code, day), catalogues_of(roster, code), day, place)
