"""The forms of a window: a service through the green channel, a case taken in, and a case done.

Each has a twin that corrects it, filled in with what was registered, as its facts and documents tell it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from services.greenchannel.channels import process_names
from services.greenchannel.model import Case
from services.greenchannel.taking_in import foreseen_opening, offered_processes
from shared.calendar import china_day
from shared.database.kept import document
from shared.database.mongo import Database
from shared.events import Submission
from shared.events.greenchannel import (
    MOST_MARK,
    CaseCompleted,
    CaseOpened,
    CompleteCase,
    GreenServiceRecorded,
    OpenCase,
    RecordGreenService,
)
from shared.events.reasonable import MOST_PERSONS, MOST_VISITS, Unreasonable, no_such_completion, no_such_service
from shared.forms import Field, Form, Kind
from shared.forms.entered import WHEN
from shared.pages.chinese import AFTER_HOURS, CLIENTS, FEE_STANDARD, MODES, PERSONS_OF_ONE
from shared.pipeline.decisions import Original, fact_of
from shared.web.records.correctable import Reported, Rewriting, of_facts

INSTEAD = "更正受理后，以更正后的内容为准，原记录不再计入统计。"
MARK = Field(
    "mark",
    "窗口编号或标识",
    hint=f"便于办结时查找，例如本窗口的流水号，不超过{MOST_MARK}字；不填写姓名、证件号码和电话。",
)


def foreseen_completion(case: Case | None, asked: CompleteCase, happened: datetime) -> Unreasonable | None:
    """Not before it was taken in, and no more is charged than the guide says, where the case is known here."""
    if case is None:
        return no_such_completion(asked, None)
    if china_day(happened) < case.opened:
        return Unreasonable(WHEN, "completed-before-opened", {"case": asked.case, "opened": case.opened})
    return no_such_completion(asked, case.standard)


RECORD = Form(
    RecordGreenService,
    "record",
    "登记绿色通道服务",
    "登记",
    (
        Field("client", "服务对象", Kind.RADIOS, CLIENTS),
        Field("mode", "服务方式", Kind.RADIOS, MODES, hint=AFTER_HOURS),
        Field("persons", "服务人次", default="1", required=True, hint=PERSONS_OF_ONE, most=MOST_PERSONS),
    ),
    asks_when="发生时间",
    is_counted=True,
    foresees=lambda _, asked, happened: no_such_service(asked, happened),
)
TAKE_IN = Form(
    OpenCase,
    "open",
    "受理办件",
    "受理",
    (Field("process", "事项", Kind.CHOICE, offered_processes), MARK),
    lead="办理时限自受理次日起算，按服务指南公布的时限计算。",
    asks_when="受理时间",
    is_counted=True,
    foresees=foreseen_opening,
)
COMPLETE = Form(
    CompleteCase,
    "complete",
    "办结",
    "办结",
    (
        Field("visits", "申请人到现场次数", most=MOST_VISITS),
        Field("fee", "收费", Kind.HUNDREDTHS, unit="元", default="0.00", hint=FEE_STANDARD),
        Field("posted", "证照寄送", Kind.RADIOS, {"no": "当场领取", "yes": "邮寄送达"}),
    ),
    given=("case",),
    asks_when="办结时间",
    foresees=foreseen_completion,
)
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
    foresees=RECORD.foresees,
)
OPENING = Form(
    OpenCase,
    "opening",
    "更正办件受理",
    "提交更正",
    (Field("process", "事项", choices=lambda names: names), MARK),
    lead=INSTEAD,
    asks_when="受理时间",
)
COMPLETION = replace(
    COMPLETE, key="completion", title="更正办件办结", button="提交更正", lead=INSTEAD, foresees=foreseen_completion
)


def _service(original: Original) -> Mapping[str, Any]:
    return fact_of(original, GreenServiceRecorded).model_dump(mode="json")


async def _opening(db: Database, original: Original) -> Reported:
    """By what it is found again no fact says."""
    kept = await document(db, Case, f"{original.organisation}/{original.id}")
    said = {"process": fact_of(original, CaseOpened).process, "mark": kept.mark if kept else ""}
    return Reported(said, await process_names(db))


async def _completion(db: Database, original: Original) -> Reported:
    """What it may cost and when it was taken in its case says."""
    done = fact_of(original, CaseCompleted)
    said = {"case": done.case, "visits": done.visits, "fee": done.fee, "posted": done.posted}
    return Reported(said, await document(db, Case, f"{original.organisation}/{done.case}"))


REWRITINGS: Mapping[type[Submission], Rewriting] = {
    RecordGreenService: Rewriting(SERVICE, of_facts(_service)),
    OpenCase: Rewriting(OPENING, _opening),
    CompleteCase: Rewriting(COMPLETION, _completion),
}
