"""A station that has ended: its PC is still answered, and nobody waits for it or counts what waits there."""

from __future__ import annotations

import json
from datetime import timedelta

from prometheus_client import Gauge

from services.inspection import gauges
from services.inspection.stations.reads import read_contacts
from services.inspection.stations.reads import stations as listed
from shared.calendar import china_day
from shared.events.roster import DissolveOrganisation
from tests.asking import COUNTY, NEIGHBOUR, STATION
from tests.county import County
from tests.inspection.listening import EVERY, hub
from tests.submitters import committee


async def test_it_is_answered_but_no_longer_awaited(county: County) -> None:
    async with county.working(), hub(county) as here:
        await here.beats(2, STATION, NEIGHBOUR)
        assert await here.connections() == [f"{STATION} C", f"{NEIGHBOUR} C"]
        today = china_day(here.clock.now)
        ends = DissolveOrganisation(last_day=today - timedelta(days=1), followed_by=[NEIGHBOUR])
        await county.hears(committee.says(ends, here.clock.now, about=STATION))
        await county.settles()
        await here.passes(EVERY)
        before = (await read_contacts(county.db("inspection")))[STATION]
        assert json.loads((await here.hears(STATION, waiting=3)).data)["time"]
        await here.passes(EVERY)
        assert (await read_contacts(county.db("inspection")))[STATION] == before
        roster = await here.feed.current()
        places = await listed(county.db("inspection"), roster, COUNTY, today)
        assert STATION not in [one["code"] for one in places]


def test_its_last_contact_leaves_the_metrics() -> None:
    heard = {"last_heard": "2018-06-14T09:00:00+08:00", "connected": True, "silent": False}
    gauges.tell_stations([{"code": STATION, **heard}, {"code": NEIGHBOUR, **heard}])
    assert contacts() == {STATION, NEIGHBOUR}
    gauges.tell_stations([{"code": NEIGHBOUR, **heard}])
    assert contacts() == {NEIGHBOUR}


def test_a_station_that_never_came_is_no_silent_one() -> None:
    """Nor is it heard in 1970: while a county is being set up nobody is called out for a hundred of them."""
    gauges.tell_stations(
        [
            {"code": STATION, "last_heard": None, "connected": None, "silent": True},
            {"code": NEIGHBOUR, "last_heard": "2018-06-14T09:00:00+08:00", "connected": None, "silent": True},
        ]
    )
    assert contacts() == contacts(gauges.SILENT) == {NEIGHBOUR}


def contacts(of: Gauge = gauges.CONTACT) -> set[str]:
    (metric,) = of.collect()
    return {sample.labels["station"] for sample in metric.samples}
