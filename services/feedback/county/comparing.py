"""Units side by side: sorted by a column that is a link, and all of them as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Annotated

from fastapi import Query

from services.feedback.county.directory import Directory
from services.feedback.county.lines import COLUMNS, HEADS, Line
from shared.pages.boards import Board
from shared.pages.cells import Cell, Cells
from shared.pages.paging import paging
from shared.pages.sorting import Columns, in_order, pattern_of
from shared.stretch import Stretch
from shared.web.boards import every_line

SORTS: Columns = {f"-{column}": head for column, head in zip(COLUMNS, HEADS, strict=True)}
SortAsked = Annotated[str, Query(pattern=pattern_of(SORTS))]
TABLE_HEADS = {"单位": "", "类别": "", "上级": "", **dict.fromkeys(HEADS, "")}


def arranged(directory: Directory, sort: str | None) -> Directory:
    """In that order, what has no value last; by code unless said."""
    return replace(
        directory,
        departments=_sorted(directory.departments, sort),
        townships=_sorted(directory.townships, sort),
        others=_sorted(directory.others, sort),
        ended=_sorted(directory.ended, sort),
    )


def _sorted(lines: Sequence[Line], sort: str | None) -> tuple[Line, ...]:
    return tuple(in_order(lines, sort, _value))


def _value(one: Line, column: str) -> int | float | None:
    value = one.cells[COLUMNS.index(column)].value
    return value if isinstance(value, int | float) else None


def table(directory: Directory, page: str, period: str) -> Board:
    """Every unit that the page shows, villages below their townships."""
    lines = [*_lines(directory)]
    under = paging(
        Stretch.of(len(lines), 1, len(lines) or 1), "个", lambda _: f"{page}?period={period}", every_line(lines)
    )
    return Board(f"各单位数据{directory.period}", TABLE_HEADS, (), "", under)


def _lines(directory: Directory) -> Iterator[Cells]:
    for kind, lines in (
        ("乡镇（街道）", directory.townships),
        ("部门", directory.departments),
        ("其他", directory.others),
        ("本期内撤销", directory.ended),
    ):
        for one in lines:
            yield (Cell(one.name), Cell(kind), Cell(), *one.cells)
            yield from ((Cell(below.name), Cell("所辖"), Cell(one.name), *below.cells) for below in one.below)
