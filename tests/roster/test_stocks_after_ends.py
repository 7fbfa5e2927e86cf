"""However an end is entered, withdrawn or corrected, no stock is negative, and the register has what is printed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest_asyncio

from services.feedback.measures.model import Balance
from services.feedback.placing.reads import left_behind
from services.inspection.rectifications.reads import Wanted, items, placed
from shared.events.feedback import RePlaceFacts
from shared.events.roster import StationDepartment, WithdrawDissolution
from shared.events.vocabulary import Hall, OrganisationKind
from shared.roster.organisations import Organisation, Roster
from tests.browsing import browsing, signed_in
from tests.county import County
from tests.roster.test_ending_in_a_county import (
    AFTER,
    BEFORE,
    LAST,
    accepted,
    ends,
    figures,
    neighbour,
    third,
    verdict,
)
from tests.submitters import COUNTY, Said, Submitter, committee, moment, station, township

NEW = Submitter("150424-D09")
JUNE, SUMMER = date(2018, 6, 30), ("2018-04", "2018-05", "2018-06", "2018-07")
OPEN = "rectifications-open"


@pytest_asyncio.fixture
async def at_work(empty_county: County) -> AsyncIterator[County]:
    async with empty_county.at_work():
        yield empty_county


def ends_not(one: Submitter = station, n: int = 0) -> Said:
    return committee.says(WithdrawDissolution(reason="登记有误"), AFTER, about=one.code, n=n)


async def passes_on(county: County, *, verified: bool = True) -> Said:
    """Two findings of a village that has ended; one is put right by its successor."""
    found = station.logs(LAST, findings=2, within=10)
    await accepted(county, found, ends(station, neighbour))
    if verified:
        await accepted(county, neighbour.rectifies(found, at=AFTER).heading(subject=station.code))
        await accepted(county, township.verifies(found, at=AFTER))
    return found


async def known(county: County) -> Roster:
    raw = county.db("roster")[Organisation.collection].find()
    return Roster().having(*[Organisation.stored(one) async for one in raw])


async def still_open(county: County) -> list[object]:
    """Printed for the village, its neighbour, the third and the county; each as the register has it, none negative."""
    await is_sound(county)
    return [(await figures(county, one.code))[OPEN] for one in (station, neighbour, third, committee)]


async def is_sound(county: County) -> None:
    """Documents are what their facts add up to; each stock is what the register lists."""
    assert await county.differences() == []
    roster = await known(county)
    async for one in county.db("feedback")[Balance.collection].find():
        for by_month in one["add"].values():
            months = sorted(by_month)
            assert min(sum(by_month[at] for at in months[: n + 1]) for n in range(len(months))) >= 0, one
    for one in (station, neighbour, third, Submitter("150424100205")):
        wanted = placed(Wanted(COUNTY, organisation=one.code), roster, JUNE)
        if roster.standing(one.code, JUNE):
            listed = (await items(county.db("inspection"), wanted, 100, None))["items"]
            shown = [item for item in listed if item["stage"] not in ("verified", "closed", "withdrawn")]
            assert len(shown) == (await figures(county, one.code))[OPEN]


async def test_what_a_successor_put_right_is_put_right_also_when_the_end_is_withdrawn(at_work: County) -> None:
    await passes_on(at_work)
    assert await still_open(at_work) == [0, 1, 0, 1]
    await accepted(at_work, ends_not())
    assert await still_open(at_work) == [1, 0, 0, 1]


async def test_what_nobody_has_put_right_comes_back_when_the_end_is_withdrawn(at_work: County) -> None:
    await passes_on(at_work, verified=False)
    assert await still_open(at_work) == [0, 2, 0, 2]
    await accepted(at_work, ends_not())
    assert await still_open(at_work) == [2, 0, 0, 2]


async def test_what_is_left_passes_to_another_successor_when_the_end_is_corrected(at_work: County) -> None:
    found = await passes_on(at_work)
    await accepted(at_work, ends(station, third, n=1))
    assert await still_open(at_work) == [0, 0, 1, 1]
    await accepted(at_work, third.rectifies(found, 1, at=AFTER).heading(subject=station.code))
    await accepted(at_work, township.verifies(found, 1, at=AFTER))
    assert await still_open(at_work) == [0, 0, 0, 0]


async def test_work_that_is_taken_back_after_the_end_was_withdrawn_is_taken_back_where_it_counts(
    at_work: County,
) -> None:
    found = station.logs(LAST, findings=1, within=1)
    await accepted(at_work, found, ends(station, neighbour))
    late = neighbour.rectifies(found, at=moment("2018-06-25")).heading(subject=station.code)
    await accepted(at_work, late, ends_not())
    await accepted(at_work, committee.takes_back(late))
    assert await still_open(at_work) == [1, 0, 0, 1]


async def test_what_counted_for_a_successor_that_never_was_one_is_listed_and_placed_anew(at_work: County) -> None:
    await passes_on(at_work)
    await accepted(at_work, ends_not())
    completed = "rectifications-completed"
    assert [(await figures(at_work, one.code))[completed] for one in (station, neighbour)] == [0, 1]
    (found,) = await left_behind(at_work.db("feedback"), COUNTY, await known(at_work))
    assert (found.organisation, found.facts, found.since) == (station.code, 1, AFTER.date())
    assert found.path == f"{COUNTY}/{township.code}/{neighbour.code}"
    assert await listed_to_the_county(at_work) == f"1件已办事项仍按原隶属关系（组织{neighbour.code}）统计"
    await accepted(at_work, neighbour.logs(AFTER), re_places(station))
    assert [(await figures(at_work, one.code))[completed] for one in (station, neighbour)] == [1, 0]
    assert (await figures(at_work, neighbour.code))["self-checks"] == 1
    assert await left_behind(at_work.db("feedback"), COUNTY, await known(at_work)) == []
    await is_sound(at_work)


async def test_what_it_did_after_an_end_that_is_entered_late_counts_for_who_follows_once_it_is_placed_anew(
    at_work: County,
) -> None:
    await accepted(at_work, station.logs(LAST), station.logs(AFTER, findings=1), ends(station, neighbour))
    (found,) = await left_behind(at_work.db("feedback"), COUNTY, await known(at_work))
    assert (found.organisation, found.facts, found.since) == (station.code, 2, AFTER.date())
    assert found.due == f"{COUNTY}/{township.code}/{neighbour.code}"
    await accepted(at_work, re_places(station))
    checks = [(await figures(at_work, one.code))["self-checks"] for one in (station, neighbour)]
    assert checks == [1, 1]
    assert await still_open(at_work) == [0, 1, 0, 1]
    assert await left_behind(at_work.db("feedback"), COUNTY, await known(at_work)) == []


async def listed_to_the_county(county: County) -> str:
    async with browsing(county, "feedback") as client, signed_in(client, committee.code, "feedback"):
        page = (await client.get("/feedback/moved")).text
    return page[page.index("1件已办事项") : page.index("统计</td>")] + "统计"


def re_places(one: Submitter) -> Said:
    return committee.says(RePlaceFacts(since=LAST.date()), AFTER, about=one.code)


async def test_what_lies_below_one_that_did_not_end_after_all_is_listed_too(at_work: County) -> None:
    other = Submitter("150424101")
    await accepted(at_work, committee.registers(other.code, OrganisationKind.TOWNSHIP, COUNTY))
    await accepted(at_work, ends(township, other), station.logs(AFTER), ends_not(township))
    assert (await figures(at_work, other.code))["self-checks"] == 1
    (found,) = await left_behind(at_work.db("feedback"), COUNTY, await known(at_work))
    assert (found.organisation, found.facts) == (station.code, 1)
    await accepted(at_work, re_places(station))
    assert [(await figures(at_work, one.code))["self-checks"] for one in (township, other)] == [1, 0]
    await is_sound(at_work)


async def test_a_window_entered_late_is_counted_from_its_first_day_and_gone_with_its_department(
    at_work: County,
) -> None:
    since = date(2018, 4, 2)
    await accepted(at_work, committee.registers(NEW.code, OrganisationKind.DEPARTMENT, COUNTY))
    moves_in = committee.says(StationDepartment(hall=Hall.HALL, valid_from=since), moment("2018-07-02"), NEW.code)
    await accepted(at_work, moves_in)
    assert [await stationed(at_work, month) for month in ("2018-03", *SUMMER)] == [0, 1, 1, 1, 1]
    gone = ends(NEW)
    await accepted(at_work, gone)
    assert [await stationed(at_work, month) for month in SUMMER] == [1, 1, 0, 0]
    assert await verdict(at_work, committee.takes_back(moves_in)) == ("refused", ["organisation-ends"])
    await accepted(at_work, ends_not(NEW), committee.takes_back(moves_in, n=1))
    assert [await stationed(at_work, month) for month in SUMMER] == [0, 0, 0, 0]
    await is_sound(at_work)


async def stationed(county: County, month: str) -> object:
    return (await figures(county, NEW.code, month))["stationed"]


assert BEFORE < LAST < AFTER
