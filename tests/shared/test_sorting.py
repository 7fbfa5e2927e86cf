"""A list is sorted by a column's head; what has no value stands last either way."""

from __future__ import annotations

import re

import pytest

from shared.pages.sorting import in_order, pattern_of, sorting
from shared.web.boards import Address

COLUMNS = {"name": "单位", "-score": "得分"}
LINES: list[tuple[str, int | None]] = [("甲", 90), ("乙", None), ("丙", 95), ("丁", 90)]


@pytest.mark.parametrize(
    ("sort", "names"), [(None, "甲乙丙丁"), ("score", "甲丁丙乙"), ("-score", "丙甲丁乙"), ("name", "丁丙乙甲")]
)
def test_what_has_no_value_stands_last_and_equal_ones_stay(sort: str | None, names: str) -> None:
    order = "丁丙乙甲"
    found = in_order(LINES, sort, lambda one, by: one[1] if by == "score" else order.index(one[0]))
    assert "".join(name for name, _ in found) == names


@pytest.mark.parametrize(
    ("asked", "by_score", "now"),
    [(None, "-score", ""), ("-score", "score", "descending"), ("score", "-score", "ascending")],
)
def test_a_head_leads_to_its_order_and_then_to_the_reverse(asked: str | None, by_score: str, now: str) -> None:
    found = sorting(COLUMNS, asked, Address("/list", {"category": "office", "sort": asked}).sorted_by)
    head = found.heads["得分"]
    assert (head.url, head.sorted) == (f"/list?category=office&sort={by_score}", now)
    assert (found.heads["单位"].url, found.asked) == ("/list?category=office&sort=name", asked or "")


def test_an_address_asks_for_columns_of_the_list_alone() -> None:
    known = re.compile(pattern_of(COLUMNS))
    assert [bool(known.match(asked)) for asked in ("name", "-name", "score", "rank", "--score")] == [
        True,
        True,
        True,
        False,
        False,
    ]
