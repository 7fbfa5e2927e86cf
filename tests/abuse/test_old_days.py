"""A key of one station tells of no day long past: who is above it does, and the county, which brings its past in."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from shared.bus.shares import kept_under
from shared.calendar import CHINA
from shared.identity.loading import PASS, LoadingPass
from shared.pipeline.allowance import Allowance
from shared.pipeline.dead_letters import drive_again
from shared.pipeline.inlets import dead_letter
from tests.county import County
from tests.processes_here import SECRET
from tests.submitters import Said, committee, station, township

OURS, ANOTHERS = LoadingPass(SECRET), LoadingPass("a secret of another county, long enough")
LONG_AGO = datetime(2018, 3, 5, 9, tzinfo=CHINA)


@pytest.fixture
async def bounded(county: County) -> County:
    """As an operator has it who says nothing."""
    county.allowed = Allowance(timedelta(days=400), loading=OURS)
    return county


async def verdicts(county: County, *said: Said) -> list[str]:
    async with county.working():
        await county.hears(*said)
        await county.settles()
    found = [await county.verdict(one) or {"verdict": "none", "reasons": []} for one in said]
    return [" ".join([one["verdict"], *(reason["slug"] for reason in one["reasons"])]) for one in found]


def loaded(said: Said, by: LoadingPass = OURS) -> Said:
    return said._replace(message=by.bearing(said.message))


async def test_a_station_tells_of_its_last_year_and_of_nothing_before(bounded: County) -> None:
    lately = datetime.now(CHINA) - timedelta(days=399)
    own, recent, townships = station.serves(1, LONG_AGO), station.serves(2, lately), township.serves(3, LONG_AGO)
    above = [one.says_for(station.serves(4, LONG_AGO, n)) for n, one in enumerate((township, committee))]
    said = await verdicts(bounded, own, recent, townships, *above)
    assert said == ["refused too-old", "accepted", "refused too-old", "accepted", "accepted"]


async def test_what_the_county_brings_in_bears_a_pass_that_is_for_it_alone(bounded: County) -> None:
    bearing = loaded(station.serves(5, at=LONG_AGO))
    stolen = bearing.message.headers[PASS]
    other = station.serves(6, at=LONG_AGO)
    forged = other._replace(message=other.message._replace(headers={**other.message.headers, PASS: stolen}))
    changed = loaded(station.serves(7, at=LONG_AGO)).heading(time="2018-03-06T09:00:00+08:00")
    assert await verdicts(bounded, bearing, forged, changed, loaded(station.serves(8, at=LONG_AGO), ANOTHERS)) == [
        "accepted",
        "refused too-old",
        "refused too-old",
        "refused too-old",
    ]


async def test_without_a_bound_a_station_tells_of_any_day(county: County) -> None:
    """The control."""
    assert await verdicts(county, station.serves(9, at=LONG_AGO)) == ["accepted"]


async def test_driven_again_it_still_bears_its_pass(bounded: County) -> None:
    said = loaded(station.serves(10, at=LONG_AGO))
    await bounded.hears(said)
    message = await bounded.bus.last("SUBMISSIONS", kept_under(said.message.subject))
    assert message
    await bounded.bus.publish([dead_letter("greenchannel", "service-error", "", message, station.code)])
    letter = (await bounded.dead())[-1]
    assert letter.headers[PASS] == said.message.headers[PASS]
    await drive_again(bounded.bus, letter.sequence)
    again = await bounded.bus.last("SUBMISSIONS", kept_under(said.message.subject))
    assert again
    assert again.headers[PASS] == said.message.headers[PASS]
