"""A sheet as a workbook (XLSX) to be filed and reckoned on: what it says, its tables, charts of its own kind.

Words are words, never formulas; numbers and days are such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from services.feedback.papers.pdf import charts
from services.feedback.papers.sheet import (
    Block,
    CellKind,
    Heading,
    Items,
    Paragraph,
    Sheet,
    SheetCell,
    SheetChart,
    SheetTable,
)
from shared.calendar import CHINA

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
NOT_IN_TABS = re.compile(r"[\[\]:*?/\\']")
LONGEST_TAB = 31
DAY = 'yyyy"年"m"月"d"日"'
UNIT_WIDTH = 4
"""Characters for one of a table's shares of width."""
PATTERNS = (
    {"pattern": "percent_75", "fg_color": "black", "bg_color": "white"},
    {"pattern": "wide_upward_diagonal", "fg_color": "black", "bg_color": "white"},
    {"pattern": "percent_20", "fg_color": "black", "bg_color": "white"},
    {"pattern": "percent_5", "fg_color": "black", "bg_color": "white"},
)
"""What fills bars, so that black and white will do."""


def written(sheet: Sheet, own: str = "") -> bytes:
    """The whole workbook; it needs no faces."""
    file = BytesIO()
    with Workbook(file, OPTIONS) as book:
        made = sheet.made.astimezone(CHINA).replace(tzinfo=None)
        book.set_properties({"title": sheet.title, "author": sheet.signed, "created": made})
        _Book(book, sheet).write()
    return file.getvalue()


class _Book:
    """Its tabs in order."""

    def __init__(self, book: Workbook, sheet: Sheet) -> None:
        self._book, self._sheet = book, sheet
        self._head = book.add_format({"bold": True, "bg_color": "#EEEEEE", "border": 1, "text_wrap": True})
        self._plain = book.add_format({"text_wrap": True, "valign": "top"})
        self._group, self._title = book.add_format({"bold": True}), book.add_format({"bold": True, "font_size": 14})
        self._day = book.add_format({"num_format": DAY, "align": "left"})
        self._tabs: set[str] = set()

    def write(self) -> None:
        """All of them."""
        self._text()
        for block in _every(self._sheet):
            if isinstance(block, SheetTable):
                self._table(block)
        if found := charts(self._sheet):
            self._charts(found)

    def _tab(self, name: str) -> Worksheet:
        """A name that there is not yet, as workbooks take it."""
        known = NOT_IN_TABS.sub("_", name)[:LONGEST_TAB] or "表"
        n, whole = 2, known
        while whole in self._tabs:
            whole, n = f"{known[: LONGEST_TAB - 3]}({n})", n + 1
        self._tabs.add(whole)
        return self._book.add_worksheet(whole)

    def _text(self) -> None:
        tab, sheet = self._tab("正文"), self._sheet
        tab.set_column(0, 0, 14)
        tab.set_column(1, 1, 90)
        tab.write_string(0, 0, sheet.title, self._title)
        row = 1
        about = (("文号", sheet.number), ("主送", sheet.to), ("发文", sheet.signed), ("版本", sheet.mark))
        for name, said in (*about, ("数据截至", sheet.as_of)):
            if said:
                row = self._line(tab, row, name, said)
        if sheet.issued:
            tab.write_string(row, 0, "成文日期", self._plain)
            tab.write_datetime(row, 1, datetime.combine(sheet.issued, time.min), self._day)
            row += 1
        for name, said in _said(sheet.blocks):
            row = self._line(tab, row, name, said)

    def _line(self, tab: Worksheet, row: int, name: str, said: str) -> int:
        tab.write_string(row, 0, name, self._plain)
        tab.write_string(row, 1, said, self._plain)
        return row + 1

    def _table(self, table: SheetTable) -> None:
        tab = self._tab(table.caption)
        tab.freeze_panes(1, 1)
        for column, (head, width) in enumerate(zip(table.heads, table.widths, strict=True)):
            tab.write_string(0, column, head, self._head)
            tab.set_column(column, column, max(8, width * UNIT_WIDTH))
        for n, row in enumerate(table.rows, 1):
            place = 0
            for cell in row.cells:
                self._cell(tab, n, place, cell, self._group if row.is_group else self._plain)
                place += cell.spans

    def _cell(self, tab: Worksheet, row: int, column: int, cell: SheetCell, look: Format) -> None:
        if cell.kind is CellKind.NUMBER and cell.value is not None:
            tab.write_number(row, column, cell.value)
        elif cell.kind is CellKind.DAY and cell.day is not None:
            tab.write_datetime(row, column, datetime.combine(cell.day, time.min), self._day)
        else:
            tab.write_string(row, column, cell.text, look)

    def _charts(self, found: list[SheetChart]) -> None:
        """The numbers of each, and beside them the bars that they are drawn from."""
        tab, row = self._tab("图表"), 0
        tab.set_column(0, 0, 24)
        for chart in found:
            tab.write_string(row, 0, chart.title, self._title)
            self._drawn(tab, row + 1, chart)
            row += len(chart.categories) + 20

    def _drawn(self, tab: Worksheet, top: int, chart: SheetChart) -> None:
        drawn = self._book.add_chart({"type": "column"})
        last = top + len(chart.categories)
        for n, name in enumerate(chart.categories, top + 1):
            tab.write_string(n, 0, name)
        for column, series in enumerate(chart.series, 1):
            tab.write_string(top, column, series.name, self._head)
            for n, value in enumerate(series.values, top + 1):
                if value is not None:
                    tab.write_number(n, column, value)
            drawn.add_series(
                {
                    "name": [tab.name, top, column],
                    "categories": [tab.name, top + 1, 0, last, 0],
                    "values": [tab.name, top + 1, column, last, column],
                    "pattern": PATTERNS[column - 1],
                    "border": {"color": "black"},
                    "data_labels": {"value": True},
                }
            )
        drawn.set_title({"name": chart.title})
        drawn.set_y_axis({"min": 0, "max": chart.most, "major_gridlines": {"visible": True}})
        drawn.set_legend({"position": "top"})
        tab.insert_chart(last + 1, 0, drawn, {"x_scale": 1.5})


def _every(sheet: Sheet) -> Iterator[Block]:
    yield from sheet.blocks
    for annex in sheet.annexes:
        yield from annex.blocks


def _said(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    """Each paragraph of the text, and each thing to be put right under its number."""
    for block in blocks:
        match block:
            case Heading():
                yield block.text, ""
            case Paragraph():
                yield "", block.text
            case Items():
                for n, item in enumerate(block.items, 1):
                    yield f"{n}.", item.said
