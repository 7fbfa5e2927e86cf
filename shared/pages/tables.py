"""A list as a workbook (XLSX) to be filed and reckoned on: words as words, never formulas; numbers and days as such.

A row is on the disk before the next is read, so that memory does not grow with the list.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import east_asian_width

from shared.calendar import CHINA
from shared.pages.boards import ON_SCREEN, Board
from shared.pages.cells import Cell, Cells
from shared.pages.chinese import NOTHING, grouped

if TYPE_CHECKING:
    from xlsxwriter.format import Format

MOST_ROWS = 20_000
"""Of a table; what lies beyond is asked for by narrowing the list."""
MOST_LETTERS = 32_767
"""Of a cell, as spreadsheets take them."""
MEASURED, TURN = 200, 100
"""Rows by which a column's width is found; rows after which others have their turn."""
NARROWEST, WIDEST = 8, 60
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}
DAY, TIME = 'yyyy"年"m"月"d"日"', 'yyyy"年"m"月"d"日" hh:mm'
BEYOND = f"本表只列前{grouped(MOST_ROWS)}行，其余未列出，请缩小筛选范围后再导出。"


class FinishedTable(NamedTuple):
    """A finished workbook, how many rows its list has, and whether it is cut."""

    content: bytes
    rows: int
    is_cut: bool


async def table_of(board: Board, about: Mapping[str, str]) -> FinishedTable:
    """All lines of a list, and on a second sheet what they are: `about` by name."""
    sheet = _Sheet(board)
    is_cut = await _fill(sheet, _every(board))
    sheet.ends(is_cut, {**about, "行数": grouped(sheet.row)})
    await asyncio.to_thread(sheet.book.close)
    return FinishedTable(sheet.file.getvalue(), sheet.row, is_cut)


async def _every(board: Board) -> AsyncIterator[Cells]:
    if board.paging is None or board.paging.every is None:
        for line in board.lines:
            yield line
        return
    async for line in board.paging.every():
        yield line


async def _fill(sheet: _Sheet, lines: AsyncIterator[Cells]) -> bool:
    """Whether there were more than a table takes."""
    async for line in lines:
        if sheet.row == MOST_ROWS:
            return True
        sheet.writes(line)
        if sheet.row % TURN == 0:
            await asyncio.sleep(0)
    return False


class _Sheet:
    """The sheet of a list, written row by row below its heads."""

    def __init__(self, board: Board) -> None:
        from xlsxwriter import Workbook  # Three megabytes of each service, of which most export nothing.

        self.file = BytesIO()
        self.book = Workbook(self.file, OPTIONS)
        self.row = 0
        self._page = self.book.add_worksheet("清单")
        self._shown = [n for n, look in enumerate(board.heads.values()) if ON_SCREEN not in look.split()]
        heads = [head for head, look in board.heads.items() if ON_SCREEN not in look.split()]
        self._widths = [_width(head) for head in heads]
        self._formats: dict[str, Format] = {}
        self._begins(board.title, heads)

    def _begins(self, title: str, heads: Sequence[str]) -> None:
        bold = self.book.add_format({"bold": True, "bottom": 1})
        for n, head in enumerate(heads):
            self._page.write_string(0, n, head, bold)
        self._page.freeze_panes(1, 0)
        self._page.repeat_rows(0)
        self._page.set_landscape()
        self._page.set_paper(9)
        self._page.fit_to_pages(1, 0)
        self._page.set_header(f"&C{title.replace('&', '&&')}")
        self._page.set_footer("&C第&P页，共&N页")

    def writes(self, line: Cells) -> None:
        """One line."""
        self.row += 1
        for column, n in enumerate(self._shown):
            width = self._write(column, line[n])
            if self.row <= MEASURED:
                self._widths[column] = max(self._widths[column], width)

    def _write(self, column: int, cell: Cell) -> int:
        """Returns how wide it reads."""
        match cell.value:
            case None:
                text = words_of(cell)
                if text:
                    self._page.write_string(self.row, column, text[:MOST_LETTERS])
                return _width(text)
            case datetime() as time:
                self._page.write_datetime(self.row, column, time.astimezone(CHINA), self._format(TIME))
            case date() as day:
                self._page.write_datetime(self.row, column, day, self._format(DAY + _quoted(cell.unit)))
            case number:
                self._page.write_number(self.row, column, number, self._format(_number_format(number, cell.unit)))
        return _width(cell.text)

    def _format(self, wanted: str) -> Format:
        if wanted not in self._formats:
            self._formats[wanted] = self.book.add_format({"num_format": wanted})
        return self._formats[wanted]

    def ends(self, is_cut: bool, about: Mapping[str, str]) -> None:
        """What lies beyond is said where the rows end; what the list is stands on a sheet of its own."""
        for column, width in enumerate(self._widths):
            self._page.set_column(column, column, min(max(width + 2, NARROWEST), WIDEST))
        if self.row and self._shown:
            self._page.autofilter(0, 0, self.row, len(self._shown) - 1)
        if is_cut:
            self._page.write_string(self.row + 1, 0, BEYOND)
        page = self.book.add_worksheet("说明")
        page.set_column(0, 0, 14)
        page.set_column(1, 1, WIDEST)
        for row, (name, said) in enumerate({**about, **({"未列全": BEYOND} if is_cut else {})}.items()):
            page.write_string(row, 0, name)
            page.write_string(row, 1, said[:MOST_LETTERS])


def words_of(cell: Cell) -> str:
    """The words of a cell with its note; empty where the page shows that there is nothing."""
    text = cell.state.word if cell.state else cell.text
    said = "" if text == NOTHING else text
    return f"{said}（{cell.note}）" if said and cell.note else said or cell.note


def _number_format(number: int | float, unit: str) -> str:
    if unit == "%":
        return "0.0%"
    return f"{'#,##0' if isinstance(number, int) else '#,##0.00'}{_quoted(unit)}"


def _quoted(unit: str) -> str:
    return f'"{unit}"' if unit else ""


def _width(text: str) -> int:
    """In letters of a Latin alphabet; a Chinese one is as wide as two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
