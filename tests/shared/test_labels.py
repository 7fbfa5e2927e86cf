"""Everything that a person may read about has a Chinese name, and nothing has one that is not there any more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from shared.events import Submission
from shared.events.labels import FIELDS, TYPES
from shared.events.misread import FORMATS, HEADERS, misread, why
from tests.shared.test_wording import faults_of

Schema = Mapping[str, Any]


def schemas() -> Iterator[Schema]:
    for kind in Submission.registry.values():
        whole = kind.model_json_schema()
        yield from (whole, *whole.get("$defs", {}).values())


def patterns(node: Any) -> Iterator[str]:
    """Of every text in a schema; a key of a map is one too."""
    if isinstance(node, dict):
        if isinstance(pattern := node.get("pattern"), str) and node.get("format") is None:
            yield pattern
        for inner in node.values():
            yield from patterns(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from patterns(inner)


def test_every_type_of_submission_has_a_chinese_name_of_its_own() -> None:
    assert set(TYPES) == set(Submission.registry)
    assert len(set(TYPES.values())) == len(TYPES)


def test_every_field_of_a_submission_has_a_chinese_name() -> None:
    assert set(FIELDS) == {name for schema in schemas() for name in schema.get("properties", {})}


def test_the_names_are_words_that_offices_use() -> None:
    assert [word for word in (*TYPES.values(), *FIELDS.values(), *HEADERS.values()) if faults_of(f"{word}。")] == []


def test_what_is_named_a_format_is_one() -> None:
    assert set(FORMATS) <= {one for schema in schemas() for one in patterns(schema)}


PATROL = {"patrol": "station", "score": 9800, "findings": []}
FINDING = {"item": "灯不亮", "severity": "minor", "rectify_within": 3}
WRONG = [
    ("log-inspection", {"patrol": "station"}, "缺少“得分”"),
    ("log-inspection", {**PATROL, "score": "9800"}, "“得分”应当是整数"),
    ("log-inspection", {**PATROL, "score": 97.5}, "“得分”应当是整数"),
    ("log-inspection", {**PATROL, "score": 10_001}, "“得分”不得大于10000"),
    ("log-inspection", {**PATROL, "score": -1}, "“得分”不得小于0"),
    ("log-inspection", {**PATROL, "patrol": "shop"}, "“巡查类别”不在可选范围之内"),
    ("log-inspection", {**PATROL, "lamp": 1}, "多出未知项“lamp”"),
    ("log-inspection", {**PATROL, "plan": "每日巡查"}, "“计划”只能包含小写字母、数字和连字符"),
    ("log-inspection", {**PATROL, "findings": [FINDING, {**FINDING, "item": ""}]}, "第2项“事项”不得为空"),
    ("log-inspection", {**PATROL, "findings": [{**FINDING, "item": "灯" * 121}]}, "第1项“事项”不得超过120字"),
    ("log-inspection", {**PATROL, "findings": [FINDING] * 21}, "“发现的问题”不得超过20项"),
    ("log-inspection", {**PATROL, "findings": FINDING}, "“发现的问题”应当是一个列表"),
    ("complete-case", {"case": "X", "visits": 1, "fee": 0, "posted": "yes"}, "“办件”不是系统给出的编号"),
    (
        "complete-case",
        {"case": "0161f3b7-1f00-7ea0-b0ab-582a07e3d956", "visits": 1, "fee": 0, "posted": "yes"},
        "“证照是否寄送”应当是“是”或者“否”",
    ),
    ("close-day", {"day": "2018/3/1"}, "“日期”不是有效的日期"),
    ("close-day", {"day": "2018-02-30"}, "“日期”不是有效的日期"),
    ("close-period", {"period": "2018-13"}, "“期次”不是年度、季度或者月份"),
    (
        "issue-certificate",
        {"certificate": "a", "number": "LX-1", "person": "P1", "home": "150424-D01"},
        "“证书编号”只能",
    ),
    ("grant-award", {"award": "chifeng-good-person", "person": "张三"}, "“人员编号”只能包含字母、数字和连字符"),
    ("raise-issue", {"issue": "a", "title": "a", "consulted": ["民政局"]}, "第1项“征求意见单位”不是单位编号"),
]


@pytest.mark.parametrize(("type_name", "data", "said"), WRONG)
def test_what_is_wrong_with_a_body_is_said_in_chinese_with_the_fields_name(
    type_name: str, data: Mapping[str, Any], said: str
) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(Submission.registry[type_name])
    with pytest.raises(ValidationError) as raised:
        adapter.validate_json(adapter_json(data))
    no = misread(raised.value)
    assert no.zh.startswith(said), no.zh
    assert re.search("[a-z]", str(no))


def adapter_json(data: Mapping[str, Any]) -> bytes:
    return TypeAdapter(dict[str, Any]).dump_json(dict(data))


def test_a_rule_of_the_model_that_speaks_chinese_is_believed_and_another_is_not_quoted() -> None:
    assert why({"type": "value_error", "loc": (), "ctx": {"error": ValueError("起止颠倒")}}) == "起止颠倒"
    assert why({"type": "value_error", "loc": (), "ctx": {"error": ValueError("swapped")}}) == "内容各项之间不一致"
    assert why({"type": "json_invalid", "loc": (), "ctx": {"error": "eof"}}) == "内容不完整或者格式有误"
