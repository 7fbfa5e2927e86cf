"""What stands in a line of a list: words for whoever reads, and beside them the value that a table reckons with."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from shared.pages.chinese import NOTHING, PROVISIONAL, day_text, due_text, grouped, limit_text, percent, time_text
from shared.pages.words import ShownState


class Cell(NamedTuple):
    """Words with where they lead, a note below, or a state; `value` is what a table has in the place of the words.

    `unit` follows a value in a table as it does in the words; "%" is of a part of one.
    """

    text: str = ""
    url: str = ""
    note: str = ""
    state: ShownState | None = None
    value: int | float | date | datetime | None = None
    unit: str = ""


Cells = Sequence[Cell]
EveryLine = Callable[[], AsyncIterator[Cells]]
"""All lines of a list, read as they are asked for."""
BLANK = Cell(NOTHING)


def day_cell(day: date | None, note: str = "") -> Cell:
    """A day; — where there is none."""
    return Cell(day_text(day), note=note, value=day) if day else BLANK


def due_cell(day: date, provisional: bool) -> Cell:
    """A day on which something ends, 暂定 where it leans on a year whose notice is not known."""
    return Cell(due_text(day, provisional), value=day, unit=PROVISIONAL if provisional else "")


def time_cell(time: datetime | None) -> Cell:
    """A moment in the county's time; — where there is none."""
    return Cell(time_text(time), value=time) if time else BLANK


def number_cell(number: int | float | None, unit: str = "", url: str = "") -> Cell:
    """A number with its unit; — where there is none."""
    return Cell(f"{grouped(number)}{unit}", url, value=number, unit=unit) if number is not None else BLANK


def limit_cell(days: int | None) -> Cell:
    """A limit in working days; — where there is none."""
    return Cell(limit_text(days), value=days, unit="个工作日") if days is not None else BLANK


def percent_cell(part: float | None) -> Cell:
    """A part of one as percent; — where there is none."""
    return Cell(percent(part), value=part, unit="%") if part is not None else BLANK
