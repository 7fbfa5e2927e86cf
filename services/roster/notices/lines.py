"""The years of the calendar as a page shows them: what is off, what is worked, and from whom it is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.roster.notices.form import runs
from shared.calendar import is_unknown, is_working_day
from shared.dates import time_text
from shared.holidays import statutory
from shared.notices import Notice
from shared.pages.chinese import NOTHING
from shared.pages.words import ShownState

PAGE = "/roster/calendar"
SATURDAY = 5
BY_THE_SYSTEM, OF_THE_COUNTY = ShownState("系统已有", ""), ShownState("已登记", "good")
NOT_YET = ShownState("未登记，暂定", "warn")


@dataclass(frozen=True, slots=True)
class YearLine:
    """A year; `url` is where its notice is registered or corrected."""

    year: str
    state: ShownState
    published: str
    off: tuple[str, ...]
    worked: str
    working_days: int
    url: str


def year_lines(known: Sequence[Notice], today: date) -> list[YearLine]:
    """This year, the next, and every year that the county published; the newest first."""
    years = {today.year, today.year + 1, *(one.year for one in known)}
    by_year = {one.year: one for one in known}
    return [_line(year, by_year.get(year)) for year in sorted(years, reverse=True)]


def _line(year: int, notice: Notice | None) -> YearLine:
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
    days = [day for day in days if day.year == year]
    plain = {day for day in days if day.weekday() >= SATURDAY} - statutory(year)
    off = runs(day for day in days if not is_working_day(day))
    return YearLine(
        year=f"{year}年",
        state=OF_THE_COUNTY if notice else NOT_YET if is_unknown(year) else BY_THE_SYSTEM,
        published=time_text(notice.published) if notice and notice.published else NOTHING,
        off=tuple(_term(first, last) for first, last in off if not plain.issuperset(_all(first, last))),
        worked="、".join(_day(day) for day in days if day.weekday() >= SATURDAY and is_working_day(day)) or NOTHING,
        working_days=sum(map(is_working_day, days)),
        url=f"{PAGE}?year={year}",
    )


def _all(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _term(first: date, last: date) -> str:
    count = f"（{(last - first).days + 1}天）"
    return (_day(first) if first == last else f"{_day(first)}至{_day(last)}") + count


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


def year_to_fill_in(today: date) -> int:
    """The first year from this one on whose notice nobody has told, or the next."""
    return next((year for year in (today.year, today.year + 1) if is_unknown(year)), today.year + 1)
