"""A day of patrols when it is closed: what was missed, what is made up afterwards, in whatever order it goes."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from services.feedback.measures.adding import added
from services.inspection.patrols.model.patrols import PatrolDay
from services.inspection.ticks import day_over
from shared.events import Fact
from shared.events.inspection import (
    CloseDay,
    MarkOverdue,
    MarkUnanswered,
    MissedPatrolWithdrawn,
    PatrolDayClosed,
    PatrolMissed,
    SettleAnswerDays,
    SettleDeadlines,
    SettlePatrolDays,
)
from shared.events.vocabulary import Check, PatrolKind
from tests.asking import COUNTY, HALL, NEIGHBOUR, OFFICE, STATION, Desk
from tests.inspection.patrolling import MIDNIGHT, MONDAY, PATROL, WINDOW, desk, logged


def test_closing_tells_by_plan_of_every_station_and_window_that_was_missed() -> None:
    county = desk()
    county.agrees(PATROL, STATION)
    facts = county.agrees(CloseDay(day=MONDAY), at=MIDNIGHT)
    assert facts == (
        (COUNTY, closed("station", expected=2, done=1, on_time=1)),
        (NEIGHBOUR, missed("station", NEIGHBOUR, Check.SELF_CHECK)),
        (COUNTY, closed("window", expected=1, done=0, on_time=0)),
        (HALL, missed("window", OFFICE, Check.PATROL)),
    )
    assert county.only(PatrolDay).tally("stations-daily").missed == (NEIGHBOUR,)


def missed(kind: str, place: str, check: Check) -> PatrolMissed:
    return PatrolMissed(patrol=PatrolKind(kind), plan=f"{kind}s-daily", day=MONDAY, place=place, check=check)


def closed(kind: str, expected: int, done: int, on_time: int) -> PatrolDayClosed:
    return PatrolDayClosed(
        plan=f"{kind}s-daily",
        patrol=PatrolKind(kind),
        day=MONDAY,
        expected=expected,
        done=done,
        on_time=on_time,
    )


def test_a_day_on_which_nobody_patrolled_is_closed_as_well() -> None:
    facts = desk().agrees(CloseDay(day=MONDAY), at=MIDNIGHT)
    assert [type(fact) for _, fact in facts].count(PatrolMissed) == 3
    assert [(fact.expected, fact.done) for _, fact in facts if isinstance(fact, PatrolDayClosed)] == [(2, 0), (1, 0)]


def test_a_patrol_made_up_after_closing_takes_the_missed_one_back_once() -> None:
    county = desk()
    county.agrees(CloseDay(day=MONDAY), at=MIDNIGHT)
    answers = [county.agrees(PATROL, STATION, n=n) for n in range(2)]
    assert [(logged(one).first_of_day, logged(one).on_time, logged(one).made_up) for one in answers] == [
        (True, True, True),
        (False, False, False),
    ]
    back = MissedPatrolWithdrawn(**missed("station", STATION, Check.SELF_CHECK).model_dump())
    assert [fact for one in answers for _, fact in one if isinstance(fact, MissedPatrolWithdrawn)] == [back]
    assert county.only(PatrolDay).tally("stations-daily").done == 1


STEPS = st.sampled_from(["early", "late", "window", "close"])


@given(st.lists(STEPS, min_size=1, max_size=8))
def test_rates_and_missed_come_out_right_in_whatever_order_a_day_goes(order: list[str]) -> None:
    sums = _sums(order)
    done = {"early": "station", "late": "station"}
    patrolled = {done.get(step, step) for step in order} - {"close"}
    assert (sums["self-check-rate.n"], sums["patrol-rate.n"]) == ("station" in patrolled, "window" in patrolled)
    assert (sums["self-checks-on-time.n"], sums["patrols-on-time.n"]) == ("early" in order, "window" in order)
    assert sums["self-check-rate.d"] == sums["self-checks-on-time.d"] == 2
    assert sums["patrol-rate.d"] == sums["patrols-on-time.d"] == 1
    assert sums["self-checks-missed"] + sums["patrols-missed"] == 3 - len(patrolled)
    assert sums["inspections"] == sum(step != "close" for step in order)


@given(st.lists(STEPS, min_size=2, max_size=7), st.randoms())
def test_the_order_of_arrival_does_not_change_what_a_day_comes_to(order: list[str], luck: Random) -> None:
    other = list(order)
    luck.shuffle(other)
    assert _sums(order) == _sums(other)


def _sums(order: list[str]) -> Counter[str]:
    """What feedback adds up of a day that goes in this order and is closed at last; its record says the same."""
    county, sums = desk(), Counter[str]()
    for n, step in enumerate((*order, "close")):
        for _, fact in _goes(county, step, n):
            sums.update(added(fact))
    tallies = county.only(PatrolDay).plans.values()
    done, due = (sums[f"self-check-rate.{part}"] + sums[f"patrol-rate.{part}"] for part in "nd")
    on_time = sums["self-checks-on-time.n"] + sums["patrols-on-time.n"]
    assert done == sum(tally.done for tally in tallies)
    assert on_time == sum(tally.done_on_time for tally in tallies) <= done
    assert done <= due == sum(len(tally.due or ()) for tally in tallies)
    return sums


def _goes(county: Desk, step: str, n: int) -> tuple[tuple[str, Fact], ...]:
    match step:
        case "early":
            return county.agrees(PATROL, STATION, n=n)
        case "late":
            return county.agrees(PATROL, STATION, "2018-03-05T20:00", n=n)
        case "window":
            return county.agrees(WINDOW, OFFICE, n=n, by=HALL)
        case _ if not any(day.closed for day in county.kept(PatrolDay)):
            return county.agrees(CloseDay(day=MONDAY), at=MIDNIGHT)
    return ()


def test_the_clock_settles_days_closes_working_days_and_then_looks_for_what_is_overdue_or_unanswered() -> None:
    tuesday = date(2018, 3, 6)
    assert list(day_over(MONDAY)) == [
        SettleDeadlines(day=tuesday),
        SettleAnswerDays(day=tuesday),
        CloseDay(day=MONDAY),
        MarkOverdue(day=tuesday),
        MarkUnanswered(day=tuesday),
        SettlePatrolDays(day=tuesday),
    ]
    assert list(day_over(date(2018, 3, 4))) == [
        SettleDeadlines(day=MONDAY),
        SettleAnswerDays(day=MONDAY),
        SettlePatrolDays(day=MONDAY),
    ]
    year = [date(2018, 1, 1) + timedelta(days=n) for n in range(365)]
    assert sum(isinstance(data, CloseDay) for day in year for data in day_over(day)) == 250
