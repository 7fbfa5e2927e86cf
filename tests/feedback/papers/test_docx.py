"""The document to be edited: it opens, and has the pages of the PDF by the same measures."""

from __future__ import annotations

import os
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document

from services.feedback.papers import docx
from services.feedback.papers.drawing_up import Issue, sheet_of
from services.feedback.papers.fonts import COMES_WITH_THE_SETUP
from services.feedback.papers.sheet import Annex, Layout, Sheet, SheetCell, SheetRow, SheetTable
from services.feedback.reports import periods
from tests.feedback.papers.printed import PrintedPage, measured_pages, pages_of
from tests.feedback.papers.sheets import COMMITTEE, LONG, RARE, letter, reported
from tests.wants import EDITED, wants

STAND_FOR = {
    "仿宋": "FandolFang R",
    "黑体": "FandolHei",
    "楷体": "FandolKai",
    "宋体": "FandolSong",
    "方正小标宋简体": "FandolSong",
}
"""What an office's PC calls its faces, and which are here in their place."""
ALIAS = '<alias binding="same"><family>{}</family><prefer><family>{}</family></prefer></alias>'


def faces_in(folder: Path) -> dict[str, str]:
    """An environment in which the faces of an office's PC are those that come with the set-up."""
    aliases = "".join(ALIAS.format(*one) for one in STAND_FOR.items())
    said_by = folder / "fonts.conf"
    said_by.write_text(
        f"<fontconfig><dir>{COMES_WITH_THE_SETUP}</dir><cachedir>{folder}/cache</cachedir>{aliases}</fontconfig>"
    )
    return {**os.environ, "FONTCONFIG_FILE": str(said_by), "HOME": str(folder)}


def opened_and_printed(folder: Path, *sheets: Sheet) -> list[list[PrintedPage]]:
    """Each document's pages as LibreOffice prints them."""
    wants(EDITED)
    names = [f"{n}.docx" for n in range(len(sheets))]
    for name, sheet in zip(names, sheets, strict=True):
        (folder / name).write_bytes(docx.written(sheet, ""))
    office = ("soffice", "--headless", f"-env:UserInstallation=file://{folder}/office", "--convert-to", "pdf")
    subprocess.run((*office, *names), cwd=folder, env=faces_in(folder), check=True, capture_output=True, timeout=300)
    return [measured_pages((folder / name).with_suffix(".pdf").read_bytes()) for name in names]


def listed(*said: object) -> SheetRow:
    return SheetRow(cells=tuple(SheetCell(text=str(one)) for one in said))


def test_libreoffice_opens_it_with_as_many_pages_as_the_pdf_has_and_28_characters_on_22_lines(tmp_path: Path) -> None:
    months = {month: reported(month).measures for month in periods.months_of("2018")}
    year = sheet_of(reported("2018", opinions=("请加强自查。",)), {}, COMMITTEE, Issue(months=months))
    rows = tuple(listed(n, "乡镇（街道）", f"{90 - n / 4:.2f}", f"{n}/28") for n in range(1, 29))
    full = SheetTable(caption="表", heads=("序号", "类别", "得分", "名次"), widths=(2, 4, 3, 11), rows=rows)
    lists = letter(7, annexes=0).model_copy(update={"annexes": (Annex(title="一览表", blocks=(full,)),)})
    electronic = letter(5, annexes=0, layout=Layout.ELECTRONIC)
    sheets = (letter(14), letter(1), letter(7, annexes=0), year, electronic, lists)
    found = opened_and_printed(tmp_path, *sheets)
    assert [len(pages) for pages in found] == [len(pages_of(sheet)) for sheet in sheets]
    body = [line for line in found[0][1].lines if "—" not in line.text]
    assert [len(line.text) for line in body] == [28] * 22
    assert all(abs(line.right - line.left - 156) < 1.5 for line in body)
    copies = found[0][-1].line("抄送：县委组织部")
    assert 235 < copies.foot < 262, "the imprint stands at the foot of the last page"
    assert RARE in "".join(line.text for line in found[0][0].lines)


def test_its_page_has_the_norms_margins_and_its_text_is_the_sheets() -> None:
    made = Document(BytesIO(docx.written(letter(), "")))
    (section,) = made.sections
    margins = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    assert [round(margin.mm) for margin in margins if margin is not None] == [37, 28, 26, 35]
    said = [paragraph.text for paragraph in made.paragraphs]
    assert said[0] == COMMITTEE
    assert "1.请更新公示栏。（责任单位：民政局；完成时限：2018年4月10日）" in said
    (table,) = made.tables
    assert [cell.text for cell in table.rows[2].cells] == ["自查", "次", "1,250"]
    assert made.core_properties.author == COMMITTEE


def test_the_same_sheet_gives_the_same_bytes_and_each_part_bears_the_documents_own_time() -> None:
    sheet = letter(2)
    content = docx.written(sheet, "")
    assert docx.written(sheet, "") == content
    with ZipFile(BytesIO(content)) as packed:
        assert {one.date_time for one in packed.infolist()} == {(2018, 4, 12, 9, 30, 0)}
        assert packed.namelist()[0] == "[Content_Types].xml"


@pytest.mark.parametrize("strange", ["<w:p/>", "a & b", "\u0001控制", "“”", LONG * 10])
def test_words_are_words_whatever_they_would_mean_to_who_reads_the_file(strange: str) -> None:
    made = Document(BytesIO(docx.written(letter(to=strange[:100]), "")))
    kept = strange[:100].replace("\u0001", "")
    assert any(paragraph.text == kept for paragraph in made.paragraphs)
