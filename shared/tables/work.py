"""Rows of text out of a file that somebody brings: CSV as spreadsheets save it in China, or a workbook (XLSX).

It runs in a process of its own (`shared.foreign`). A formula comes as its text, a day as 2018-03-05, a whole number
without its point; of a number longer than spreadsheets keep it, `LOST` tells.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

WORKBOOK, OLD_OR_LOCKED = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
MOST_ROWS, MOST_COLUMNS, MOST_LETTERS = 501, 40, 400
"""Of a table, its head among the rows; letters of a cell, the rest of which is cut."""
EXACT = 10**15
"""From which on a spreadsheet keeps a number's first 15 digits alone."""


class UnreadableTable(Exception):
    """By which slug the county says why."""


def work(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """`rows` of the `file`, or what is `wrong` with all of it."""
    raw = bytes(given["file"])
    try:
        return {"rows": _bounded(_workbook(raw) if raw.startswith(WORKBOOK) else _lines(raw))}
    except UnreadableTable as no:
        return {"wrong": str(no)}


def _bounded(rows: Iterable[list[str]]) -> list[list[str]]:
    """With empty rows, so that each keeps its number; those at the end are none."""
    found: list[list[str]] = []
    for row in rows:
        found.append([cell[:MOST_LETTERS] for cell in row[:MOST_COLUMNS]])
        if len(found) > MOST_ROWS and any(row):
            raise UnreadableTable("table-too-long")
        if len(found) > MOST_ROWS * 4:
            break
    while found and not any(found[-1]):
        found.pop()
    return found


def _lines(raw: bytes) -> Iterator[list[str]]:
    if raw.startswith(OLD_OR_LOCKED):
        raise UnreadableTable("table-old-or-locked")
    text = _text(raw)
    head = text.partition("\n")[0]
    separated = "\t" if "\t" in head and "," not in head else ","
    try:
        yield from (
            [cell.strip() for cell in row] for row in csv.reader(StringIO(text, newline=""), delimiter=separated)
        )
    except csv.Error:
        raise UnreadableTable("table-unreadable") from None


def _text(raw: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableTable("table-unreadable")


def _workbook(raw: bytes) -> Iterator[list[str]]:
    """Of the first sheet; nothing in it is reckoned out or followed."""
    try:
        book = load_workbook(BytesIO(raw), read_only=True, data_only=False, keep_links=False)
        for row in book.worksheets[0].iter_rows(max_row=MOST_ROWS * 4 + 1, max_col=MOST_COLUMNS, values_only=True):
            yield [_cell(value) for value in row]
    except MemoryError:
        raise
    except (BadZipFile, InvalidFileException, OSError, KeyError, ValueError, IndexError, TypeError, AttributeError):
        raise UnreadableTable("table-unreadable") from None
    except SyntaxError:
        raise UnreadableTable("table-unreadable") from None


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case datetime():
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case int() | float():
            return _number(value)
        case _:
            return str(value).strip()


def _number(value: float) -> str:
    """As a spreadsheet shows what it has cut."""
    if abs(value) >= EXACT:
        return f"{value:.5E}"
    return str(int(value)) if value == int(value) else str(value)
