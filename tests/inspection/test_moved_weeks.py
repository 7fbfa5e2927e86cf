"""A week whose day moves, by another version of its plan or by a notice, is due, listed and told missed once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.inspection.patrols.model.patrols import PatrolRound
from services.inspection.patrols.model.plans import PatrolPlans
from services.inspection.patrols.reads import due_between
from shared.calendar import forget, is_working_day, know
from shared.events import Fact
from shared.events.inspection import (
    AdoptPatrolPlan,
    MissedPatrolWithdrawn,
    PatrolDayClosed,
    PatrolDayWithdrawn,
    PatrolMissed,
)
from shared.events.vocabulary import PatrolKind, Rhythm
from shared.notices import Notice
from tests.asking import COUNTY, NEIGHBOUR, STATION, TOWNSHIP, Desk, roster
from tests.county import County
from tests.inspection.patrolling import BY_TOWNSHIPS, STATION_SEEN, Said, closes, desk
from tests.inspection.test_days_off import settles

MONDAY = date(2018, 3, 5)
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = (MONDAY + timedelta(days=n) for n in range(1, 7))
PLAN = "stations-weekly"
SEEN = STATION_SEEN.model_copy(update={"plan": PLAN})


def on(weekday: int, since: date = date(2018, 1, 1)) -> AdoptPatrolPlan:
    return BY_TOWNSHIPS.model_copy(update={"weekday": weekday, "effective_from": since})


def of_the_week(said: Said) -> list[Fact]:
    return [fact for _, fact in said if getattr(fact, "plan", "") == PLAN]


def balance(said: Sequence[Fact]) -> Counter[str | None]:
    """How often each place is told to be missed, less what was taken back."""
    missed = Counter(fact.place for fact in said if isinstance(fact, PatrolMissed))
    missed.subtract(fact.place for fact in said if isinstance(fact, MissedPatrolWithdrawn))
    return missed


def week_passes(county: Desk, adopted: dict[date, AdoptPatrolPlan]) -> list[Fact]:
    """Each day is closed when it is over; plans are adopted in the morning of their day."""
    said: list[Fact] = []
    for n in range(7):
        day = MONDAY + timedelta(days=n)
        if day in adopted:
            county.agrees(adopted[day], at=f"{day}", n=n)
        if is_working_day(day):
            said += of_the_week(closes(county, day))
        said += of_the_week(settles(county, day + timedelta(days=1)))
    return said


async def listed(db_of: County, county: Desk, first: date, last: date) -> list[tuple[date, str, bool]]:
    db = db_of.db("inspection")
    for one in (*county.kept(PatrolPlans), *county.kept(PatrolRound)):
        await db[one.collection].replace_one({"_id": one.id}, one.to_store(), upsert=True)
    lines = await due_between(db, COUNTY, roster(), first, last)
    return [(line.day, line.organisation, line.closed) for line in lines if line.plan.plan == PLAN]


@given(
    st.integers(1, 7),
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(1, 7)), max_size=3),
)
def test_however_its_weekday_moves_each_place_misses_a_week_once(first: int, moves: list[tuple[int, int, int]]) -> None:
    adopted = {
        MONDAY + timedelta(days=when): on(weekday, MONDAY + timedelta(days=since)) for when, since, weekday in moves
    }
    said = week_passes(desk(on(first)), adopted)
    assert balance(said) == {STATION: 1, NEIGHBOUR: 1}
    assert Counter(map(type, said))[PatrolDayClosed] == 1 + Counter(map(type, said))[PatrolDayWithdrawn]


async def test_a_week_that_was_closed_is_listed_on_that_day_and_on_no_other(county: County) -> None:
    here = desk(on(3))
    week_passes(here, {THURSDAY: on(5, THURSDAY)})
    whole = await listed(county, here, MONDAY, SUNDAY)
    assert whole == [(WEDNESDAY, STATION, True), (WEDNESDAY, NEIGHBOUR, True)]
    assert await listed(county, here, FRIDAY, FRIDAY) == []


async def test_a_week_that_a_plan_adopted_late_moves_stays_where_it_was_closed(county: County) -> None:
    here = desk(on(3))
    closes(here, WEDNESDAY)
    here.agrees(on(5, MONDAY), at=f"{THURSDAY}")
    assert of_the_week(closes(here, FRIDAY)) == []
    assert {day for day, _, _ in await listed(county, here, MONDAY, SUNDAY)} == {WEDNESDAY}
    assert await listed(county, here, FRIDAY, FRIDAY) == []


async def test_a_week_whose_versions_name_a_day_of_each_other_is_due_on_its_last_working_day(county: County) -> None:
    here = desk(on(5))
    here.agrees(on(3, THURSDAY), at=f"{THURSDAY}")
    assert {day for day, _, _ in await listed(county, here, MONDAY, SUNDAY)} == {FRIDAY}
    fact = here.agrees(SEEN, STATION, f"{THURSDAY}", by=TOWNSHIP)[0][1]
    assert (fact.due, fact.on_time) == (FRIDAY, True)  # type: ignore[attr-defined]
    assert balance(of_the_week(closes(here, FRIDAY))) == {NEIGHBOUR: 1}


async def test_a_plan_that_begins_behind_its_weekday_is_first_due_in_the_week_after(county: County) -> None:
    """The control: no version before it asked for anything in that week."""
    here = desk(on(3, THURSDAY))
    assert {day for day, _, _ in await listed(county, here, MONDAY, SUNDAY)} == set()
    late = desk()
    closes(late, MONDAY)
    closes(late, TUESDAY)
    late.agrees(on(1, MONDAY), at=f"{WEDNESDAY}")
    assert of_the_week(settles(late, THURSDAY)) == []


OFF_FRIDAY = Notice(year=2027, off=(date(2027, 3, 5),))
A_THURSDAY, A_FRIDAY = date(2027, 3, 4), date(2027, 3, 5)


@pytest.mark.parametrize("seen", [False, True])
@pytest.mark.parametrize("kind", [Rhythm.WEEKLY, Rhythm.CAMPAIGN])
def test_what_a_notice_moves_back_onto_a_closed_day_is_missed_on_that_day(kind: Rhythm, seen: bool) -> None:
    campaign = {"patrol": PatrolKind.CAMPAIGN, "rhythm": kind, "weekday": None, "effective_to": A_FRIDAY}
    moved = on(5).model_copy(update=campaign if kind is Rhythm.CAMPAIGN else {})
    look = SEEN.model_copy(update={"patrol": moved.patrol})
    county = desk(moved)
    if seen:
        county.agrees(look, STATION, "2027-03-03", by=TOWNSHIP)
    assert of_the_week(closes(county, A_THURSDAY)) == []
    know([OFF_FRIDAY])
    said = of_the_week(settles(county, A_FRIDAY))
    assert {fact.day for fact in said if isinstance(fact, PatrolMissed | PatrolDayClosed)} == {A_THURSDAY}
    assert balance(said)[NEIGHBOUR] == 1
    assert balance(said)[STATION] == (not seen)
    back = of_the_week(county.agrees(look, NEIGHBOUR, f"{A_FRIDAY}", by=TOWNSHIP))
    assert balance([*said, *back])[NEIGHBOUR] == 0
    forget()
    know([Notice(year=2027, edition=2, off=())])
    again = of_the_week(closes(county, A_FRIDAY)) + of_the_week(settles(county, date(2027, 3, 8)))
    assert balance([*said, *back, *again]) == balance([*said, *back])


def test_what_is_due_behind_a_closed_day_is_left_alone() -> None:
    """The control: a week whose day is yet to come."""
    county = desk(on(5))
    closes(county, A_THURSDAY)
    assert of_the_week(settles(county, A_FRIDAY)) == []
