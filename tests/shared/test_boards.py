"""What a list says while it has no lines: what to do, or that what was chosen leaves all of it out."""

from __future__ import annotations

import pytest

from shared.pages.boards import Board, Narrowing, choice, narrowing

EMPTY = "还没有文件。签发后列入。"
LEFT_OUT = "没有符合条件的，请放宽条件后再查看。"
YEARS = {"2018": "2018年", "2019": "2019年"}


@pytest.mark.parametrize(
    ("by", "advice"),
    [
        (narrowing("year", "年度", None, YEARS), EMPTY),
        (narrowing("year", "年度", "2018", YEARS), LEFT_OUT),
        (Narrowing("words", "查找", "路"), LEFT_OUT),
        (choice("year", "年度", "2018", YEARS), EMPTY),
    ],
)
def test_only_what_may_be_left_unchosen_leaves_anything_out(by: Narrowing, advice: str) -> None:
    assert Board("文件", {"文号": ""}, (), EMPTY, narrowings=(by,)).advice == advice


def test_where_one_is_always_shown_all_is_not_offered() -> None:
    offered = choice("year", "年度", "2026", YEARS).options
    assert [(one.name, one.chosen) for one in offered] == [("所选的年度", True), ("2018年", False), ("2019年", False)]
