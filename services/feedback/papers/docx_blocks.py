"""The blocks of a sheet in a text document: paragraphs, headings, lists, tables, pictures of charts."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from docx.document import Document as Made
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Length, Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Written

from services.feedback.papers import ooxml
from services.feedback.papers.docx_page import BODY, FANG, FIRST, SECOND, SMALL, THIRD, TIGHTENED
from services.feedback.papers.pdf import Press
from services.feedback.papers.sheet import (
    Block,
    CellKind,
    Heading,
    Items,
    Paragraph,
    SheetCell,
    SheetChart,
    SheetRow,
    SheetTable,
)

WIDE = 156
"""Millimetres of a page's text."""
INSET, BETWEEN = 4.0, 4.1
"""Points at both sides within a cell, and above and below its lines together, as in `pages.typ`: what fits on a line or
a page there fits on it here. The line between two rows is half a point."""
HEADING = (FIRST, SECOND, FANG, FANG)


class Blocks:
    """Writes one after the other at the end of a document."""

    def __init__(self, made: Made, printed: Press) -> None:
        self._made, self._printed = made, printed

    def write(self, blocks: Sequence[Block]) -> None:
        """In order."""
        for block in blocks:
            self._block(block)

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph():
                self._note(block.text) if block.is_note else self.indented(block.text)
            case Heading():
                heading = self.indented(block.text, HEADING[block.level - 1])
                heading.paragraph_format.keep_with_next = True
            case Items():
                for n, item in enumerate(block.items, 1):
                    self.indented(f"{n}.{item.said}")
            case SheetTable():
                self._table(block)
            case SheetChart():
                self._chart(block)

    def line(
        self,
        text: str,
        face: str = FANG,
        size: float = THIRD,
        *,
        align: ALIGN | None = None,
        is_red: bool = False,
    ) -> Written:
        """A paragraph from the left edge on."""
        paragraph = self._made.add_paragraph()
        if align is not None:
            paragraph.alignment = align
        run = paragraph.add_run(text)
        ooxml.with_face(run, face, size, is_red=is_red)
        if size == THIRD:
            ooxml.tightened(run, TIGHTENED)
        return paragraph

    def indented(self, text: str, face: str = FANG) -> Written:
        """A paragraph of the body: two characters in, both edges even."""
        paragraph = self.line(text, face, align=ALIGN.JUSTIFY)
        paragraph.paragraph_format.first_line_indent = Pt(2 * BODY)
        return paragraph

    def _note(self, text: str) -> None:
        note = self.line(text, size=SMALL)
        _as_high_as_its_letters(note)

    def _chart(self, chart: SheetChart) -> None:
        title = self.line(chart.title, FIRST, SMALL, align=ALIGN.CENTER)
        title.paragraph_format.keep_with_next = True
        place = self._made.add_paragraph()
        place.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        place.add_run().add_picture(BytesIO(self._printed.picture(chart)), width=Mm(WIDE))

    def _table(self, table: SheetTable) -> None:
        made = self._made.add_table(rows=0, cols=len(table.heads), style="Table Grid")
        made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
        ooxml.inset(made, INSET)
        whole = sum(table.widths)
        widths = [Mm(WIDE * share / whole) for share in table.widths]
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        head = SheetRow(cells=tuple(SheetCell(text=one) for one in table.heads))
        for n, row in enumerate((head, *table.rows)):
            written = made.add_row()
            ooxml.whole(written)
            if n == 0:
                ooxml.repeated_head(written)
            self._row(written.cells, row, widths, is_head=n == 0)

    def _row(self, cells: Sequence[_Cell], row: SheetRow, widths: Sequence[Length], *, is_head: bool) -> None:
        place = 0
        for cell in row.cells:
            field = cells[place]
            if cell.spans > 1:
                field = field.merge(cells[place + cell.spans - 1])
            field.width = Length(sum(widths[place : place + cell.spans]))
            paragraph = field.paragraphs[0]
            face = FIRST if is_head else SECOND if row.is_group else FANG
            ooxml.with_face(paragraph.add_run(cell.text), face, SMALL)
            if is_head or cell.kind is CellKind.NUMBER:
                paragraph.alignment = ALIGN.CENTER if is_head else ALIGN.RIGHT
            _as_high_as_its_letters(paragraph)
            paragraph.paragraph_format.keep_with_next = row.is_group
            place += cell.spans


def _as_high_as_its_letters(paragraph: Written) -> None:
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.paragraph_format.line_spacing = Pt(SMALL + BETWEEN)
