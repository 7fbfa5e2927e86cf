"""A sheet says everything itself, and keeps its bytes: whatever is no finished value is no sheet."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from services.feedback.papers.sheet import Item, Items, Paragraph, Sheet, SheetCell, SheetRow, SheetTable
from tests.feedback.papers.sheets import CHART, TABLE, letter


def test_it_is_read_back_from_its_json_as_it_was() -> None:
    sheet = letter(2)
    assert Sheet.model_validate_json(sheet.canonical()) == sheet
    assert Sheet.model_validate_json(sheet.canonical()).canonical() == sheet.canonical()


def test_what_is_empty_is_left_out_and_names_are_in_order_so_that_older_bytes_stay() -> None:
    said = json.loads(letter(mark="", contact="").canonical())
    assert not {"mark", "contact"} & said.keys()
    assert [*said] == sorted(said)
    assert said["blocks"][0] == {"kind": "paragraph", "runs": [{"text": "现将你单位2018年第一季度履职情况反馈如下。"}]}
    assert said["template"] == "1"


@pytest.mark.parametrize(
    ("words", "kept"),
    [("a\u0000b", "a b"), ("两行\n文字", "两行 文字"), ("\ufffe", ""), ("赟", "赟")],
)
def test_characters_that_no_format_holds_are_none(words: str, kept: str) -> None:
    paragraph = Paragraph.of(words)
    assert paragraph.text == kept
    assert paragraph.model_dump_json().encode()


WRONG: tuple[tuple[str, dict[str, Any]], ...] = (
    ("a title without end", {"title": "长" * 201}),
    ("a paragraph without end", {"blocks": ({"kind": "paragraph", "runs": [{"text": "长" * 4001}]},)}),
    ("a block of no kind", {"blocks": ({"kind": "picture"},)}),
    ("a fifth level", {"blocks": ({"kind": "heading", "level": 5, "text": "一"},)}),
    ("a name that a sheet has not", {"seal": "no"}),
    ("a layout that there is not", {"layout": "letter"}),
    ("more blocks than are printed", {"blocks": (Paragraph.of("一"),) * 401}),
    ("a day that is none", {"issued": "2018-02-30"}),
)


@pytest.mark.parametrize("more", [more for _, more in WRONG], ids=[called for called, _ in WRONG])
def test_it_refuses(more: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        letter(**more)


def test_rows_and_series_fill_what_they_stand_in() -> None:
    short = {**TABLE.model_dump(), "rows": (SheetRow(cells=(SheetCell(text="一"),)),)}
    with pytest.raises(ValidationError):
        SheetTable.model_validate(short)
    with pytest.raises(ValidationError):
        type(CHART).model_validate({**CHART.model_dump(), "categories": ("一",)})


def test_a_thing_to_be_put_right_names_who_and_by_when_as_far_as_it_is_said() -> None:
    (item,) = next(block for block in letter().blocks if isinstance(block, Items)).items
    assert item.said == "请更新公示栏。（责任单位：民政局；完成时限：2018年4月10日）"
    assert Item(text="请加强自查。").said == "请加强自查。"
