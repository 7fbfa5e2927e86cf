"""Where most stations are ahead of the server its clock is slow: they wait, and are not refused for good."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.inspection import gauges
from services.inspection.stations.watch import Contact
from shared.events.vocabulary import AHEAD
from shared.pipeline import clocks
from shared.pipeline.clocks import FEWEST, TOGETHER, Timed, slow_by
from tests.county import County
from tests.submitters import stations

NOW = datetime(2026, 3, 5, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def heard(*minutes: float, received: datetime = NOW) -> list[Timed]:
    """One of each station, so many minutes ahead of the server."""
    return [Timed(f"s{n}", received + by * MINUTE, received) for n, by in enumerate(minutes)]


@pytest.mark.parametrize(
    ("seen", "minutes"),
    [
        (heard(20, 21, 19), 20),
        (heard(20, 20), None),
        (heard(20, 20, 20, 0, 0), 20),
        (heard(20, 20, 20, 0, 0, 0), None),
        (heard(20, 20, 20, -600, -60, -60), 20),
        (heard(480, 480, 480, 481), 480),
        (heard(9, 9, 9), None),
        ([*heard(20, 20, 20, 20), *heard(0, 0, 0, 0)], 20),
        ([*heard(20, 20), *heard(20, 20, 20, received=NOW - TOGETHER - MINUTE)], None),
        (heard(20) * 5, None),
        ([], None),
    ],
    ids=[
        "three of three",
        "two may be wrong themselves",
        "more than half",
        "half and no more",
        "what happened long ago tells nothing",
        "by hours",
        "within what is admitted",
        "of each its latest",
        "of another time",
        "one station often",
        "nobody",
    ],
)
def test_the_server_is_slow_where_most_of_at_least_three_are_ahead(seen: list[Timed], minutes: float | None) -> None:
    slow = slow_by(seen, NOW)
    assert (slow and slow / MINUTE) == minutes


@settings(max_examples=50)
@given(st.lists(st.integers(-60, 60), max_size=12))
def test_it_takes_a_majority_whatever_comes(minutes: list[int]) -> None:
    by = [one * MINUTE for one in minutes]
    ahead, telling = sum(one > AHEAD for one in by), sum(one > -AHEAD for one in by)
    assert bool(slow_by(heard(*minutes), NOW)) == (ahead >= FEWEST and 2 * ahead > telling)


async def test_stations_that_are_all_ahead_wait_until_the_servers_clock_is_right(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    right, looks, slow = clocks.utc_now, list[datetime](), 25 * MINUTE

    def server() -> datetime:
        looks.append(right())
        return looks[-1] if slow else looks[-1] + 25 * MINUTE

    monkeypatch.setattr(clocks, "utc_now", server)
    said = [one.serves(at=datetime.now(UTC) + 30 * MINUTE) for one in stations[:3]]
    async with county.working(), asyncio.timeout(120):
        await county.hears(*said)
        while len(looks) < 2:
            await asyncio.sleep(0.05)
        assert [await county.verdict(one) for one in said] == [None] * 3
        slow = timedelta()
        await county.settles()
    verdicts = [await county.verdict(one) for one in said]
    assert [one and one["verdict"] for one in verdicts] == ["accepted"] * 3


async def test_one_station_that_is_ahead_is_told_to_set_its_clock(county: County) -> None:
    ahead, *others = stations[:3]
    said = [ahead.serves(at=datetime.now(UTC) + 30 * MINUTE), *(one.serves(at=datetime.now(UTC)) for one in others)]
    async with county.working():
        await county.hears(*said)
        await county.settles()
    verdicts = [await county.verdict(one) for one in said]
    assert [one and one["verdict"] for one in verdicts] == ["refused", "accepted", "accepted"]


def test_how_far_stations_are_ahead_is_known_of_three_that_were_heard_lately() -> None:
    contact = Contact("s", NOW, NOW, clock_off_seconds=1200)
    assert gauges.ahead([contact] * 2, NOW) is None
    assert gauges.ahead([contact] * 3, NOW + TOGETHER + MINUTE) is None
    assert gauges.ahead([contact, contact, Contact("s", NOW, NOW, clock_off_seconds=-5)], NOW) == 1200
