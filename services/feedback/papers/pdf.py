"""A sheet's pages as PDF/A-3u with its JSON within, set by typst; and pictures of its charts for other writers.

Only the process that is kept apart for it loads this (`work.py`): typst holds faces and what it has set before.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import typst

from services.feedback.papers.chart import drawing
from services.feedback.papers.fonts import FACES, families, folders
from services.feedback.papers.sheet import Block, Items, Sheet, SheetChart
from shared.dates import day_text

PAGES = Path(__file__).with_name("pages.typ")
HOURS = timezone(timedelta(hours=8))
"""As a file's times are written: the county's time."""
DOTS = 300
"""Of a chart's picture, to the inch."""


class WithoutFaces(Exception):
    """There are no faces to print in: whoever set the machine up is to fetch them."""


class Fall(NamedTuple):
    """How the pages of a document fell: on which its text ends, and how many there are."""

    text: int
    pages: int


class Press:
    """A compiler with the faces of some folders; what it has set before it sets faster again."""

    def __init__(self, found: tuple[str, ...]) -> None:
        self._fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[*found])
        there = set(self._fonts.families())
        self._faces = {use: families(use, there) for use in FACES}
        if not all(self._faces.values()):
            raise WithoutFaces
        self._letters = self._faces["first"][0]
        self._compiler = typst.Compiler(PAGES, root=PAGES.parent, font_paths=self._fonts, ignore_system_fonts=True)

    def pdf(self, sheet: Sheet) -> bytes:
        """The document's pages."""
        given = {
            "sheet": _json(_printed(sheet)),
            "sealed": sheet.canonical().decode(),
            "faces": _json(self._faces),
            "charts": _json([drawing(one, self._letters) for one in charts(sheet)]),
            "made": _json(_instant(sheet)),
        }
        made = self._compiler.compile(
            input=PAGES, format="pdf", sys_inputs=given, pdf_standards=["a-3u"], timestamp=_there(sheet)
        )
        return _whole(made)

    def fall(self, sheet: Sheet) -> Fall:
        """How its pages fell."""
        self.pdf(sheet)
        found = json.loads(self._compiler.query("<pages>", field="value", one=True))
        return Fall(found["text"], found["all"])

    def picture(self, chart: SheetChart) -> bytes:
        """One chart as PNG."""
        around = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
        given = {"svg": drawing(chart, self._letters)}
        return _whole(self._compiler.compile(input=around, format="png", ppi=DOTS, sys_inputs=given))


def written(sheet: Sheet, own: str) -> bytes:
    """The document's pages, in a county's `own` faces as far as it has any."""
    return press(own).pdf(sheet)


@cache
def press(own: str) -> Press:
    """The process's one for a county's own folder of faces, which may be none."""
    return Press(tuple(folders(own)))


def charts(sheet: Sheet) -> list[SheetChart]:
    """All of them in the order in which they are printed."""
    blocks = (*sheet.blocks, *(block for annex in sheet.annexes for block in annex.blocks))
    return [block for block in blocks if isinstance(block, SheetChart)]


def _printed(sheet: Sheet) -> dict[str, Any]:
    """The sheet with its days in words, and each chart's number."""
    found = charts(sheet)
    said = sheet.model_dump(mode="json") | {"blocks": [_block(one, found) for one in sheet.blocks]}
    if sheet.annexes:
        said["annexes"] = [
            {"title": annex.title, "blocks": [_block(one, found) for one in annex.blocks]} for annex in sheet.annexes
        ]
    if sheet.issued:
        said["issued_said"] = day_text(sheet.issued)
    if sheet.printed_by and sheet.printed_on:
        said["printed_said"] = f"{day_text(sheet.printed_on)}印发"
    return said


def _block(block: Block, found: list[SheetChart]) -> dict[str, Any]:
    said = block.model_dump(mode="json")
    match block:
        case SheetChart():
            said["n"] = next(n for n, one in enumerate(found) if one is block)
        case Items():
            said["items"] = [{"said": item.said} for item in block.items]
    return said


def _there(sheet: Sheet) -> datetime:
    """The second that its files bear, by the county's clock: whoever signs by a program says parts of one too."""
    return sheet.made.astimezone(HOURS).replace(microsecond=0)


def _instant(sheet: Sheet) -> dict[str, int]:
    made = _there(sheet)
    return {name: getattr(made, name) for name in ("year", "month", "day", "hour", "minute", "second")}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _whole(made: bytes | list[bytes] | None) -> bytes:
    assert isinstance(made, bytes)
    return made
