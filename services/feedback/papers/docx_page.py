"""The page of a text document by GB/T 9704-2012: A4, 37 mm above, 28 mm within, 22 lines of 28 characters."""

from __future__ import annotations

from docx.document import Document as Made
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from services.feedback.papers import ooxml

TITLE, FIRST, SECOND, FANG, NUMBER = "方正小标宋简体", "黑体", "楷体", "仿宋", "宋体"
THIRD, FOURTH, SMALL = 16, 14, 12
PITCH = 28.95
"""Points from line to line: 22 of them are a hair less than 225 mm."""
BODY, TIGHTENED = 15.75, 5
"""Points from character to character, of 16 less five twentieths: 28 of them are a hair less than 156 mm."""


def laid_out(made: Made) -> None:
    """Margins, lines, page numbers at the outer edge."""
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(22)
    made.settings.odd_and_even_pages_header_footer = True
    ooxml.mirrored(made.settings.element)
    _lines(made)
    for footer, align in ((section.footer, ALIGN.RIGHT), (section.even_page_footer, ALIGN.LEFT)):
        number = footer.paragraphs[0]
        number.alignment, number.paragraph_format.first_line_indent = align, Pt(0)
        number.paragraph_format.left_indent = number.paragraph_format.right_indent = Pt(THIRD)
        ooxml.page_number(number, NUMBER, FOURTH)


def _lines(made: Made) -> None:
    """What every paragraph begins with: no space added between scripts, no line kept from standing alone."""
    normal = made.styles["Normal"]
    normal.font.size, normal.font.name = Pt(THIRD), NUMBER
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FANG)
    lines = normal.paragraph_format
    lines.space_before = lines.space_after = Pt(0)
    lines.line_spacing_rule, lines.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(PITCH)
    lines.widow_control = False
    properties = normal.element.get_or_add_pPr()
    for tag in ("autoSpaceDE", "autoSpaceDN", "snapToGrid"):
        properties.insert_element_before(ooxml.element(tag, val=0), "w:spacing", "w:ind", "w:jc")
