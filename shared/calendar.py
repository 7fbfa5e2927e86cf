"""China's working days: the State Council's yearly notice moves days (调休), so Monday to Friday is not enough.

A notice that the county has published counts; for other years `chinese_calendar` knows the notices up to its last year.
Beyond, Monday to Friday without the decree's own holidays stands in and the answer is marked provisional (暂定).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import chinese_calendar

from shared.holidays import statutory
from shared.notices import Notice, named, newest

CHINA = ZoneInfo("Asia/Shanghai")

_NOTICES: dict[int, Notice] = {}
_NAMED: dict[date, bool] = {}


class DueDay(NamedTuple):
    """A deadline, and whether it leans on a year whose notice is not known."""

    day: date
    provisional: bool


def china_day(time: datetime) -> date:
    """The calendar day in Asia/Shanghai on which something happened."""
    return time.astimezone(CHINA).date()


def at_midnight(time: datetime) -> bool:
    """Whether it is when a day is over in China: the clock's own time."""
    there = time.astimezone(CHINA)
    return (there.hour, there.minute, there.second, there.microsecond) == (0, 0, 0, 0)


def month_ends(day: date) -> date:
    """The last day of a day's month."""
    following = day.replace(day=28) + timedelta(days=4)
    return following - timedelta(days=following.day)


def know(heard: Iterable[Notice]) -> None:
    """From now on this process goes by these notices; an earlier edition that is heard late changes nothing.

    The calendar is the country's, so a process has one: whoever follows the roster tells it what the county published.
    """
    if newer := newest(_NOTICES, heard):
        _NOTICES.update(newer)
        _look_again()


def forget() -> None:
    """As a process knows the calendar that was just started."""
    _NOTICES.clear()
    _look_again()


def _look_again() -> None:
    _NAMED.clear()
    _NAMED.update(named(_NOTICES.values()))
    for remembered in (is_working_day, is_unknown, due_after, working_day_before, working_days_between):
        remembered.cache_clear()


@lru_cache(maxsize=4096)
def is_working_day(day: date) -> bool:
    """Whether offices are open on a day."""
    if day in _NAMED:
        return _NAMED[day]
    if day.year in _NOTICES:
        return day.weekday() < 5
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5 and day not in statutory(day.year)


OFFICE_HOURS = ((time(8, 30), time(12)), (time(14, 30), time(17, 30)))
"""[A] In China, on working days."""


def is_office_hour(at: datetime) -> bool:
    """Whether offices are open at that moment."""
    here = at.astimezone(CHINA)
    return is_working_day(here.date()) and any(begins <= here.time() < ends for begins, ends in OFFICE_HOURS)


def is_provisional(day: date) -> bool:
    """Whether the State Council's notice for the day's year is not known here."""
    return is_unknown(day.year)


@lru_cache(maxsize=256)
def is_unknown(year: int) -> bool:
    """Whether nobody has told this process the year's notice."""
    if year in _NOTICES:
        return False
    try:
        chinese_calendar.is_workday(date(year, 1, 1))
    except NotImplementedError:
        return True
    return False


def known_until(today: date) -> date:
    """The last day of the years from this one on whose notices are known; the day before this year where it is not."""
    year = today.year
    while not is_unknown(year):
        year += 1
    return date(year - 1, 12, 31)


@lru_cache(maxsize=4096)
def due_after(start: date, working_days: int) -> DueDay:
    """The last day on which something begun on `start` is in time; the day it begins is not counted.

    A limit of 0 working days ends on the same day. It is provisional when any day that was counted is.
    """
    day = start
    left = working_days
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day)
    first = min(start + timedelta(days=1), day)
    return DueDay(day, any(is_unknown(year) for year in range(first.year, day.year + 1)))


@lru_cache(maxsize=4096)
def working_day_before(day: date) -> date:
    """The last working day before a day."""
    before = day - timedelta(days=1)
    while not is_working_day(before):
        before -= timedelta(days=1)
    return before


@lru_cache(maxsize=4096)
def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`: what a limit in working days is compared with."""
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))
