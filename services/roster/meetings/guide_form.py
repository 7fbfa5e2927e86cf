"""The forms of the service guide: items with their limits, and lists; what is not in force yet is changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from shared.events.roster import CompileGuideList, GuideItemPublished, GuideListCompiled, PublishGuideItem
from shared.events.vocabulary import MOST_TITLE
from shared.forms import Field, Form, Kind
from shared.pipeline.decisions import Original, fact_of
from shared.web.records.correctable import Rewriting, of_facts

LETTERS = 8
"""Of a digest in a name that nobody types."""
LEAD = "更改受理后，以更改后的内容为准；施行之后不能再更改。"
LIMIT = Field("limit_days", "办理时限", unit="个工作日", hint="当日办结的填0。")
FEE = Field("fee", "收费标准", Kind.HUNDREDTHS, unit="元", hint="每件最多收取的金额；不收费的不填。")
IN_FORCE = Field("effective_from", "施行日期")
ITEM = Form(
    PublishGuideItem,
    "change-item",
    "更改服务指南事项",
    "提交更改",
    (Field("name", "事项名称"), LIMIT, FEE, IN_FORCE),
    given=("process",),
    lead=LEAD,
)


def made_name(*said: str) -> str:
    """Made of what is said, so that nobody types one: the same once more bears the same name, and is refused."""
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:LETTERS]


def _item_name(responsible: str, entered: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"process": f"item-{made_name(responsible, entered['name'])}"}


NAME = Field("name", "事项名称", hint=f"不超过{MOST_TITLE}字。")
PUBLISH = Form(
    PublishGuideItem,
    "publish-item",
    "发布服务指南事项",
    "发布",
    (NAME, LIMIT, FEE, IN_FORCE),
    completed=("process",),
    complete=_item_name,
    lead="责任单位是上面所选的单位。施行日期起受理的办件按此时限计算；施行日期的前一日为止可以更改、取消。",
)
ANEW = replace(
    ITEM,
    key="anew",
    title="调整办理时限",
    button="发布",
    lead="自施行日期起受理的办件按新的时限计算；施行日期的前一日为止可以更改、取消。",
)


def _list_name(_: Any, entered: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"list": f"list-{made_name(entered['name'])}"}


COMPILE = Form(
    CompileGuideList,
    "compile",
    "登记清单",
    "登记",
    (Field("name", "清单名称", hint=f"不超过{MOST_TITLE}字。"), Field("items", "事项数", unit="项")),
    completed=("list",),
    complete=_list_name,
    lead="服务指南由权力清单、公共服务事项清单等组成，逐个登记名称和事项数。",
)
CHANGE_LIST = replace(
    COMPILE,
    key="change-list",
    title="更正清单",
    button="提交更正",
    given=("list",),
    completed=(),
    complete=None,
    lead="",
)


def _item(original: Original) -> Mapping[str, Any]:
    return fact_of(original, GuideItemPublished).model_dump(mode="json")


def _list(original: Original) -> Mapping[str, Any]:
    return fact_of(original, GuideListCompiled).model_dump(mode="json")


CHANGING_ITEM = Rewriting(ITEM, of_facts(_item))
CHANGING_LIST = Rewriting(CHANGE_LIST, of_facts(_list))
