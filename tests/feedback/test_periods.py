"""Months, quarters and years against the calendar, a century long."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.feedback.reports import periods
from services.feedback.ticks import day_over
from shared.calendar import CHINA, is_working_day
from shared.events.documents import MarkDocumentsOverdue
from shared.events.feedback import ClosePeriod
from shared.events.vocabulary import ReportKind

YEARS = range(2000, 2100)
MONTHS = [f"{year}-{month:02}" for year in YEARS for month in range(1, 13)]
QUARTERS = [f"{year}-Q{n}" for year in YEARS for n in range(1, 5)]
ALL = [*MONTHS, *QUARTERS, *map(str, YEARS)]


def test_months_end_as_the_calendar_says() -> None:
    for month in MONTHS:
        year, number = int(month[:4]), int(month[5:])
        assert periods.first_day(month) == date(year, number, 1)
        assert periods.last_day(month) == date(year, number, monthrange(year, number)[1])


def test_a_longer_period_begins_and_ends_with_its_months() -> None:
    for period in (*QUARTERS, *map(str, YEARS)):
        months = periods.months_of(period)
        assert len(months) == (3 if "Q" in period else 12)
        assert periods.first_day(period) == periods.first_day(months[0])
        assert periods.last_day(period) == periods.last_day(months[-1])


def test_quarters_of_a_year_are_its_months() -> None:
    for year in map(str, YEARS):
        quarters = [month for n in range(1, 5) for month in periods.months_of(f"{year}-Q{n}")]
        assert tuple(quarters) == periods.months_of(year)


def test_the_period_before_is_of_the_same_kind_and_ends_the_day_before() -> None:
    for period in ALL:
        before = periods.before(period)
        assert periods.kind_of(before) is periods.kind_of(period)
        assert periods.last_day(before) + timedelta(days=1) == periods.first_day(period)


def test_a_period_is_over_at_midnight_after_its_last_day() -> None:
    for period in ALL:
        following = periods.last_day(period) + timedelta(days=1)
        assert periods.over_at(period) == datetime(following.year, following.month, following.day, tzinfo=CHINA)


def test_every_period_ends_on_one_day_and_only_there() -> None:
    day, ended = date(2000, 1, 1), []
    while day.year < 2100:
        here = list(periods.ending_on(day))
        assert all(periods.last_day(period) == day for period in here)
        assert [len(periods.months_of(period)) for period in here] == [1, 3, 12][: len(here)]
        ended += here
        day += timedelta(days=1)
    assert sorted(ended) == sorted(ALL)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_the_clock_closes_what_is_over(day: date) -> None:
    looked = [MarkDocumentsOverdue(day=day + timedelta(days=1))] if is_working_day(day) else []
    closed = [ClosePeriod(period=period) for period in periods.ending_on(day)]
    graced = [ClosePeriod(period=period) for period in periods.in_grace_on(day)]
    assert list(day_over(day)) == [*graced, *looked, *closed]


@pytest.mark.parametrize(
    ("period", "kind", "zh"),
    [
        ("2018-03", ReportKind.MONTHLY, "2018年3月"),
        ("2018-Q4", ReportKind.QUARTERLY, "2018年第四季度"),
        ("2018", ReportKind.ANNUAL, "2018年度"),
    ],
)
def test_a_period_has_a_kind_and_a_chinese_name(period: str, kind: ReportKind, zh: str) -> None:
    assert (periods.kind_of(period), periods.in_chinese(period)) == (kind, zh)
