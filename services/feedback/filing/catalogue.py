"""The list that lies in a year's archive (归档文件目录), with how many pages each document has."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from services.feedback.papers.sheet import MOST_ROWS, CellKind, Layout, Sheet, SheetCell, SheetRow, SheetTable
from shared.dates import day_text
from shared.events.vocabulary import ReportKind

HEADS = ("件号", "年度", "责任者", "文号", "题名", "日期", "页数", "备注")
WIDTHS = (2, 2, 6, 6, 12, 4, 2, 3)
PAGE_IN_PDF = re.compile(rb"/Type\s*/Page\b")


class Catalogued(NamedTuple):
    """A document of the archive, in its order."""

    sheet: Sheet
    pages: int
    note: str


def pages_in(pdf: bytes) -> int:
    """Of a file that was set here: each of its pages is named in the open."""
    return len(PAGE_IN_PDF.findall(pdf))


def catalogue(county: str, committee: str, year: int, made: datetime, listed: Iterable[Catalogued]) -> Sheet:
    """By piece, as archives are kept (DA/T 22): number, year, who answers for it, its own number, title, day, pages."""
    rows = [_row(n, year, one) for n, one in enumerate(listed, 1)]
    title = f"{year}年归档文件目录"
    tables = (
        SheetTable(caption=title, heads=HEADS, widths=WIDTHS, rows=tuple(rows[first : first + MOST_ROWS]))
        for first in range(0, len(rows), MOST_ROWS)
    )
    return Sheet(
        id=f"filing-{year}",
        report_kind=ReportKind.ANNUAL,
        period=str(year),
        organisation=county,
        layout=Layout.ELECTRONIC,
        issuer=committee,
        title=title,
        to="",
        blocks=tuple(tables),
        signed=f"{committee}办公室",
        made=made,
    )


def _row(n: int, year: int, one: Catalogued) -> SheetRow:
    sheet = one.sheet
    day = SheetCell(text=day_text(sheet.issued), kind=CellKind.DAY, day=sheet.issued) if sheet.issued else _words("")
    return SheetRow(
        cells=(
            _number(n),
            _number(year),
            _words(sheet.signed),
            _words(sheet.number),
            _words(sheet.title),
            day,
            _number(one.pages),
            _words(one.note),
        )
    )


def _words(text: str) -> SheetCell:
    return SheetCell(text=text)


def _number(value: int) -> SheetCell:
    return SheetCell(text=str(value), kind=CellKind.NUMBER, value=value)
