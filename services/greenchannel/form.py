"""The forms that correct what was registered: filled in with what was, as its facts tell it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.greenchannel.channels import process_names
from shared.events import Submission
from shared.events.greenchannel import (
    CaseCompleted,
    CaseOpened,
    CompleteCase,
    GreenServiceRecorded,
    OpenCase,
    RecordGreenService,
)
from shared.events.reasonable import MOST_PERSONS, MOST_VISITS, no_such_service
from shared.forms import Field, Form, Kind
from shared.pages.chinese import AFTER_HOURS, CLIENTS, FEE_STANDARD, MODES, PERSONS_OF_ONE
from shared.pipeline.decisions import Original, fact_of
from shared.web.records.correctable import Rewriting, of_facts

INSTEAD = "更正受理后，以更正后的内容为准，原记录不再计入统计。"
SERVICE = Form(
    RecordGreenService,
    "service",
    "更正绿色通道服务",
    "提交更正",
    (
        Field("client", "服务对象", choices=CLIENTS),
        Field("mode", "服务方式", choices=MODES, hint=AFTER_HOURS),
        Field("persons", "服务人次", default="1", required=True, hint=PERSONS_OF_ONE, most=MOST_PERSONS),
    ),
    lead=INSTEAD,
    asks_when="发生时间",
    foresees=lambda _, asked, happened: no_such_service(asked, happened),
)
OPENING = Form(
    OpenCase,
    "opening",
    "更正办件受理",
    "提交更正",
    (Field("process", "事项", choices=lambda names: names),),
    lead=INSTEAD,
    asks_when="受理时间",
)
COMPLETION = Form(
    CompleteCase,
    "completion",
    "更正办件办结",
    "提交更正",
    (
        Field("visits", "申请人到现场次数", most=MOST_VISITS),
        Field("fee", "收费", Kind.HUNDREDTHS, unit="元", hint=FEE_STANDARD),
        Field("posted", "证照寄送", choices={"no": "当场领取", "yes": "邮寄送达"}),
    ),
    given=("case",),
    lead=INSTEAD,
    asks_when="办结时间",
)


def _service(original: Original) -> Mapping[str, Any]:
    return fact_of(original, GreenServiceRecorded).model_dump(mode="json")


def _opening(original: Original) -> Mapping[str, Any]:
    return {"process": fact_of(original, CaseOpened).process}


def _completion(original: Original) -> Mapping[str, Any]:
    done = fact_of(original, CaseCompleted)
    return {"case": done.case, "visits": done.visits, "fee": done.fee, "posted": done.posted}


REWRITINGS: Mapping[type[Submission], Rewriting] = {
    RecordGreenService: Rewriting(SERVICE, of_facts(_service)),
    OpenCase: Rewriting(OPENING, of_facts(_opening, process_names)),
    CompleteCase: Rewriting(COMPLETION, of_facts(_completion)),
}
