"""What docs/mlps.md says of each item of GB/T 22239-2019 is held by tests that are there, or says what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from deploy.embedded.settings import ROOT

NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`").fullmatch
CONTROLS = {
    *("通信传输", "边界防护", "访问控制", "入侵防范", "安全审计", "身份鉴别", "恶意代码防范", "可信验证", "数据完整性"),
    *("数据保密性", "数据备份恢复", "剩余信息保护", "个人信息保护", "系统管理", "审计管理", "安全管理", "集中管控"),
}


class Row(NamedTuple):
    item: str
    level: str
    asks: str
    state: str
    by: str
    held: str
    missing: str


def rows(text: str) -> Iterator[Row]:
    """The lines of the tables of items; one that lacks a cell is an error."""
    lines = ([cell.strip() for cell in line.split("|")[1:-1]] for line in text.splitlines() if line.startswith("|"))
    yield from (Row(*cells) for cells in lines if len(cells) > 2 and cells[0] not in ("item", "---"))


def is_there(test: str) -> bool:
    """Whether the tree has it, by its file and its name."""
    found = NAMED(test)
    file = ROOT / found[1] if found else ROOT
    return bool(found and file.exists() and re.search(rf"^(async )?def {found[2]}\(", file.read_text("utf-8"), re.M))


def wrong(row: Row) -> list[str]:
    """What a row leaves out, and the tests that are not there."""
    said = {"met": bool(row.held and row.by and not row.missing), "partly": bool(row.by and row.missing)}
    is_whole = (said | {"open": bool(row.missing)}).get(row.state, False) and row.level in ("2, 3", "3")
    return ([] if is_whole else [row.state]) + [test for test in row.held.split() if not is_there(test)]


def test_what_is_met_names_tests_that_are_there_and_what_is_not_says_why() -> None:
    known = list(rows((ROOT / "docs" / "mlps.md").read_text(encoding="utf-8")))
    assert {row.item.split()[0] for row in known} >= CONTROLS
    assert {row.item: faults for row in known if (faults := wrong(row))} == {}


@pytest.mark.parametrize(
    "cells", ["met | x | | ", "met | x | `tests/a.py::b` | ", "partly | x | | ", "open | | | ", "done | x | | y"]
)
def test_a_row_that_promises_too_much_is_found(cells: str) -> None:
    assert [bool(wrong(row)) for row in rows(f"| 身份鉴别 a | 2, 3 | asks | {cells} |")] == [True]
