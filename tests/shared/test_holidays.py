"""The decree's own holidays: computed anew from the lunar calendar, and off without any notice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import chinese_calendar
import cnlunar
import pytest

from services.inspection.ticks import day_over
from shared.calendar import due_after, is_working_day, working_days_between
from shared.holidays import FIRST_YEAR, statutory

YEARS = range(FIRST_YEAR, 2100)
LUNAR = {(1, 1), (5, 5), (8, 15)}


def computed(year: int) -> Iterator[date]:
    """What a library of the lunar calendar and the solar terms makes of the decree."""
    for n in range(366):
        day = date(year, 1, 1) + timedelta(days=n)
        if day.year == year and _may_be_one(day) and (name := _named(day)):
            yield from ([day + timedelta(days=m) for m in range(-1, 3)] if name == "spring" else [day])
    yield from (date(year, month, day) for month, day in ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)))


def _may_be_one(day: date) -> bool:
    """The months in which a lunar festival or Qingming can lie: the library takes its time."""
    return (
        (1, 20) <= (day.month, day.day) <= (2, 21) or day.month in (5, 6, 9, 10) or (day.month, day.day // 3) == (4, 1)
    )


def _named(day: date) -> str:
    lunar = cnlunar.Lunar(datetime.combine(day, time(12)))
    if lunar.todaySolarTerms == "清明":
        return "qingming"
    at = (lunar.lunarMonth, lunar.lunarDay)
    return ("spring" if at == (1, 1) else "festival") if at in LUNAR and not lunar.isLunarLeapMonth else ""


@pytest.mark.parametrize("year", YEARS)
def test_the_table_is_what_the_lunar_calendar_says(year: int) -> None:
    assert statutory(year) == frozenset(computed(year))


@pytest.mark.parametrize("year", [2025, 2026])
def test_every_notice_under_the_decree_makes_its_holidays_days_off(year: int) -> None:
    assert not [day for day in statutory(year) if chinese_calendar.is_workday(day)]


def test_under_the_decree_before_there_is_none_of_ours() -> None:
    assert statutory(2024) == statutory(2100) == frozenset()


@pytest.mark.parametrize(
    "day",
    [
        date(2027, 1, 1),
        *(date(2027, 2, n) for n in range(5, 9)),
        date(2027, 4, 5),
        date(2027, 6, 9),
        date(2027, 9, 15),
        date(2027, 10, 1),
        date(2048, 5, 1),
    ],
)
def test_a_holiday_is_a_day_off_in_a_year_without_a_notice_and_the_clock_closes_nothing(day: date) -> None:
    assert not is_working_day(day)
    assert "close-day" not in {tick.type for tick in day_over(day)}


def test_the_day_after_new_years_weekend_is_worked_and_closed() -> None:
    assert "close-day" in {tick.type for tick in day_over(date(2027, 1, 4))}


def test_twenty_six_working_days_from_late_november_do_not_end_on_new_years_day() -> None:
    assert due_after(date(2026, 11, 26), 26) == (date(2027, 1, 4), True)
    assert working_days_between(date(2026, 11, 26), date(2027, 1, 4)) == 26


def test_a_deadline_in_a_known_year_is_provisional_when_days_between_are_not_known() -> None:
    beyond = date(2003, 12, 30)
    assert due_after(beyond, 5) == (date(2004, 1, 7), True)
    assert due_after(date(2003, 12, 31), 5).provisional is False
