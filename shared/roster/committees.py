"""What a county's committee is called on a day, as the roster has it."""

from __future__ import annotations

from datetime import date

from shared.countys_own import NEUTRAL, CommitteeName, named_on
from shared.roster.organisations import Roster, county_of


def committee_on(roster: Roster, code: str, day: date) -> CommitteeName:
    """That of an organisation's county; a neutral word as long as the county is not registered."""
    county = roster.organisation(county_of(code))
    if county is None:
        return NEUTRAL
    return named_on(county.committee_names, roster.called(county.id, day), day)
