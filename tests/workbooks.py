"""A workbook (XLSX) as it is read: what stands in each cell, and of which kind."""

from __future__ import annotations

import re
from io import BytesIO
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring
from zipfile import ZipFile

NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Read(NamedTuple):
    """What a cell holds; `kind` is words, number or formula."""

    value: str
    kind: str
    style: str = ""


class Book(NamedTuple):
    """A workbook's sheets, row by row, and the formats of its numbers."""

    lists: list[list[Read]]
    about: list[list[Read]]
    formats: str

    @property
    def heads(self) -> list[str]:
        """Over the columns."""
        return [one.value for one in self.lists[0]]

    @property
    def said(self) -> dict[str, str]:
        """What the second sheet says of the first."""
        return {row[0].value: row[1].value for row in self.about}


def opened(content: bytes) -> Book:
    """As a spreadsheet reads it."""
    with ZipFile(BytesIO(content)) as whole:
        shared = fromstring(whole.read("xl/sharedStrings.xml")) if "xl/sharedStrings.xml" in whole.namelist() else None
        strings = ["".join(one.itertext()) for one in shared] if shared is not None else []
        listed, about = (_rows(fromstring(whole.read(f"xl/worksheets/sheet{n}.xml")), strings) for n in (1, 2))
        return Book(listed, about, whole.read("xl/styles.xml").decode())


def _rows(sheet: Element, strings: list[str]) -> list[list[Read]]:
    return [[_cell(cell, strings) for cell in row] for row in sheet.iter(f"{NS}row")]


def _cell(cell: Element, strings: list[str]) -> Read:
    if cell.find(f"{NS}f") is not None:
        return Read("".join(cell.itertext()), "formula")
    text, style = "".join(cell.itertext()), cell.get("s", "")
    match cell.get("t"):
        case "inlineStr":
            return Read(text, "words", style)
        case "s":
            return Read(strings[int(text)], "words", style)
        case _:
            return Read(text, "number", style)


def unquoted(formats: str) -> str:
    """The formats as they are written, without what XML makes of quotation marks."""
    return re.sub(r"&quot;", '"', formats)
