"""A sheet as a text document (DOCX) for whoever edits or prints it: the pages of the PDF by the same measures.

Where the imprint stands depends on how pages fall, which the PDF tells; whoever edits it moves it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from math import ceil
from unicodedata import east_asian_width

from docx import Document
from docx.document import Document as Made
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING, WD_TAB_ALIGNMENT
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph as Written

from services.feedback.papers import ooxml
from services.feedback.papers.archive import fixed
from services.feedback.papers.docx_blocks import WIDE, Blocks
from services.feedback.papers.docx_page import BODY, FIRST, FOURTH, PITCH, TITLE, laid_out
from services.feedback.papers.pdf import Fall, Press, press
from services.feedback.papers.sheet import Annex, Layout, Sheet
from shared.calendar import CHINA
from shared.dates import day_text

SECOND, FOOT = 22, 20
"""Points: a title's letters; from line to line in the imprint."""
BLACK = "000000"


def written(sheet: Sheet, own: str) -> bytes:
    """The document; `own` is the county's folder of faces, in which its charts are drawn."""
    printed = press(own)
    made = Document()
    laid_out(made)
    _about(made, sheet)
    _Writer(made, sheet, printed, printed.fall(sheet)).write()
    content = BytesIO()
    made.save(content)
    return fixed(content.getvalue(), sheet.made)


def _about(made: Made, sheet: Sheet) -> None:
    known, when = made.core_properties, sheet.made.astimezone(CHINA).replace(tzinfo=None)
    known.title, known.author, known.last_modified_by = sheet.title, sheet.signed, sheet.signed
    known.created = known.modified = when
    known.comments, known.identifier, known.language = "", sheet.id, "zh-CN"


class _Writer:
    """From the head to the imprint."""

    def __init__(self, made: Made, sheet: Sheet, printed: Press, fall: Fall) -> None:
        self._made, self._sheet, self._fall = made, sheet, fall
        self._blocks = Blocks(made, printed)

    def write(self) -> None:
        """All of it."""
        sheet = self._sheet
        self._red_head() if sheet.layout is Layout.OFFICIAL else self._plain_head()
        self._title(sheet.title_lines or (sheet.title,))
        if sheet.mark:
            self._blocks.line(f"（{sheet.mark}）", "楷体", align=ALIGN.CENTER)
        self._blocks.line(sheet.to)
        self._blocks.write(sheet.blocks)
        said_last = len(self._made.paragraphs) - 1
        self._annexes_named(sheet.annexes)
        self._signature()
        for line in self._made.paragraphs[said_last:-1]:
            line.paragraph_format.keep_with_next = True
        for n, annex in enumerate(sheet.annexes, 1):
            self._annex(annex, f"附件{n}" if len(sheet.annexes) > 1 else "附件")
        if sheet.printed_by and sheet.printed_on and sheet.layout is Layout.OFFICIAL:
            self._imprint()

    def _red_head(self) -> None:
        """35 mm below the upper edge; red line 4 mm below the number; two lines free (7.2)."""
        sheet = self._sheet
        size = min(42.0, 425 / len(sheet.issuer))
        head = self._blocks.line(sheet.issuer, TITLE, size, align=ALIGN.CENTER, is_red=True)
        head.paragraph_format.space_before, head.paragraph_format.line_spacing = Mm(35), Mm(15)
        number = self._blocks.line(sheet.number, align=ALIGN.CENTER)
        number.paragraph_format.space_before = Pt(1.6 * PITCH)
        ooxml.lined(number, 11, bottom=(16, "D7000F"))
        number.paragraph_format.space_after = Pt(PITCH)

    def _plain_head(self) -> None:
        self._blocks.line(self._sheet.issuer, TITLE, 24, align=ALIGN.CENTER, is_red=True)
        number = self._blocks.line(self._sheet.number, size=FOURTH, align=ALIGN.CENTER)
        ooxml.lined(number, 4, bottom=(12, "D7000F"))
        number.paragraph_format.space_after = Pt(PITCH / 2)

    def _title(self, lines: Sequence[str]) -> None:
        for line in lines:
            written = self._blocks.line(line, TITLE, SECOND, align=ALIGN.CENTER)
            written.paragraph_format.keep_with_next = True
        self._free(0.5)

    def _free(self, lines: float) -> Written:
        free = self._blocks.line("")
        free.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
        free.paragraph_format.line_spacing = Pt(lines * PITCH)
        return free

    def _annexes_named(self, annexes: Sequence[Annex]) -> None:
        if not annexes:
            return
        self._free(1)
        for n, annex in enumerate(annexes, 1):
            called = f"{n}.{annex.title}" if len(annexes) > 1 else annex.title
            line = self._blocks.line(f"附件：{called}" if n == 1 else called)
            line.paragraph_format.left_indent = Pt((2 if n == 1 else 5) * BODY)

    def _signature(self) -> None:
        """The date four characters from the right, who signs above its middle (7.3.5.1)."""
        sheet = self._sheet
        day = day_text(sheet.issued) if sheet.issued else ""
        middle = max(4 * BODY + _half(day), _half(sheet.signed))
        for _ in range(2 if sheet.layout is Layout.OFFICIAL else 1):
            self._free(1)
        for said in filter(None, (sheet.signed, day)):
            line = self._blocks.line(said, align=ALIGN.RIGHT)
            line.paragraph_format.right_indent = Pt(middle - _half(said))
        if sheet.contact:
            self._blocks.indented(sheet.contact)

    def _annex(self, annex: Annex, named: str) -> None:
        head = self._blocks.line(named, FIRST)
        head.paragraph_format.page_break_before = True
        self._free(1)
        self._title((annex.title,))
        self._blocks.write(annex.blocks)

    def _imprint(self) -> None:
        """At the foot of the last, even page (7.4)."""
        anchor = self._free(0.1)
        for _ in range(self._fall.pages - self._fall.text):
            anchor = self._free(0.1)
            anchor.paragraph_format.page_break_before = True  # a break within one would fall onto a page of its own
        lines = [*self._imprinted()]
        for n, line in enumerate(lines):
            last = {"bottom": (8, BLACK)} if n == len(lines) - 1 else {}
            ooxml.lined(line, 4, top=(8 if n == 0 else 6, BLACK), **last)
        ooxml.at_the_foot(anchor, lines, Mm(WIDE), Pt(sum(map(_tall, lines)) + 6))

    def _imprinted(self) -> Iterator[Written]:
        sheet = self._sheet
        assert sheet.printed_on
        if sheet.copies_to:
            yield self._foot(f"抄送：{'，'.join(sheet.copies_to)}。")
        last = self._foot(f"{sheet.printed_by}\t{day_text(sheet.printed_on)}印发")
        last.paragraph_format.tab_stops.add_tab_stop(Length(Mm(WIDE) - Pt(FOURTH)), WD_TAB_ALIGNMENT.RIGHT)
        yield last

    def _foot(self, text: str) -> Written:
        line = self._blocks.line(text, size=FOURTH)
        line.paragraph_format.first_line_indent = Pt(FOURTH)
        line.paragraph_format.line_spacing = Pt(FOOT)
        return line


def _tall(line: Written) -> float:
    """Points, with the lines around it."""
    letters = sum(2 if east_asian_width(one) in "WFA" else 1 for one in line.text) / 2
    return ceil(letters / 29) * FOOT + 9


def _half(said: str) -> float:
    """Points of half its width."""
    return sum(BODY if east_asian_width(one) in "WFA" else BODY / 2 for one in said) / 2
