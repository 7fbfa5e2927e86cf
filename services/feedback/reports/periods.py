"""Months, quarters and years: `2018-03`, `2018-Q1`, `2018`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from shared.calendar import CHINA, is_working_day, working_days_between
from shared.dates import period_text
from shared.events.documents import MOST_GRACE
from shared.events.vocabulary import ReportKind


def kind_of(period: str) -> ReportKind:
    """The kind of report that a period has."""
    if "Q" in period:
        return ReportKind.QUARTERLY
    return ReportKind.MONTHLY if "-" in period else ReportKind.ANNUAL


def months_of(period: str) -> tuple[str, ...]:
    """The months that a period consists of, in order."""
    year = period[:4]
    match kind_of(period):
        case ReportKind.MONTHLY:
            return (period,)
        case ReportKind.QUARTERLY:
            first = 3 * int(period[-1]) - 2
            return tuple(f"{year}-{month:02}" for month in range(first, first + 3))
        case ReportKind.ANNUAL:
            return tuple(f"{year}-{month:02}" for month in range(1, 13))


def first_day(period: str) -> date:
    """The first day of a period."""
    return date.fromisoformat(f"{months_of(period)[0]}-01")


def last_day(period: str) -> date:
    """The last day of a period."""
    last = date.fromisoformat(f"{months_of(period)[-1]}-28")
    return (last + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def over_at(period: str) -> datetime:
    """The instant at which a period is over, in the county's time."""
    return datetime.combine(last_day(period) + timedelta(days=1), time.min, CHINA)


def before(period: str) -> str:
    """The period of the same kind before."""
    day = first_day(period) - timedelta(days=1)
    match kind_of(period):
        case ReportKind.MONTHLY:
            return f"{day:%Y-%m}"
        case ReportKind.QUARTERLY:
            return f"{day.year}-Q{(day.month + 2) // 3}"
        case ReportKind.ANNUAL:
            return str(day.year)


def ending_on(day: date) -> Iterator[str]:
    """The periods that are over when a day is, shortest first."""
    if (day + timedelta(days=1)).day != 1:
        return
    yield f"{day:%Y-%m}"
    if day.month % 3 == 0:
        yield f"{day.year}-Q{day.month // 3}"
    if day.month == 12:
        yield str(day.year)


def in_grace_on(day: date) -> Iterator[str]:
    """The periods that ended few enough working days before a working day that their grace may end with it."""
    if not is_working_day(day):
        return
    first = day.replace(day=1)
    for ended in (first - timedelta(days=1), (first - timedelta(days=1)).replace(day=1) - timedelta(days=1)):
        if 0 < working_days_between(ended, day) <= MOST_GRACE:
            yield from ending_on(ended)


class Spoken(NamedTuple):
    """What a document calls its own period and the one before."""

    now: str
    before: str


SPOKEN = {
    ReportKind.MONTHLY: Spoken("本月", "上月"),
    ReportKind.QUARTERLY: Spoken("本季度", "上季度"),
    ReportKind.ANNUAL: Spoken("全年", "上年"),
}


def spoken(period: str) -> Spoken:
    """This month and the last, or the whole year and the one before."""
    return SPOKEN[kind_of(period)]


def in_chinese(period: str) -> str:
    """The period as a document names it."""
    return period_text(period)


def trend_of(period: str) -> tuple[str, ...]:
    """The periods whose figures a document shows side by side, in order.

    Of a month it and the two before; of a quarter its months; of a year its quarters.
    """
    match kind_of(period):
        case ReportKind.MONTHLY:
            return (before(before(period)), before(period), period)
        case ReportKind.QUARTERLY:
            return months_of(period)
        case ReportKind.ANNUAL:
            return tuple(f"{period}-Q{n}" for n in (1, 2, 3, 4))


def short(period: str) -> str:
    """3月, 第一季度: beside others of its year."""
    return f"{int(period[5:])}月" if kind_of(period) is ReportKind.MONTHLY else in_chinese(period)[5:]
