"""A list as a workbook: words stay words whatever they begin with, numbers and days are reckoned with, none is lost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime

import pytest

from shared.calendar import CHINA
from shared.pages import tables
from shared.pages.boards import ON_SCREEN, Board
from shared.pages.cells import (
    BLANK,
    Cell,
    Cells,
    day_cell,
    due_cell,
    limit_cell,
    number_cell,
    percent_cell,
    time_cell,
)
from shared.pages.paging import paging
from shared.pages.words import ShownState
from shared.stretch import Stretch
from tests.workbooks import Book, opened, unquoted

FORMULA = '=HYPERLINK("http://x.example","点此")'


def board(heads: Sequence[str], lines: Sequence[Cells], title: str = "清单") -> Board:
    async def every() -> AsyncIterator[Cells]:
        for line in lines:
            yield line

    return Board(title, dict.fromkeys(heads, ""), lines[:1], "", paging(Stretch.of(len(lines), 1, 1), "条", str, every))


async def book(of: Board) -> Book:
    return opened((await tables.table_of(of, {"名称": of.title})).content)


@pytest.mark.parametrize("text", [FORMULA, "+1", "-1", "@x", "http://x.example", "00123", "{=1}", "a\x0bb"])
async def test_words_are_words_whatever_they_begin_with(text: str) -> None:
    read = (await book(board(["问题"], [(Cell(text),)]))).lists[1][0]
    assert (read.kind, read.value.replace("_x000B_", "\x0b")) == ("words", text)


async def test_numbers_days_and_times_are_reckoned_with() -> None:
    cells = (
        number_cell(1234, "人次"),
        percent_cell(0.953),
        day_cell(date(2018, 3, 5)),
        due_cell(date(2027, 1, 4), True),
        time_cell(datetime(2018, 3, 5, 6, 30, tzinfo=CHINA)),
        limit_cell(0),
    )
    found = await book(board(["a", "b", "c", "d", "e", "f"], [cells]))
    assert [one.kind for one in found.lists[1]] == ["number"] * 6
    assert [one.value for one in found.lists[1]] == ["1234", "0.953", "43164", "46391", "43164.27083333334", "0"]
    formats = unquoted(found.formats)
    assert all(one in formats for one in ('#,##0"人次"', "0.0%", '"（暂定）"', '"个工作日"', "hh:mm"))


async def test_what_only_leads_somewhere_is_left_out_and_a_note_stands_in_brackets() -> None:
    of = Board(
        "整改",
        {"问题": "", "环节": "", "记录": ON_SCREEN},
        [(Cell("灭火器过期", "/x", "重复发现"), Cell(state=ShownState("已逾期", "bad")), Cell("查看", "/y"))],
        "",
    )
    found = await book(of)
    assert found.heads == ["问题", "环节"]
    assert [one.value for one in found.lists[1]] == ["灭火器过期（重复发现）", "已逾期"]


async def test_where_there_is_nothing_the_cell_is_empty() -> None:
    found = await book(board(["日期", "问题"], [(BLANK, Cell("有"))]))
    assert [one.value for one in found.lists[1]] == ["有"]


async def test_a_list_that_is_too_long_is_cut_and_says_so_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    longer, whole = ([(Cell(f"{n}"),) for n in range(count)] for count in (4, 3))
    cut = await book(board(["号"], longer))
    assert [row[0].value for row in cut.lists] == ["号", "0", "1", "2", tables.BEYOND]
    assert (cut.said["行数"], cut.said["未列全"]) == ("3", tables.BEYOND)
    assert "未列全" not in (await book(board(["号"], whole))).said


async def test_the_rows_are_asked_for_one_by_one_and_others_have_their_turn() -> None:
    class Counting:
        most = at = 0

    async def every() -> AsyncIterator[Cells]:
        for n in range(1000):
            Counting.at = n
            yield (Cell(f"第{n}行" * 20),)

    of = Board("长", {"行": ""}, (), "", paging(Stretch.of(1000, 1, 25), "行", str, every))
    assert (await tables.table_of(of, {})).rows == 1000
    assert Counting.at == 999
