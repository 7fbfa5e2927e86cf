"""Days that were closed before an end was entered, or a window that never was one: what was missed is told anew."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from services.feedback.placing.reads import left_behind
from services.inspection.patrols.model.patrols import PatrolDay
from services.inspection.patrols.reads import days
from shared.events.inspection import SettlePatrolDays
from shared.events.roster import DissolveOrganisation, StationDepartment, WithdrawDissolution
from shared.events.vocabulary import Hall, OrganisationKind
from shared.roster.organisations import Organisation, Roster
from tests.county import County
from tests.inspection.patrolling import BY_TOWNSHIPS
from tests.submitters import (
    COUNTY,
    Said,
    Submitter,
    closes_day,
    committee,
    hall,
    moment,
    office,
    station,
    stations,
    ticks,
    township,
)

LAST = date(2018, 6, 14)
"""A Thursday; entered on the Thursday after."""
ENTERED = moment("2018-06-21")
WORKED = tuple(date(2018, 6, day) for day in (13, 14, 15, 19, 20))
NEW, OTHER = Submitter("150424-D09"), Submitter("150424101")


def closed(*days: date) -> tuple[Said, ...]:
    return tuple(closes_day(f"{day}", f"{day + timedelta(days=1)}") for day in days)


def ends(one: Submitter, *followed_by: Submitter, last: date = LAST, n: int = 0) -> Said:
    asked = DissolveOrganisation(last_day=last, followed_by=[other.code for other in followed_by])
    return committee.says(asked, ENTERED, about=one.code, n=n)


def ends_not(one: Submitter) -> Said:
    return committee.says(WithdrawDissolution(reason="登记有误"), ENTERED, about=one.code)


async def accepted(county: County, *said: Said) -> None:
    for one in said:
        await county.hears(one)
        await county.settles()
        found = await county.verdict(one)
        assert found is not None
        assert found["verdict"] == "accepted", found


async def settled(county: County, day: str = "2018-06-22") -> int:
    """How many facts follow from the tick that looks at days again; the one after it finds nothing more."""
    before = len(await county.facts())
    await accepted(county, ticks(SettlePatrolDays(day=date.fromisoformat(day)), day))
    after = len(await county.facts())
    next_day = date.fromisoformat(day) + timedelta(days=1)
    await accepted(county, ticks(SettlePatrolDays(day=next_day), f"{next_day}"))
    assert len(await county.facts()) == after
    assert await county.differences() == []
    return after - before


async def missed(county: County, one: Submitter, under: str = "") -> int:
    """By whom, at the place in the tree that it has."""
    path = f"{COUNTY}/{under}/{one.code}" if under else f"{COUNTY}/{one.code}"
    kept = [month["add"] for month in (await county.monthly()).values() if month["path"] == path]
    return sum(add.get(name, 0) for add in kept for name in ("patrols-missed", "self-checks-missed"))


async def all_missed(county: County) -> Counter[str]:
    """In all places of the tree; each sum of the day beside what is told of its places."""
    every = [(subject.split("."), body) for subject, _, body in (await county.facts()).values()]
    counts = Counter(tokens[1] for tokens, _ in every)
    standing = counts["patrol-missed"] - counts["missed-patrol-withdrawn"]
    kept = [one["add"] for one in (await county.monthly()).values()]
    found = Counter[str]()
    for add in kept:
        for name in ("patrols-missed", "self-checks-missed"):
            found[name] += add.get(name, 0)
            assert add.get(name, 0) >= 0
    assert sum(found.values()) == standing
    listed = await days(county.db("inspection"), COUNTY, True, 100, None)
    assert all(item["expected"] - item["done"] == len(item["missed"]) for item in listed["items"])
    return found


async def test_what_a_village_missed_after_its_last_day_is_taken_back_when_its_end_is_entered(
    empty_county: County,
) -> None:
    county, neighbour = empty_county, stations[1]
    async with county.at_work():
        await accepted(county, *closed(*WORKED))
        assert await missed(county, station, township.code) == 5
        others = await missed(county, neighbour, township.code)
        await accepted(county, ends(station, neighbour))
        assert await settled(county) > 0
        assert await missed(county, station, township.code) == 2
        assert await missed(county, neighbour, township.code) == others
        assert (await all_missed(county))["self-checks-missed"] == 2 + 3 * 5
        raw = county.db("roster")[Organisation.collection].find()
        known = Roster().having(*[Organisation.stored(one) async for one in raw])
        assert await left_behind(county.db("feedback"), COUNTY, known) == [], "what came to nothing has no place"


async def test_and_missed_after_all_when_the_end_is_withdrawn_or_lies_later(empty_county: County) -> None:
    county, neighbour = empty_county, stations[1]
    async with county.at_work():
        await accepted(county, *closed(*WORKED), ends(station, neighbour))
        await settled(county)
        await accepted(county, ends(station, neighbour, last=date(2018, 6, 19), n=1))
        await settled(county, "2018-06-25")
        assert await missed(county, station, township.code) == 4
        await accepted(county, ends_not(station))
        await settled(county, "2018-06-28")
        assert await missed(county, station, township.code) == 5
        assert (await all_missed(county))["self-checks-missed"] == 4 * 5


async def test_nobody_missed_what_it_was_not_asked_for_while_it_was_held_to_have_ended(empty_county: County) -> None:
    county, neighbour = empty_county, stations[1]
    early = committee.says(
        DissolveOrganisation(last_day=LAST, followed_by=[neighbour.code]), moment("2018-06-13"), about=station.code
    )
    async with county.at_work():
        await accepted(county, early, *closed(*WORKED), ends_not(station))
        assert await settled(county) == 0
        assert await missed(county, station, township.code) == 2


async def test_what_it_did_on_such_a_day_keeps_counting_and_no_day_has_it_due(empty_county: County) -> None:
    county, neighbour = empty_county, stations[1]
    async with county.at_work():
        await accepted(county, station.logs(moment("2018-06-15")), *closed(*WORKED), ends(station, neighbour))
        await settled(county)
        assert await missed(county, station, township.code) == 2
        (june,) = [one["add"] for one in (await county.monthly()).values() if one["path"].endswith(station.code)]
        assert june["self-check-rate"] == {"n": 1, "d": 3}
        kept = [PatrolDay.stored(one) async for one in county.db("inspection")["patrol_days"].find()]
        due = {one.day: one.plans["stations-daily"].due for one in kept}
        assert [station.code in (due[day] or ()) for day in WORKED] == [True, True, False, False, False]


async def test_what_the_hall_missed_at_a_window_that_never_was_one_is_taken_back(empty_county: County) -> None:
    county, since = empty_county, date(2018, 6, 14)
    moves_in = committee.says(StationDepartment(hall=Hall.HALL, valid_from=since), moment("2018-06-14"), NEW.code)
    async with county.at_work():
        await accepted(county, committee.registers(NEW.code, OrganisationKind.DEPARTMENT, COUNTY), moves_in)
        await accepted(county, *closed(*WORKED))
        assert await missed(county, hall) == 5 + 4
        await accepted(county, committee.takes_back(moves_in))
        await settled(county)
        assert await missed(county, hall) == 5
        assert (await all_missed(county))["patrols-missed"] == 5


async def test_what_a_township_missed_after_its_last_day_is_told_of_who_patrols_there_since(
    empty_county: County,
) -> None:
    county = empty_county
    plan = committee.says(BY_TOWNSHIPS, moment("2018-01-01"))
    own = committee.registers("150424101201", OrganisationKind.VILLAGE, OTHER.code)
    async with county.at_work():
        await accepted(county, committee.registers(OTHER.code, OrganisationKind.TOWNSHIP, COUNTY), own, plan)
        await accepted(county, *closed(date(2018, 6, 13), date(2018, 6, 20)))
        assert [await missed(county, one) for one in (township, OTHER)] == [8, 2]
        await accepted(county, ends(township, OTHER))
        await settled(county)
        assert [await missed(county, one) for one in (township, OTHER)] == [4, 6]
        assert (await all_missed(county))["patrols-missed"] == 8 + 2 + 2, "with two windows"
        await accepted(county, ends_not(township))
        await settled(county, "2018-06-25")
        assert [await missed(county, one) for one in (township, OTHER)] == [8, 2]


async def test_a_department_that_ended_late_is_missed_at_no_longer(empty_county: County) -> None:
    county = empty_county
    async with county.at_work():
        await accepted(county, *closed(*WORKED), ends(office, hall))
        await settled(county)
        assert await missed(county, hall) == 2


async def test_what_lies_back_more_than_a_month_is_looked_at_on_mondays(empty_county: County) -> None:
    county = empty_county
    async with county.at_work():
        await accepted(county, *closed(*WORKED), ends(station, stations[1]))
        assert await settled(county, "2018-08-14") == 0
        assert await settled(county, "2018-08-20") > 0
        assert await missed(county, station, township.code) == 2


async def test_where_nothing_was_otherwise_nothing_is_looked_at(empty_county: County) -> None:
    """The control: an end that is known in time leaves nothing to be told anew, in whatever order days are closed."""
    county, neighbour = empty_county, stations[1]
    async with county.at_work():
        await accepted(county, *closed(*WORKED[:2]), ends(station, neighbour), *closed(*WORKED[2:]))
        assert await settled(county) == 0
        assert await missed(county, station, township.code) == 2
