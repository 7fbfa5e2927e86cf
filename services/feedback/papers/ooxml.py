"""Parts of a text document (OOXML) that python-docx has no words for: faces by script, lines, page numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Length, Pt, RGBColor
from docx.table import Table
from docx.text.paragraph import Paragraph as Written
from docx.text.run import Run as WrittenRun

RED = RGBColor(0xD7, 0x00, 0x0F)
HALVES = "宋体"
"""The face of digits and Latin letters: half a character wide."""


def element(tag: str, **attributes: object) -> Any:
    """An element of the main namespace, attributes too."""
    made = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def with_face(run: WrittenRun, face: str, points: float, *, is_red: bool = False) -> None:
    """A run's face for Chinese, its size and colour."""
    run.font.size, run.font.name = Pt(points), HALVES
    if is_red:
        run.font.color.rgb = RED
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)


def tightened(run: WrittenRun, twentieths: int) -> None:
    """So much nearer to the next character, in twentieths of a point."""
    later = ("w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u")
    run._element.get_or_add_rPr().insert_element_before(element("spacing", val=-twentieths), *later)


def inset(table: Table, points: float) -> None:
    """So much room at both sides of each cell of a table; Word's own is more than the pages set elsewhere have."""
    margins = element("tblCellMar")
    for side in ("left", "right"):
        margins.append(element(side, w=int(points * 20), type="dxa"))
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription", "w:tblPrChange")


def lined(paragraph: Written, space: int, **sides: tuple[int, str]) -> None:
    """Lines above (`top`) and below (`bottom`) a paragraph: eighths of a point and colour; so many points away."""
    borders = element("pBdr")
    for side in ("top", "bottom"):
        if side in sides:
            eighths, colour = sides[side]
            borders.append(element(side, val="single", sz=eighths, space=space, color=colour))
    after = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl", "w:rPr")
    paragraph._element.get_or_add_pPr().insert_element_before(borders, *after)


BOX = """<w:r %s><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0" locked="0"
 layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>
<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>
<wp:extent cx="{wide}" cy="{tall}"/><wp:wrapTopAndBottom/><wp:docPr id="1" name="imprint"/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>
<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{tall}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>
<wps:txbx><w:txbxContent/></wps:txbx><wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"/></wps:wsp>
</a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>"""
SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}


def at_the_foot(anchor: Written, lines: Sequence[Written], wide: Length, tall: Length) -> None:
    """Takes paragraphs into a box at the lower edge of the page's text; it hangs on a paragraph of that page."""
    spaces = " ".join(f'xmlns:{name}="{uri}"' for name, uri in SPACES.items())
    box = parse_xml((BOX % spaces).format(wide=int(wide), tall=int(tall)))
    content = box.find(f".//{qn('w:txbxContent')}")
    for line in lines:
        content.append(line._element)
    anchor._element.append(box)


def mirrored(settings: Any) -> None:
    """Margins within and without, by turns."""
    settings.find(qn("w:zoom")).addnext(element("mirrorMargins"))


def page_number(paragraph: Written, face: str, points: float) -> None:
    """— 1 —, as a field that counts."""
    for text, kind in (("— ", ""), ("", "begin"), ("PAGE", "code"), ("", "end"), (" —", "")):
        run = paragraph.add_run(text if kind == "" else "")
        with_face(run, face, points)
        if kind == "code":
            code = element("instrText")
            code.text = text
            run._element.append(code)
        elif kind:
            run._element.append(element("fldChar", fldCharType=kind))


def repeated_head(row: Any) -> None:
    """A table's head, again on each page."""
    row._tr.get_or_add_trPr().append(element("tblHeader"))


def whole(row: Any) -> None:
    """A row that is not broken between pages."""
    row._tr.get_or_add_trPr().append(element("cantSplit"))
