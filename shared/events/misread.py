"""Why a message cannot be read, in a sentence for the person who sent it, and in English for a program."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from pydantic import ValidationError

from shared.events.labels import FIELDS
from shared.events.vocabulary import (
    CODE_PATTERN,
    PERIOD_PATTERN,
    PERSON_PATTERN,
    SHA256_PATTERN,
    SLUG_PATTERN,
    TIME_OF_DAY_PATTERN,
    UUID_PATTERN,
)

HEADERS = {
    "ce-actor": "经办人",
    "ce-corrects": "所更正的报送",
    "ce-id": "报送编号",
    "ce-reason": "更正理由",
    "ce-source": "报送单位",
    "ce-specversion": "事件格式版本",
    "ce-subject": "所涉单位",
    "ce-time": "发生时间",
    "ce-type": "报送类型",
}
"""What says of a submission who, when and what."""
FORMATS = {
    CODE_PATTERN: "不是单位编号",
    UUID_PATTERN: "不是系统给出的编号",
    SHA256_PATTERN: "不是校验值",
    SLUG_PATTERN: "只能包含小写字母、数字和连字符",
    PERSON_PATTERN: "只能包含字母、数字和连字符，不超过40个字符，不填写姓名",
    PERIOD_PATTERN: "不是年度、季度或者月份",
    TIME_OF_DAY_PATTERN: "应当是时和分",
}
"""What is wrong with what does not have its form; of others it is said in general."""


STRANGE = "?"
"""In place of a field's name that is the sender's own."""


class Unfit(Exception):
    """A header or body that is not as the contract says: in English, and with `zh` in Chinese.

    `others` is the same for anybody but the sender, whose own names for things are nobody else's to read.
    """

    def __init__(self, why: str, zh: str, others: Unfit | None = None) -> None:
        super().__init__(why)
        self.zh = zh
        self.others = others or self


def missing_header(name: str) -> Unfit:
    """What every submission says of itself is not said."""
    return Unfit(f"{name} is missing", f"缺少{_header(name)}")


def unlike(name: str, should: str, zh: str) -> Unfit:
    """A header says something that it cannot say."""
    return Unfit(f"{name} is not {should}", f"{_header(name)}{zh}")


def _header(name: str) -> str:
    return f"“{HEADERS.get(name, '其他说明')}”"


def misread(error: ValidationError) -> Unfit:
    """The first of what is wrong with a body."""
    first = error.errors(include_url=False, include_input=False)[0]
    loc = tuple(step if isinstance(step, int) or step in FIELDS else STRANGE for step in first["loc"])
    others = {**first, "loc": loc}
    return Unfit(_english(first), why(first), Unfit(_english(others), why(others)))


def _english(error: Any) -> str:
    place = ".".join(str(step) for step in error["loc"]) or "body"
    return f"{place}: {error['msg']}"


def why(error: Any) -> str:
    """One error of the model in Chinese, with the field's name."""
    label, context = _label(error["loc"]), error.get("ctx", {})
    if error["type"] == "missing":
        return f"缺少{label}"
    if error["type"] == "extra_forbidden":
        return f"多出未知项{label}"
    said = SAID.get(error["type"])
    return f"{label}{said(context) if said else '不符合要求'}" if error["loc"] else _whole(error, context)


def _whole(error: Any, context: Mapping[str, Any]) -> str:
    """Of the body as a whole: a rule of the model that says why in Chinese is believed."""
    if error["type"] != "value_error":
        return "内容不完整或者格式有误"
    own = str(context.get("error", ""))
    return own if re.search("[一-鿿]", own) else "内容各项之间不一致"


def _label(loc: tuple[str | int, ...]) -> str:
    """The last step that has a name, quoted; a row of a list by its number."""
    named = [step for step in loc if isinstance(step, str)]
    rows = [step for step in loc if isinstance(step, int)]
    known = next((FIELDS[step] for step in reversed(named) if step in FIELDS), "")
    last = FIELDS.get(named[-1], named[-1]) if named else known
    return f"{f'第{rows[-1] + 1}项' if rows else ''}“{last or '内容'}”"


def _format(context: Mapping[str, Any]) -> str:
    return FORMATS.get(context.get("pattern", ""), "格式不正确")


def _own(context: Mapping[str, Any]) -> str:
    """Of what a type of the vocabulary says itself, which is in English, its kind."""
    return "不是写明时区的时间" if "a time" in str(context.get("error", "")) else "不是有效的日期"


SAID: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "bool_type": lambda _: "应当是“是”或者“否”",
    "dict_type": lambda _: "不符合要求",
    "enum": lambda _: "不在可选范围之内",
    "float_type": lambda _: "应当是数字",
    "greater_than_equal": lambda context: f"不得小于{context['ge']}",
    "int_from_float": lambda _: "应当是整数",
    "int_type": lambda _: "应当是整数",
    "less_than_equal": lambda context: f"不得大于{context['le']}",
    "list_type": lambda _: "应当是一个列表",
    "string_pattern_mismatch": _format,
    "string_too_long": lambda context: f"不得超过{context['max_length']}字",
    "string_too_short": lambda context: (
        "不得为空" if context["min_length"] == 1 else f"不得少于{context['min_length']}字"
    ),
    "string_type": lambda _: "应当是文字",
    "too_long": lambda context: f"不得超过{context['max_length']}项",
    "too_short": lambda context: f"不得少于{context['min_length']}项",
    "value_error": _own,
}
"""By pydantic's name of an error; bounds come with it."""
