"""What offices read says one word for one thing: no page, form or sentence has a word that was given up."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
GIVEN_UP = {
    "重开": "恢复整改",
    "跑动": "到现场次数",
    "静默": "失联",
    "组织机构代码": "单位编号",
    "访问令牌": "登录口令、程序口令",
    "兆字节": "MB",
    "整改时限": "整改期限",
    "金点子银点子": "意见建议",
    "县域总览": "全县概况",
    "不予受理": "退回更正",
    "新的编号|新编号|编号重新": "请改好后再报一次",
}
"""What is not said any more, and what instead."""
FOR_OPERATORS = ("deploy/grafana/", "deploy/prometheus/")
"""Where those who run the system have their own words."""
WRITTEN = re.compile(r'"[^"\n]*"|>[^<\n]*<', re.DOTALL)
"""Texts of a module, and what stands between the tags of a page."""


def read_by_people() -> dict[str, str]:
    files = [*ROOT.glob("services/**/*.py"), *ROOT.glob("shared/**/*.py"), *ROOT.glob("deploy/**/*.py")]
    files += [*ROOT.glob("services/**/*.html"), *ROOT.glob("shared/**/*.html"), *ROOT.glob("services/**/*.js")]
    named = {str(file.relative_to(ROOT)): file.read_text(encoding="utf-8") for file in files}
    return {name: text for name, text in named.items() if not name.startswith(FOR_OPERATORS)}


def test_a_word_that_was_given_up_is_said_nowhere() -> None:
    texts = read_by_people()
    assert len(texts) > 200
    said = [
        (name, old, GIVEN_UP[old])
        for name, text in texts.items()
        for old in GIVEN_UP
        if any(re.search(old, one) for one in WRITTEN.findall(text))
    ]
    assert said == []
