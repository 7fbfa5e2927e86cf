"""Days of patrols as cells: full when all was in time, lower when some was late, a frame where some was missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from shared.asks.patrolled import DayTally
from shared.calendar import is_working_day
from shared.pages.chinese import day_text
from shared.pages.drawn import DayMark, Drawing, DrawnPath, strip, year

FEW = 0.1
"""Of those due: up to so many late is 个别迟报."""
NAMED = 3
"""Days that are named; more are counted."""


def mark(tally: DayTally | None) -> DayMark:
    """Of a day: nothing due; not closed yet and not all done; missed; late; in time."""
    if tally is None or not tally.due:
        return DayMark.NONE
    if tally.done < tally.due:
        return DayMark.MISSED if tally.closed else DayMark.OPEN if tally.done else DayMark.NONE
    late = tally.due - tally.on_time
    if not late:
        return DayMark.GOOD
    return DayMark.SOME if late <= FEW * tally.due else DayMark.MANY


def drawn(name: str, days: Sequence[date], tallies: Sequence[DayTally | None]) -> Drawing:
    """A strip, with what it says in words."""
    return strip([mark(one) for one in tallies], f"{name}：{said(days, tallies)}")


def said(days: Sequence[date], tallies: Sequence[DayTally | None]) -> str:
    """How many working days were in time, late and missed; those missed by name."""
    if not days:
        return "这段时间还没有应当检查的工作日"
    marks = {day: mark(one) for day, one in zip(days, tallies, strict=True)}
    missed = [day for day, one in marks.items() if one is DayMark.MISSED]
    named = f"（{'、'.join(day_text(day) for day in missed)}）" if 0 < len(missed) <= NAMED else ""
    late = sum(one in (DayMark.SOME, DayMark.MANY) for one in marks.values())
    good = sum(one is DayMark.GOOD for one in marks.values())
    return f"{len(days)}个工作日中，全部按时{good}天，有迟报{late}天，有漏查{len(missed)}天{named}"


def on_time(tallies: Sequence[DayTally | None]) -> float | None:
    """In time of all that was due on days that are closed."""
    closed = [one for one in tallies if one and one.closed]
    due = sum(one.due for one in closed)
    return sum(one.on_time for one in closed) / due if due else None


def year_drawn(name: str, of: int, tallies: Mapping[date, DayTally], today: date) -> Drawing:
    """A year's days; working days of which nothing is known stand as points."""
    begun = date(of, 1, 1)
    days = (date.fromordinal(begun.toordinal() + n) for n in range(366))
    due = {day: DayMark.NONE for day in days if day.year == of and day <= today and is_working_day(day)}
    marks = {**due, **{day: mark(one) for day, one in tallies.items()}}
    words = said([*tallies], [*tallies.values()])
    return year(marks, of, f"{name}{of}年：{words}")


LEGEND = (
    (DayMark.GOOD, "全部按时"),
    (DayMark.SOME, "个别迟报"),
    (DayMark.MANY, "较多迟报"),
    (DayMark.MISSED, "有漏查"),
    (DayMark.OPEN, "尚未查完"),
)
OF_ONE = ((DayMark.GOOD, "按时"), (DayMark.MANY, "迟报"), (DayMark.MISSED, "漏查"))


def legend(marks: Sequence[tuple[DayMark, str]]) -> tuple[tuple[DrawnPath, str], ...]:
    """Each mark as it is drawn, with its words."""
    return tuple((strip([one], "").paths[0], word) for one, word in marks)
