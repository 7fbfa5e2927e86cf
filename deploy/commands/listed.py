"""A county's organisations as an operator lists them (CSV): read, and everything wrong in the table said at once."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from deploy.embedded.trouble import Trouble
from shared.countys_own import KINDS_OF_COUNTY
from shared.events.roster import RegisterOrganisation
from shared.events.vocabulary import Hall, OrganisationKind
from shared.pages.chinese import HALLS, KINDS

EXAMPLE = """\
单位编号,名称,类别,上级,启用日期,成员,应进驻,反馈对象,进驻,职责,依据
123456,安平县政务服务联合党委,县,,2026-01-01,,,,,,
123456-D01,安平县政务服务局,部门,123456,,是,是,是,,hall-patrol,安办发〔2026〕12号
123456-D02,安平县民政局,部门,123456,,是,是,是,政务服务大厅,,
123456-D06,安平县红十字会,部门,123456,,是,,是,,issue-first-aid,
123456100,城关镇,乡镇（街道）,123456,,,,是,,,
123456100202,向阳村便民服务站,行政村,123456100,,,,,,,"""
CODE, SINCE, WINDOW, OFFICES = "单位编号", "启用日期", "进驻", "职责"
TEXTS = {CODE: "code", "名称": "name", "上级": "parent", SINCE: "valid_from", "依据": "basis"}
MARKED = {"成员": "committee_member", "应进驻": "due_in_hall", "反馈对象": "feedback_recipient"}
KIND = "类别"
COLUMNS = (*TEXTS, KIND, *MARKED, WINDOW, OFFICES)
CALLED = {field: column for column, field in {**TEXTS, **MARKED, KIND: "kind", OFFICES: "offices"}.items()}
YES_OR_NO = {"是": True, "否": False, "": False}
IN_WORDS = {**dict.fromkeys(KINDS_OF_COUNTY, OrganisationKind.COUNTY), **{name: kind for kind, name in KINDS.items()}}
INTO = {name: hall for hall, name in HALLS.items()}
MOST, MOST_BYTES = 5_000, 2 * 1024 * 1024
"""Lines and bytes of a table; a county of eleven townships has about 150 lines."""
WHAT = {
    "code": "应当是6位（县）、9位（乡镇）、12位（村）数字，或者县编号加-D01这样的序号",
    "parent": "应当是上级的单位编号",
    "name": "应当填写1至120字",
    "valid_from": "应当写作2027-01-01这样的日期，并且确有这一天",
    "basis": "不得超过1000字",
    "offices": "应当是hall-patrol、issue-first-aid这样的代号，多个用空格隔开",
}


class Listed(NamedTuple):
    """A line of the table: how the organisation stands, and in which hall it has a window."""

    organisation: RegisterOrganisation
    hall: Hall | None


def read_table(place: str) -> list[Listed]:
    """Of a file, or of standard input (`-`), in the order of their registering; `Trouble` names all mistakes."""
    rows = list(_rows(_text(place)))
    if not rows:
        raise Trouble("表中没有单位，请对照样例填写（lianban found --example）。")
    first = next((row[SINCE] for _, row in rows if row[SINCE]), "")
    wrong, found = list[str](), list[Listed]()
    for line, row in rows:
        try:
            found.append(_listed({**row, SINCE: row[SINCE] or first}))
        except _Wrong as no:
            wrong += [f"第{line}行：{sentence}" for sentence in no.sentences]
    wrong += _twice(found)
    if wrong:
        raise Trouble("\n".join(wrong))
    return sorted(found, key=lambda one: (_above(one.organisation), one.organisation.code))


class _Wrong(Exception):
    def __init__(self, sentences: Iterable[str]) -> None:
        super().__init__()
        self.sentences = tuple(sentences)


def _above(one: RegisterOrganisation) -> int:
    """The county, then what is directly below it, then villages: nothing is registered before what is above it."""
    return {OrganisationKind.COUNTY: 0, OrganisationKind.VILLAGE: 2}.get(one.kind, 1)


def _text(place: str) -> str:
    """As spreadsheets save it in China: UTF-8 with or without its mark, or GB 18030."""
    try:
        raw = sys.stdin.buffer.read(MOST_BYTES + 1) if place == "-" else Path(place).read_bytes()
    except OSError as error:
        raise Trouble(f"文件{place}无法读取（{error.strerror}），请核对文件名和读取权限。") from error
    if len(raw) > MOST_BYTES:
        raise Trouble(f"文件{place}过大，不像是单位名录。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Trouble(f"文件{place}既不是UTF-8编码，也不是GB 18030编码，请另存为CSV（UTF-8）后重试。")


def _rows(text: str) -> Iterator[tuple[int, Mapping[str, str]]]:
    """With their lines; empty ones are passed over."""
    table = csv.reader(text.splitlines())
    head = [name.strip() for name in next(table, [])]
    if missing := [name for name in (CODE, "名称", KIND) if name not in head]:
        raise Trouble(f"第1行应当是列名，缺少{'、'.join(missing)}；可以用的列：{'、'.join(COLUMNS)}。")
    if strange := [name for name in head if name and name not in COLUMNS]:
        raise Trouble(f"第1行的列名“{'、'.join(strange)[:60]}”不能识别；可以用的列：{'、'.join(COLUMNS)}。")
    for cells in table:
        if table.line_num > MOST:
            raise Trouble(f"表中超过{MOST}行，请分成几个文件。")
        if any(cell.strip() for cell in cells):
            row = dict(zip(head, (cell.strip() for cell in cells), strict=False))
            yield table.line_num, {name: row.get(name, "") for name in COLUMNS}


def _listed(row: Mapping[str, str]) -> Listed:
    wrong = list(_not_among(row))
    said: dict[str, Any] = {field: row[column] for column, field in TEXTS.items() if row[column]}
    said |= {field: YES_OR_NO.get(row[column], False) for column, field in MARKED.items()}
    said["kind"] = IN_WORDS.get(row[KIND], "county")
    said["offices"] = [{"office": office, "scope": row[CODE][:6]} for office in row[OFFICES].split()]
    try:
        organisation = RegisterOrganisation.model_validate_json(json.dumps(said))
    except ValidationError as error:
        fields = dict.fromkeys(str(one["loc"][0]) for one in error.errors(include_url=False))
        raise _Wrong([*wrong, *(f"“{CALLED[one]}”{WHAT[one]}。" for one in fields)]) from None
    if wrong:
        raise _Wrong(wrong)
    return Listed(organisation, Hall(INTO[row[WINDOW]]) if row[WINDOW] else None)


def _not_among(row: Mapping[str, str]) -> Iterator[str]:
    """What has a few words to choose from and has another."""
    for column in MARKED:
        if row[column] not in YES_OR_NO:
            yield f"“{column}”应当填“是”，或者不填。"
    if row[KIND] not in IN_WORDS:
        yield f"“{KIND}”应当是{'、'.join(IN_WORDS)}之一。"
    if row[WINDOW] and row[WINDOW] not in INTO:
        yield f"“{WINDOW}”应当是{'、'.join(INTO)}之一，或者不填。"


def _twice(found: Iterable[Listed]) -> Iterator[str]:
    seen = set[str]()
    for one in found:
        code = one.organisation.code
        if code in seen:
            yield f"单位编号{code}在表中出现了两次，请保留一行。"
        seen.add(code)
