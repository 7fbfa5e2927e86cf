"""Pages are those of GB/T 9704-2012: measured in the PDF, in millimetres, lines and characters."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from services.feedback.papers.fonts import COMES_WITH_THE_SETUP, RARE, families
from services.feedback.papers.pdf import Press, WithoutFaces
from services.feedback.papers.sheet import Heading, Layout, Paragraph, Sheet, SheetCell, SheetRow, SheetTable
from tests.feedback.papers.printed import attached, here, pages_of
from tests.feedback.papers.sheets import COMMITTEE, LONG, letter
from tests.feedback.papers.sheets import RARE as RARE_NAME

WITHIN = 0.5
"""Millimetres."""


def near(found: float, norm: float, within: float = WITHIN) -> bool:
    return abs(found - norm) <= within


def test_a_full_page_has_22_lines_of_28_characters_within_156_by_225_mm() -> None:
    _, second, *_ = pages_of(letter(14))
    *body, number = second.lines
    assert (near(second.width, 210), near(second.height, 297)) == (True, True)
    assert [len(line.text) for line in body] == [28] * 22
    assert all(near(line.right - line.left, 156) for line in body)
    assert near(body[0].foot, 37 + 5.64)
    assert all(near(after.foot - before.foot, 225 / 22) for before, after in pairwise(body))
    assert body[-1].foot <= 262
    assert {line.size for line in body} == {16.0}
    assert number.text.strip() == "— 2 —"


def test_28_mm_are_left_where_pages_are_bound_and_numbers_stand_at_the_outer_edge() -> None:
    first, second, third, *_ = pages_of(letter(14))
    assert near(first.line("民政局机关").left, 28)
    assert near(third.lines[0].left, 28)
    assert near(second.lines[0].left, 26)
    odd, even = first.lines[-1], second.lines[-1]
    assert (odd.text.strip(), even.text.strip()) == ("— 1 —", "— 2 —")
    assert near(210 - 26 - odd.right, 5.57)
    assert near(even.left - 26, 5.57)
    assert near(odd.foot - 4.9, 262 + 7, within=2)


def test_each_part_has_its_own_face_and_size() -> None:
    first = pages_of(letter())[0]
    looks = {begins: (first.line(begins).face, first.line(begins).size) for begins in ("一、", "（一）", "现将")}
    assert looks == {
        "一、": ("FandolHei-Regular", 16.0),
        "（一）": ("FandolKai-Regular", 16.0),
        "现将": ("FandolFang-Regular", 16.0),
    }
    head, number, title = first.lines[0], first.line("安政联党函"), first.lines[2]
    assert (head.text, head.face) == (COMMITTEE, "FandolSong-Bold")
    assert number.text == "安政联党函〔2018〕7号"
    assert (title.face, title.size) == ("FandolSong-Bold", 22.0)


def test_the_head_is_35_mm_down_and_its_line_4_mm_below_the_number() -> None:
    first = pages_of(letter())[0]
    ((left, right, top, thick),) = first.stripes
    assert (near(left, 28), near(right - left, 156), near(thick, 0.7, 0.1)) == (True, True, True)
    assert near(top - first.line("安政联党函").foot, 4, within=1)
    assert near(first.lines[0].foot - first.lines[0].size * 25.4 / 72 - 37, 35, within=3)
    assert first.lines[2].foot - top > 2 * 225 / 22, "two lines are free above the title"


def test_the_date_is_four_characters_from_the_right_and_who_signs_stands_above_its_middle() -> None:
    page = next(page for page in pages_of(letter(14)) if any(line.text == "2018年4月12日" for line in page.lines))
    day = page.line("2018年4月12日")
    signed = page.lines[page.lines.index(day) - 1]
    before = page.lines[page.lines.index(day) - 2]
    assert signed.text == COMMITTEE
    assert near(28 + 156 - day.right, 4 * 156 / 28, within=1)
    assert near((day.left + day.right) / 2, (signed.left + signed.right) / 2, within=1)
    assert near(signed.foot - before.foot, 3 * 225 / 22), "two lines are free for the seal"
    assert page.line("（联系人").foot > day.foot


@pytest.mark.parametrize("length", range(1, 30, 3))
def test_copies_and_printing_stand_at_the_foot_of_the_last_page_which_is_even(length: int) -> None:
    pages = pages_of(letter(length))
    last = pages[-1]
    assert len(pages) % 2 == 0
    copies, printed = last.line("抄送：县委组织部，派驻纪检组。"), last.line(f"{COMMITTEE}办公室")
    assert printed.text.endswith("2018年4月12日印发")
    assert (copies.size, printed.size) == (14.0, 14.0)
    stripes = [one for one in last.stripes if near(one[1] - one[0], 156) and one[3] < 0.5]
    assert [round(one[3], 2) for one in stripes] == [0.35, 0.25, 0.35]
    assert near(stripes[-1][2] + 0.35, 262)
    assert not any("抄送" in line.text for page in pages[:-1] for line in page.lines)


def test_neither_an_empty_page_nor_the_imprint_behind_it_has_a_number() -> None:
    """Where the text fills an even page to its foot the imprint has a sheet of its own."""
    found = [pages_of(letter(length, annexes=0)) for length in range(5, 30)]
    behind = [pages for pages in found if not pages[-2].lines]
    assert behind, "one of these fills its last page"
    for pages in behind:
        assert [line.text for line in pages[-1].lines if "—" in line.text] == []
        assert pages[-3].lines[-1].text.strip() == f"— {len(pages) - 2} —"


@pytest.mark.parametrize("length", range(1, 24, 2))
def test_who_signs_never_stands_alone_on_a_page(length: int) -> None:
    pages = pages_of(letter(length, annexes=0))
    page = next(page for page in pages if any(line.text == "2018年4月12日" for line in page.lines))
    assert "整改方案" in "".join(line.text for line in page.lines)


def test_characters_of_rare_names_are_printed_by_a_face_that_has_them_and_read_as_themselves() -> None:
    first = pages_of(letter())[0]
    line = first.line(RARE_NAME)
    assert line.face == "BabelStoneHan"
    read = pypdfium2.PdfDocument(here().pdf(letter()))[0].get_textpage().get_text_range()
    assert RARE_NAME in read.replace("\r\n", "")


def test_the_same_sheet_gives_the_same_bytes_in_whichever_press() -> None:
    again = Press((str(COMES_WITH_THE_SETUP),))
    again.pdf(letter(3, number="另一份"))
    assert again.pdf(letter(3)) == here().pdf(letter(3))
    assert here().pdf(letter(3)) != here().pdf(letter(3, mark="更正第1次"))


def test_it_is_pdf_a_3u_and_carries_the_sheets_own_json() -> None:
    sheet = letter()
    content = here().pdf(sheet)
    assert b"<pdfaid:part>3</pdfaid:part>" in content
    assert b"<pdfaid:conformance>U</pdfaid:conformance>" in content
    files = attached(content)
    assert files == {f"{sheet.id}.json": sheet.canonical()}
    assert Sheet.model_validate(json.loads(files[f"{sheet.id}.json"])) == sheet


def test_an_electronic_page_has_no_red_head_number_nor_imprint() -> None:
    pages = pages_of(letter(layout=Layout.ELECTRONIC, annexes=0))
    assert len(pages) == 1
    assert not any("抄送" in line.text or "印发" in line.text for page in pages for line in page.lines)
    assert pages[0].lines[0].foot < 37 + 12


@pytest.mark.parametrize(
    "strange",
    ['#panic("no")', "*粗* _斜_ $x$ <a> @b", "\\", "https://example.org", "`", "[", "{", '"', "a\nb", "“”‘’", "\u200b"],
)
def test_words_are_printed_as_words_whatever_they_would_mean_to_who_sets_them(strange: str) -> None:
    blocks = (Paragraph.of(strange), Heading(level=1, text=strange))
    sheet = letter(title=strange, title_lines=(), to=strange, blocks=blocks)
    read = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(here().pdf(sheet)))
    kept = "".join(strange.replace("\u200b", "").split())
    assert kept in "".join(read.split())


def test_a_document_of_every_length_that_a_sheet_takes_is_printed() -> None:
    most = letter(blocks=tuple(Paragraph.of(LONG * 60) for _ in range(40)), annexes=0)
    assert len(pages_of(most)) > 100


def test_a_countys_own_face_goes_before_those_that_come_with_the_set_up() -> None:
    there = {"FangSong_GB2312", "FandolFang R", RARE}
    assert families("body", there) == ["FangSong_GB2312", "FandolFang R", RARE]
    assert families("body", {RARE}) == [RARE]


def test_without_any_face_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(WithoutFaces):
        Press((str(tmp_path),))


def test_the_name_of_a_group_of_rows_never_ends_a_page() -> None:
    def grouped(before: int) -> SheetTable:
        rows = tuple(SheetRow(cells=(SheetCell(text="自查"),)) for _ in range(before))
        group = SheetRow(is_group=True, cells=(SheetCell(text="改革"),))
        return SheetTable(caption="表", heads=("指标",), widths=(1,), rows=(*rows, group, *rows))

    tables = [letter(annexes=0, blocks=(grouped(n), Paragraph.of("完。"))) for n in range(12, 40)]
    ends = [page.lines[-2].text for sheet in tables for page in pages_of(sheet)[:-1] if len(page.lines) > 2]
    assert len(ends) > 10
    assert "改革" not in ends
