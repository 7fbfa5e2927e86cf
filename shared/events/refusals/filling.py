"""How the details of a reason read: to a person names, Chinese days and words for codes, to a program what it sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from shared.dates import day_text, period_text, time_text, turn_text
from shared.events.labels import PARTICULARS, POSTS, TYPES
from shared.events.refusals.sentences import InBoth
from shared.services import TABLE

Naming = Callable[[str], str]
"""What an organisation was called, by its code; the code where it is not known."""

WORDS: Mapping[str, Mapping[str, str]] = {
    "field": PARTICULARS,
    "post": POSTS,
    "other_post": POSTS,
    "award_rhythm": {"month": "每月", "quarter": "每季度", "year": "每年"},
    "catalogue": {"award": "荣誉", "work": "轮值工作", "commitment": "承诺事项"},
    "matter": {"accident": "事故", "bad-rating": "差评", "complaint": "投诉"},
    "kind": {
        "county": "县",
        "department": "部门",
        "state-enterprise": "国有企业",
        "township": "乡镇（街道）",
        "village": "行政村",
        "ranch": "牧场",
    },
    "patrol": {"station": "村级便民服务站", "window": "窗口", "facility": "大厅设施", "campaign": "专项巡查"},
    "role": {
        "department-head": "部门负责人",
        "township-deputy": "乡镇分管负责人",
        "discipline-officer": "纪检人员",
    },
    "rhythm": {"daily": "每日", "weekly": "每周", "campaign": "专项"},
    "service": {one.name: one.chinese for one in TABLE},
    "type": TYPES,
}
"""How the values of some details are called in a Chinese sentence."""
UNNAMED = {"service": "该服务", "type": "这一类报送"}
"""What no word is known for, and no person should read as it is."""
ORGANISATIONS = frozenset({"below", "code", "ended", "organisation", "parent", "patroller", "submitter", "successor"})
"""Details that are codes of organisations, one or several."""
BETWEEN = "、"
SAID: Mapping[str, Callable[[str], str]] = {
    "period": period_text,
    "quarter": period_text,
    "turn": turn_text,
    "other_turn": turn_text,
}
"""Details that a person reads in another form."""


def in_chinese(name: str, detail: object, called: Naming) -> str:
    """One detail in a Chinese sentence."""
    match detail:
        case InBoth(zh=zh):
            return zh
        case datetime():
            return time_text(detail)
        case date():
            return day_text(detail)
    text = str(detail)
    if name in ORGANISATIONS:
        return BETWEEN.join(map(called, text.split(BETWEEN)))
    return SAID[name](text) if name in SAID else WORDS.get(name, {}).get(text, UNNAMED.get(name, text))
