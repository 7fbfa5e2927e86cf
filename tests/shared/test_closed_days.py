"""A day is closed when its last tick says so; a clock goes on with the first that is not, and says how far it is."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from prometheus_client import REGISTRY

from shared.events import Submission
from shared.events.ticks import tick
from shared.process.clock import Clock
from shared.process.closed_days import over
from tests.asking import COUNTY
from tests.county import County
from tests.shared.test_clock import TODAY, clock, daily, running, sent, ticks_of

CLOSED = "lianban_clock_closed_timestamp_seconds"


async def entered(county: County, data: Submission, day: date, received: datetime | None = None) -> None:
    """A tick of a day stands in the ledger, as decided when the day was over unless another moment is said."""
    due = over(day)
    key = f"{COUNTY}/{tick(data, COUNTY, due).headers['ce-id']}"
    entry = {"_id": key, "submitter": COUNTY, "organisation": COUNTY, "type": data.type, "happened": due}
    await county.db("inspection")["ledger"].insert_one({**entry, "received": received or due, "verdict": "accepted"})


async def is_closed(county: County, day: date) -> None:
    """By both of its ticks."""
    for data in daily(day):
        await entered(county, data, day)


async def test_a_clock_that_ended_between_two_ticks_of_one_instant_sends_the_other(county: County) -> None:
    day = TODAY - timedelta(days=3)
    for n in (5, 4):
        await is_closed(county, TODAY - timedelta(days=n))
    await entered(county, next(daily(day)), day)
    async with clock(county, TODAY - timedelta(days=5)):
        assert await sent(county, 2) == ticks_of(day)


async def test_a_clock_goes_back_to_a_day_that_was_left_out(county: County) -> None:
    for n in (5, 3):
        await is_closed(county, TODAY - timedelta(days=n))
    async with clock(county, TODAY - timedelta(days=5)):
        assert await sent(county, 2) == ticks_of(TODAY - timedelta(days=4))


async def test_a_tick_that_was_there_before_its_day_was_over_has_not_closed_it(county: County) -> None:
    day = TODAY - timedelta(days=3)
    for data in daily(day):
        await entered(county, data, day, received=over(day) - timedelta(minutes=1))
    async with clock(county, day):
        assert await sent(county, 2) == ticks_of(day)


async def test_how_far_a_clock_is_is_told_to_the_monitoring(county: County) -> None:
    first = TODAY - timedelta(days=5)
    look = Clock(daily).look(running(county, first))
    for days, closed in enumerate((first, first + timedelta(days=1))):
        await look()
        seen = REGISTRY.get_sample_value(CLOSED, {"service": "inspection"})
        assert seen == over(closed - timedelta(days=1)).timestamp()
        await is_closed(county, first + timedelta(days=days))


async def test_nothing_is_told_of_a_county_whose_clock_does_not_run(county: County) -> None:
    before = REGISTRY.get_sample_value(CLOSED, {"service": "inspection"})
    await Clock(daily).look(running(county, None))()
    assert REGISTRY.get_sample_value(CLOSED, {"service": "inspection"}) == before
