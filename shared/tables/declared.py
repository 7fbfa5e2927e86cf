"""What a table is made of: columns by their headings, and what is wrong in a row, with how it is put right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

IS_CUT = re.compile(r"[0-9](\.[0-9]+)?E\+[0-9]+", re.IGNORECASE).fullmatch
"""How a spreadsheet shows a number of which it has lost digits."""
IS_DAY = re.compile(r"([0-9]{4})[-/.年]?([0-9]{1,2})[-/.月]?([0-9]{1,2})日?").fullmatch
LOST = "长数字已被表格软件改写，末几位丢失"
YES, NO = frozenset({"是", "有", "√", "党员", "yes", "Y", "y"}), frozenset({"否", "无", "×", "群众", "no", "N", "n"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, the name of its value, and what the template says of it."""

    heading: str
    field: str
    says: str
    example: str = ""
    is_needed: bool = False


class Fault(NamedTuple):
    """What is wrong: in which line and under which heading, and how it is put right."""

    line: int
    heading: str
    mistake: str
    cure: str


class Row(NamedTuple):
    """A line of the table, by the names of its values; what is empty is not there."""

    line: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DeclaredTable:
    """One kind of table."""

    title: str
    columns: Sequence[Column]

    def heading(self, field: str) -> str:
        """Of a value."""
        return next((one.heading for one in self.columns if one.field == field), "")

    def read(self, rows: Sequence[Sequence[str]]) -> tuple[list[Row], list[Fault]]:
        """The head is the first row that says anything; what stands in no cell as it was meant is a fault."""
        start = next((n for n, row in enumerate(rows) if any(row)), None)
        if start is None:
            return [], [Fault(1, "", "表中没有内容", "请按模板填写后重新选择文件")]
        head = [_plain(cell) for cell in rows[start]]
        if faults := list(self._unfit_head(start + 1, head)):
            return [], faults
        names = {one.heading: one.field for one in self.columns}
        found, faults = [], list[Fault]()
        for n, cells in enumerate(rows[start + 1 :], start + 2):
            values = {names[name]: cell for name, cell in zip(head, cells, strict=False) if name and cell}
            wrong = [*self._unfit_cells(n, values), *self._missing(n, values)] if values else []
            faults += wrong
            if values and not wrong:
                found.append(Row(n, values))
        return found, faults

    def _unfit_head(self, line: int, head: Sequence[str]) -> Iterator[Fault]:
        known = [one.heading for one in self.columns]
        for one in self.columns:
            if one.is_needed and one.heading not in head:
                yield Fault(line, one.heading, "缺少这一列", "请按模板补上列名")
        for name in dict.fromkeys(head):
            if name and name not in known:
                yield Fault(line, name[:20], "不能识别的列名", f"可以用的列名：{'、'.join(known)}")
            if name and head.count(name) > 1:
                yield Fault(line, name[:20], "列名重复", "请只保留一列")

    def _unfit_cells(self, line: int, values: Mapping[str, str]) -> Iterator[Fault]:
        for field, cell in values.items():
            if cell.startswith("="):
                yield Fault(line, self.heading(field), "单元格是公式", "请把该列复制后选择性粘贴为数值")
            elif IS_CUT(cell):
                yield Fault(line, self.heading(field), LOST, "请把该列设为文本后重新填写")

    def _missing(self, line: int, values: Mapping[str, str]) -> Iterator[Fault]:
        for one in self.columns:
            if one.is_needed and one.field not in values:
                yield Fault(line, one.heading, "没有填写", one.says)


def _plain(cell: str) -> str:
    """A heading without what a template marks it with."""
    return re.sub(r"[（(*＊].*$", "", cell).strip()


def day_in(text: str) -> date | None:
    """2018-03-05, 2018/3/5, 2018.3.5, 2018年3月5日, 20180305; None of what is no day."""
    found = IS_DAY(text.strip())
    try:
        return date(*(int(part) for part in found.groups())) if found else None
    except ValueError:
        return None


def yes_or_no(text: str) -> bool | None:
    """As people write it; None of anything else."""
    return True if text in YES else False if text in NO else None
