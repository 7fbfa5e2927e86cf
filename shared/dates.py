"""Days, times, periods and turns as a Chinese sentence says them; times are the county's."""

from __future__ import annotations

from datetime import date, datetime

from shared.calendar import CHINA

WEEKDAYS = "一二三四五六日"
"""From Monday on."""


def day_text(day: date | str) -> str:
    """2018年3月5日; a stored day is ISO text."""
    day = date.fromisoformat(day[:10]) if isinstance(day, str) else day
    return f"{day.year}年{day.month}月{day.day}日"


def weekday_text(day: date) -> str:
    """2018年3月5日 星期一."""
    return f"{day_text(day)} 星期{'一二三四五六日'[day.weekday()]}"


def time_text(time: datetime | str) -> str:
    """2018年3月5日 14:05 in the county's time; a stored time is ISO text with its offset."""
    time = datetime.fromisoformat(time) if isinstance(time, str) else time
    there = time.astimezone(CHINA)
    return f"{day_text(there.date())} {there:%H:%M}"


def month_text(month: str) -> str:
    """2018-03 is 2018年3月."""
    return f"{month[:4]}年{int(month[5:])}月"


def quarter_text(quarter: str) -> str:
    """2018-Q3 is 2018年第三季度."""
    return f"{quarter[:4]}年第{'一二三四'[int(quarter[-1]) - 1]}季度"


def period_text(period: str) -> str:
    """A month, a quarter, or 2018年度."""
    if "-" not in period:
        return f"{period}年度"
    return quarter_text(period) if "Q" in period else month_text(period)


def turn_text(turn: str) -> str:
    """2027-1 is 2027年第1期."""
    year, _, number = turn.partition("-")
    return f"{year}年第{number}期"
