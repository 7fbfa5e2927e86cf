"""When a place was heard of follows from what it said itself, and from an accepted patrol of it: from nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.inspection.stations.reads import stations as listed
from shared.roster.feed import FollowedRoster
from tests.county import County
from tests.submitters import COUNTY, Said, Submitter, hall, moment, office, station, stations

TODAY = date(2018, 3, 9)
OWN = station.logs()
LATER = moment("2018-03-08")
STRANGER = stations[1]


async def place(county: County, of: Submitter) -> dict[str, Any]:
    """What the list of stations and windows says of one."""
    roster = await FollowedRoster(county.bus).current()
    (found,) = [one for one in await listed(county.db("inspection"), roster, COUNTY, TODAY) if one["id"] == of.code]
    return found


async def last_of(county: County, of: Submitter, *said: Said) -> tuple[bool, str | None]:
    """Whether it was heard of at all, and its last verdict, when all of this is decided."""
    async with county.working():
        await county.hears(*said)
        await county.settles()
    found = await place(county, of)
    assert found["silent"] is (found["last_heard"] is None)
    return found["last_heard"] is not None, found["last_verdict"]


ABOUT_ANOTHER = {
    "a stranger's, refused": STRANGER.says_for(OWN).heading(subject=station.code),
    "a stranger's of another kind": STRANGER.rectifies(OWN, at=LATER).heading(subject=station.code),
    "the hall's, which may not": hall.rectifies(OWN, at=LATER).heading(subject=station.code),
}


@pytest.mark.parametrize("said", ABOUT_ANOTHER.values(), ids=ABOUT_ANOTHER)
async def test_what_others_try_about_a_station_does_not_switch_its_alarm_off(county: County, said: Said) -> None:
    """Seen to: any entry about it made it heard, a stranger's refused one too."""
    assert await last_of(county, station, said) == (False, None)
    verdict = await county.verdict(said)
    assert verdict is not None
    assert verdict["verdict"] == "refused"


async def test_nor_does_it_stand_before_what_the_station_said_itself(county: County) -> None:
    assert await last_of(county, station, OWN, *ABOUT_ANOTHER.values()) == (True, "accepted")


async def test_what_a_station_says_itself_is_heard_with_its_verdict(county: County) -> None:
    """The control; a refused one too, for the station is there and somebody is to help it."""
    assert await last_of(county, station, OWN) == (True, "accepted")
    assert await last_of(county, station, station.rectifies(OWN, at=LATER)) == (True, "refused")


async def test_an_accepted_patrol_of_a_window_is_heard_and_a_refused_one_is_not(county: County) -> None:
    """A window has no machine of its own."""
    assert await last_of(county, office, STRANGER.logs(about=office.code)) == (False, None)
    assert await last_of(county, office, hall.logs(about=office.code)) == (True, "accepted")
