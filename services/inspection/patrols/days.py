"""The last days' patrols: expected and done, and what became of the day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.pages.chinese import NOTHING, day_text, grouped
from shared.roster.organisations import Roster

NAMED = 3
"""So many of those missed are named in the list."""


@dataclass(frozen=True, slots=True)
class DayLine:
    """A day's patrols; a day that is not closed has no sum yet, one that was no working day none."""

    day: str
    expected: str
    done: str
    missed: str
    names: str
    state: str
    level: str


def day_lines(days: Sequence[Mapping[str, Any]], roster: Roster) -> tuple[DayLine, ...]:
    """The days in the order given."""
    return tuple(_line(day, roster) for day in days)


def _line(day: Mapping[str, Any], roster: Roster) -> DayLine:
    when, missed = day_text(day["day"]), day["missed"]
    if not day["closed"]:
        state = "非工作日" if day.get("day_off") else "未汇总"
        return DayLine(when, NOTHING, NOTHING, NOTHING, "", state, "")
    state, level = ("有漏查", "warn") if missed else ("全部到位", "good")
    numbers = grouped(day["expected"]), grouped(day["done"]), grouped(len(missed))
    return DayLine(when, *numbers, _names(missed, roster), state, level)


def _names(missed: Sequence[str], roster: Roster) -> str:
    called = {one.id: one.history[-1].name for one in roster if one.id in missed}
    names = [called.get(code, code) for code in missed[:NAMED]]
    return "、".join(names) + ("等" if len(missed) > NAMED else "")
