"""Units side by side: sorted by a column that is a link, and all of them as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query

from services.feedback.county.directory import Directory
from services.feedback.county.lines import COLUMNS, HEADS, Line
from shared.pages.boards import Board
from shared.pages.cells import Cell, Cells
from shared.pages.paging import paging
from shared.stretch import Stretch
from shared.web.boards import every_line

SortAsked = Annotated[str, Query(pattern=f"^-?({'|'.join(COLUMNS)})$")]
"""A column, the least first, or with - before it the most."""
TABLE_HEADS = {"单位": "", "类别": "", "上级": "", **dict.fromkeys(HEADS, "")}


@dataclass(frozen=True, slots=True)
class SortedHead:
    """A column's name, where it sorts by it, and how it is sorted now."""

    name: str
    url: str
    sorted: str = ""


def heads(page: str, period: str, sort: str | None) -> tuple[SortedHead, ...]:
    """Each leads to the most first, and once more to the least first."""
    return tuple(_head(page, period, column, name, sort) for column, name in zip(COLUMNS, HEADS, strict=True))


def _head(page: str, period: str, column: str, name: str, sort: str | None) -> SortedHead:
    now = {column: "ascending", f"-{column}": "descending"}.get(sort or "", "")
    other = column if now == "descending" else f"-{column}"
    return SortedHead(name, f"{page}?{urlencode({'period': period, 'sort': other})}", now)


def arranged(directory: Directory, sort: str | None) -> Directory:
    """In that order, what has no value last; by code unless said."""
    if not sort:
        return directory
    return replace(
        directory,
        departments=_sorted(directory.departments, sort),
        townships=_sorted(directory.townships, sort),
        others=_sorted(directory.others, sort),
        ended=_sorted(directory.ended, sort),
    )


def _sorted(lines: Sequence[Line], sort: str) -> tuple[Line, ...]:
    place, sign = COLUMNS.index(sort.removeprefix("-")), -1 if sort.startswith("-") else 1

    def by(one: Line) -> tuple[bool, float, str]:
        value = one.cells[place].value
        known = value if isinstance(value, int | float) else None
        return known is None, sign * (known or 0), one.code

    return tuple(sorted(lines, key=by))


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
