"""`register <file> [--check]`: founds a county and enters its organisations, from a table; safe to repeat."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from deploy.commands.listed import EXAMPLE, Listed, read_table
from deploy.commands.speaker import Speaker, Speaking
from deploy.embedded.trouble import Trouble
from shared.events import Submission
from shared.events.roster import StationDepartment

NOTHING_LEFT = frozenset({"already-stationed"})
"""Reasons for a no that mean that all is as the table says."""


def register(speaking: Speaking, typed: Sequence[str]) -> None:
    """One after another, those above first; it stops at the first that is refused, and says which it was."""
    parser = argparse.ArgumentParser(
        prog="make register FILE=",
        description="Founds the county and enters its organisations.",
        epilog=f"The table:\n{EXAMPLE}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", nargs="?", default="-", help="the table as CSV; - is standard input")
    parser.add_argument("--check", action="store_true", help="only look at the table")
    asked = parser.parse_args(typed)
    rows = read_table(asked.file)
    if asked.check:
        print(f"表中{len(rows)}个单位，格式无误。仅检查，未报送。")
        return
    county = speaking()
    for done, row in enumerate(rows):
        for data in _said_of(row):
            _submit(county, data, row, done)
    print(f"已登记{len(rows)}个单位。")
    print(f"联合党委登录网页和程序用的口令：make issue-token OF={county.county} HOLDER=用途")
    print("单位电脑的登记码：make invite STATION=单位编号")


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
