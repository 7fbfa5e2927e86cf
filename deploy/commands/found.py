"""`lianban found <file>`: founds a county and enters its organisations, from a table; safe to repeat."""

from __future__ import annotations

from collections.abc import Iterator

from deploy.commands.listed import Listed, read_table
from deploy.commands.speaker import Speaker, Speaking
from deploy.embedded.trouble import Trouble
from shared.events import Submission
from shared.events.roster import StationDepartment

NOTHING_LEFT = frozenset({"already-stationed"})
"""Reasons for a no that mean that all is as the table says."""


def found(speaking: Speaking, file: str, only_looks: bool) -> None:
    """One after another, those above first; it stops at the first that is refused, and says which it was."""
    rows = read_table(file)
    if only_looks:
        print(f"表中{len(rows)}个单位，格式无误。仅检查，未报送。")
        return
    county = speaking()
    for done, row in enumerate(rows):
        for data in _said_of(row):
            _submit(county, data, row, done)
    print(f"已登记{len(rows)}个单位。")
    print(f"联合党委登录网页和程序用的口令：lianban token issue {county.county} --holder 用途")
    print("单位电脑的登记码：lianban invite 单位编号")


def _said_of(row: Listed) -> Iterator[Submission]:
    yield row.organisation
    if row.hall is not None:
        yield StationDepartment(hall=row.hall, valid_from=row.organisation.valid_from)


def _submit(county: Speaker, data: Submission, row: Listed, done: int) -> None:
    code, name = row.organisation.code, row.organisation.name
    no = [one for one in county.reasons(data, code) if one["slug"] not in NOTHING_LEFT]
    if no:
        why = "；".join(str(one["zh"]) for one in no)
        raise Trouble(f"{name}（{code}）没有登记：{why}\n此前{done}个单位已经登记，改正后用同一文件再执行一次。")
