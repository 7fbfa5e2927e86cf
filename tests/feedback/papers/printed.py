"""A PDF as it is measured: its lines in millimetres, and what it holds beside its pages."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import NamedTuple

import pdfplumber
import pypdfium2

from services.feedback.papers.pdf import Press, press
from services.feedback.papers.sheet import Sheet

MM = 25.4 / 72
APART = 4
"""Points from which on characters stand on another line: faces differ in what hangs below it."""


class PrintedLine(NamedTuple):
    """Characters beside each other: where they begin, end and stand (mm from the page's left and upper edge)."""

    text: str
    left: float
    right: float
    foot: float
    size: float
    face: str


class PrintedPage(NamedTuple):
    """One page's size in millimetres, its lines from above, and its filled stripes (left, right, top, thickness)."""

    width: float
    height: float
    lines: Sequence[PrintedLine]
    stripes: Sequence[tuple[float, float, float, float]]

    def line(self, begins: str) -> PrintedLine:
        """The first that begins so."""
        return next(line for line in self.lines if line.text.startswith(begins))


@cache
def here() -> Press:
    """With the faces that come with the set-up."""
    return press("")


def pages_of(sheet: Sheet) -> list[PrintedPage]:
    """Of a document as it is printed."""
    return measured_pages(here().pdf(sheet))


def measured_pages(content: bytes) -> list[PrintedPage]:
    """Of a PDF."""
    with pdfplumber.open(BytesIO(content)) as found:
        return [_page(page) for page in found.pages]


def _page(page: pdfplumber.page.Page) -> PrintedPage:
    rows: list[list[dict[str, float | str]]] = []
    for one in sorted(page.chars, key=lambda one: one["bottom"]):
        if not rows or one["bottom"] - float(rows[-1][0]["bottom"]) > APART:
            rows.append([])
        rows[-1].append(one)
    lines = [_line(row) for row in rows]
    stripes = [(one["x0"] * MM, one["x1"] * MM, one["top"] * MM, one["height"] * MM) for one in page.rects]
    return PrintedPage(page.width * MM, page.height * MM, lines, stripes)


def _line(chars: list[dict[str, float | str]]) -> PrintedLine:
    in_order = sorted(chars, key=lambda one: one["x0"])
    first = in_order[0]
    return PrintedLine(
        text="".join(str(one["text"]) for one in in_order),
        left=float(first["x0"]) * MM,
        right=float(in_order[-1]["x1"]) * MM,
        foot=float(first["bottom"]) * MM,
        size=float(first["size"]),
        face=str(first["fontname"]).partition("+")[2],
    )


def attached(content: bytes) -> dict[str, bytes]:
    """The files within a PDF, by name."""
    found = pypdfium2.PdfDocument(content)
    files = [found.get_attachment(n) for n in range(found.count_attachments())]
    return {one.get_name(): bytes(one.get_data()) for one in files}
