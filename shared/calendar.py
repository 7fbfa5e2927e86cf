"""China's working days: the State Council's yearly notice moves days (调休), so Monday to Friday is not enough.

`chinese_calendar` knows the notices up to its last year; beyond, Monday to Friday stands in and the answer is
marked provisional (暂定).
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import chinese_calendar

CHINA = ZoneInfo("Asia/Shanghai")


class DueDay(NamedTuple):
    """A deadline, and whether it leans on a year whose notice is not known."""

    day: date
    provisional: bool


def china_day(time: datetime) -> date:
    """The calendar day in Asia/Shanghai on which something happened."""
    return time.astimezone(CHINA).date()


@lru_cache(maxsize=4096)
def is_working_day(day: date) -> bool:
    """Whether offices are open on a day."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


@lru_cache(maxsize=4096)
def is_provisional(day: date) -> bool:
    """Whether the State Council's notice for the day's year is not known here."""
    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:
        return True
    return False


@lru_cache(maxsize=4096)
def due_after(start: date, working_days: int) -> DueDay:
    """The last day on which something begun on `start` is in time; the day it begins is not counted.

    A limit of 0 working days ends on the same day.
    """
    day = start
    left = working_days
    while left:
        day += timedelta(days=1)
        left -= is_working_day(day)
    return DueDay(day, is_provisional(day))


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
