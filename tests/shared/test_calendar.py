"""Working days by the State Council's notices, and Monday to Friday where no notice is known."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.calendar import (
    china_day,
    due_after,
    forget,
    is_provisional,
    is_working_day,
    know,
    known_until,
    working_days_between,
)
from shared.holidays import statutory
from shared.notices import Notice
from tests.asking import moments

DAYS = st.dates(date(2010, 1, 1), date(2040, 1, 1))
LIMITS = st.integers(0, 60)


def test_2018_has_two_hundred_and_fifty_working_days() -> None:
    assert sum(is_working_day(date(2018, 1, 1) + timedelta(days=n)) for n in range(365)) == 250


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        *((date(2018, 10, n), False) for n in range(1, 8)),
        *((date(2018, 2, n), False) for n in range(15, 22)),
        (date(2018, 2, 11), True),
        (date(2018, 2, 24), True),
        (date(2018, 4, 8), True),
        (date(2018, 4, 28), True),
        (date(2018, 9, 29), True),
        (date(2018, 9, 30), True),
        (date(2018, 12, 29), True),
        (date(2018, 12, 31), False),
        (date(2018, 3, 4), False),
        (date(2018, 3, 5), True),
    ],
)
def test_days_are_moved_as_the_notice_of_2018_says(day: date, worked: bool) -> None:
    assert is_working_day(day) is worked


@given(st.dates(date(2045, 1, 1), date(2099, 1, 1)))
def test_beyond_the_known_notices_monday_to_friday_stands_in_but_for_the_decrees_holidays_and_says_so(
    day: date,
) -> None:
    assert is_working_day(day) == (day.weekday() < 5 and day not in statutory(day.year))
    assert is_provisional(day)
    assert due_after(day, 3).provisional


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        (date(2018, 2, 14), 1, date(2018, 2, 22)),
        (date(2018, 2, 22), 2, date(2018, 2, 24)),
        (date(2018, 9, 28), 2, date(2018, 9, 30)),
        (date(2018, 9, 28), 3, date(2018, 10, 8)),
        (date(2018, 3, 3), 1, date(2018, 3, 5)),
        (date(2018, 3, 3), 0, date(2018, 3, 3)),
    ],
)
def test_a_deadline_lies_so_many_working_days_after_the_day_it_began(start: date, days: int, due: date) -> None:
    assert due_after(start, days) == (due, False)


@given(DAYS, LIMITS)
def test_counting_to_a_deadline_gives_the_limit_back(start: date, days: int) -> None:
    due = due_after(start, days).day
    assert working_days_between(start, due) == days
    assert days == 0 or is_working_day(due)


@given(DAYS, LIMITS, LIMITS)
def test_a_longer_limit_never_ends_sooner(start: date, one: int, other: int) -> None:
    assert due_after(start, min(one, other)).day <= due_after(start, max(one, other)).day


@given(DAYS, LIMITS, LIMITS)
def test_working_days_of_two_spans_are_those_of_both_together(start: date, one: int, other: int) -> None:
    middle, end = start + timedelta(days=one), start + timedelta(days=one + other)
    whole = working_days_between(start, end)
    assert whole == working_days_between(start, middle) + working_days_between(middle, end)


@given(moments(2000, 2098))
def test_the_day_in_china_begins_eight_hours_before_that_of_utc(at: datetime) -> None:
    utc = at.astimezone(UTC)
    assert china_day(utc) == (utc + timedelta(hours=8)).date()


def test_the_calendar_is_known_to_the_end_of_the_last_of_the_years_that_follow_one_another() -> None:
    last = known_until(date(2018, 6, 1)).year
    assert (known_until(date(2018, 6, 1)), is_provisional(date(last, 12, 31))) == (date(last, 12, 31), False)
    assert known_until(date(last + 3, 1, 1)) == date(last + 2, 12, 31), "nothing is known of that year"
    try:
        know([Notice(year=last + 2, off=())])
        assert known_until(date(2018, 6, 1)).year == last
        know([Notice(year=last + 1, off=())])
        assert known_until(date(2018, 6, 1)).year == last + 2
    finally:
        forget()
