"""The daily patrol: what is logged, what was missed when the day was closed, what is made up afterwards."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.feedback.measures.adding import added
from services.inspection.handlers import HANDLERS
from services.inspection.patrols.model.patrols import Inspection, PatrolDay
from services.inspection.rectifications.model import Rectification
from services.inspection.ticks import day_over
from shared.events import Fact
from shared.events.inspection import (
    CloseDay,
    Finding,
    GeoPlace,
    InspectionLogged,
    LogInspection,
    MarkOverdue,
    MarkUnanswered,
    MissedPatrolWithdrawn,
    PatrolDayClosed,
    PatrolMissed,
    RectificationOpened,
    SettleAnswerDays,
    SettleDeadlines,
    SettlePatrolDays,
    SubmitRectification,
)
from shared.events.vocabulary import Check, PatrolKind, Severity
from tests.asking import COUNTY, HALL, NEIGHBOUR, OFFICE, STATION, TOWNSHIP, Desk, moment, roster, slugs_in

MONDAY = date(2018, 3, 5)
MIDNIGHT = "2018-03-06T00:00"
NINE = moment("2018-03-05")
PATROL = LogInspection(patrol=PatrolKind.STATION, score=9500)
WINDOW = LogInspection(patrol=PatrolKind.WINDOW, score=9000)
DONE = SubmitRectification(rectification=f"{'0' * 8}-0000-5000-8000-{'0' * 12}/0")


def desk() -> Desk:
    return Desk(HANDLERS, roster())


def found(within: int) -> LogInspection:
    finding = Finding(item="灭火器过期", severity=Severity.MAJOR, rectify_within=within)
    return PATROL.model_copy(update={"findings": [finding]})


def logged(facts: tuple[tuple[str, Fact], ...]) -> InspectionLogged:
    ((_, fact), *_) = facts
    assert isinstance(fact, InspectionLogged)
    return fact


def test_the_first_patrol_of_a_day_is_told_from_the_others() -> None:
    county = desk()
    facts = [logged(county.agrees(PATROL, STATION, n=n)) for n in range(2)]
    assert [(fact.first_of_day, fact.made_up, fact.day) for fact in facts] == [
        (True, False, MONDAY),
        (False, False, MONDAY),
    ]
    assert county.only(PatrolDay).tally("stations-daily").patrolled == {STATION: 2}


def test_a_patrol_counts_for_the_day_it_happened_in_china() -> None:
    assert logged(desk().agrees(PATROL, STATION, "2018-03-05T23:59:59+08:00")).day == MONDAY
    assert logged(desk().agrees(PATROL, STATION, "2018-03-05T17:00:00+00:00")).day == MONDAY + timedelta(days=1)


def test_a_day_off_has_patrols_but_nothing_is_due() -> None:
    county = desk()
    fact = logged(county.agrees(PATROL, STATION, "2018-03-04"))
    assert (fact.plan, fact.due, fact.first_of_day, fact.on_time) == ("stations-daily", None, False, False)
    assert county.kept(PatrolDay) == []
    assert county.only(Inspection).day == date(2018, 3, 4)


ON_TIME = [("08:00", True), ("17:30", True), ("17:30:59", True), ("17:31", False), ("23:59", False)]


@pytest.mark.parametrize(("clock", "on_time"), ON_TIME)
def test_a_patrol_is_on_time_up_to_the_plans_time_that_minute_included(clock: str, on_time: bool) -> None:
    assert logged(desk().agrees(PATROL, STATION, f"2018-03-05T{clock}")).on_time is on_time


def test_a_place_becomes_on_time_once_whichever_of_its_patrols_arrives_first() -> None:
    county = desk()
    facts = [logged(county.agrees(PATROL, STATION, f"2018-03-05T{at}")) for at in ("18:00", "10:00", "09:00")]
    assert [(fact.first_of_day, fact.on_time) for fact in facts] == [(True, False), (False, True), (False, False)]


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


def test_an_inspection_is_kept_as_it_was_captured() -> None:
    county = desk()
    county.agrees(WINDOW.model_copy(update={"findings": found(within=3).findings}), OFFICE, "2018-03-05T08:30", HALL)
    asked = LogInspection(
        patrol=PatrolKind.WINDOW,
        score=9000,
        place=GeoPlace(latitude=43.6, longitude=118.0),
        photos=["0" * 64],
        reinspects=county.only(Rectification).rectification,
    )
    county.agrees(asked, OFFICE, by=HALL)
    (kept,) = (one for one in county.kept(Inspection) if one.captured == NINE)
    assert (kept.organisation, kept.submitter, kept.plan) == (OFFICE, HALL, "windows-daily")
    assert (kept.place, kept.photos, kept.reinspects) == (asked.place, ("0" * 64,), asked.reinspects)


def test_a_finding_opens_a_rectification_due_so_many_working_days_after_it() -> None:
    county = desk()
    facts = county.agrees(found(within=3), STATION, "2018-02-09")
    (_, (about, opened)) = facts
    assert about == STATION
    assert isinstance(opened, RectificationOpened)
    # Sunday the 11th and Saturday the 24th are worked, the 15th to the 21st are off
    assert (opened.deadline, opened.provisional) == (date(2018, 2, 13), False)
    assert county.only(Rectification).organisation == STATION


def test_a_deadline_in_a_year_without_a_notice_is_provisional() -> None:
    (_, (_, opened)) = desk().agrees(found(within=3), STATION, "2048-03-02")
    assert isinstance(opened, RectificationOpened)
    assert opened.provisional


REFUSALS = [
    ("not-patrolled", lambda county: county.refuses(PATROL, TOWNSHIP)),
    ("not-patrolled", lambda county: county.refuses(WINDOW, STATION)),
    ("not-patrolled", lambda county: county.refuses(WINDOW, HALL)),
    ("not-a-working-day", lambda county: county.refuses(CloseDay(day=date(2018, 3, 4)), at=MIDNIGHT)),
    ("not-a-working-day", lambda county: county.refuses(CloseDay(day=date(2018, 2, 16)), at=MIDNIGHT)),
    ("day-not-over", lambda county: county.refuses(CloseDay(day=MONDAY), at="2018-03-05T23:59:59")),
    (
        "day-already-closed",
        lambda county: (
            county.agrees(CloseDay(day=MONDAY), at=MIDNIGHT) and county.refuses(CloseDay(day=MONDAY), at=MIDNIGHT, n=1)
        ),
    ),
    ("unknown-rectification", lambda county: county.refuses(DONE, STATION)),
]


@pytest.mark.parametrize(("slug", "asked"), REFUSALS)
def test_what_may_not_be_is_refused_with_its_reason(slug: str, asked: object) -> None:
    assert callable(asked)
    assert asked(desk()) == slug


def test_every_reason_the_rules_name_is_given_in_some_test() -> None:
    given = {slug for file in Path(__file__).parent.glob("test_*.py") for slug in slugs_in(str(file))}
    assert slugs_in("services/inspection") <= given


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
