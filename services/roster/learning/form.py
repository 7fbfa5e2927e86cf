"""The forms of learning: lessons are scheduled and, before their day, otherwise; attendances, activities, plans."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.roster.learning.issuing import issuing_of
from services.roster.learning.model import Certificate
from services.roster.learning.rules import numbered
from shared.database.kept import document, documents
from shared.database.mongo import Database
from shared.events import Fact
from shared.events.reasonable import MOST_PEOPLE
from shared.events.roster import (
    ActivityHeld,
    AttendanceRecorded,
    CertificateIssued,
    FileSubplan,
    HoldActivity,
    IssueCertificate,
    LessonScheduled,
    RecordAttendance,
    ScheduleLesson,
    SubplanFiled,
)
from shared.events.vocabulary import MOST_TITLE
from shared.forms import Field, Form, Kind
from shared.pipeline.decisions import Original, fact_of
from shared.roster.organisations import Organisation, Roster
from shared.web.persons import persons
from shared.web.records.correctable import Reported, Rewriting, of_facts
from shared.web.visit import Visit

LIMIT = f"不超过{MOST_TITLE}字。"
NUMBER = "照证书填写，由字母、数字和短横线组成，字母不分大小写，不超过60个字符。"
PRESCRIBED = {"yes": "规定活动", "no": "自选活动"}
LETTERS = 6
"""Of a digest in a name that nobody types: of one day there are few."""


def lesson_name(day: str, title: str) -> str:
    """Made of its day and title: the same lesson once more bears the same name, and is refused as such."""
    return f"{day}-{hashlib.sha256(title.encode()).hexdigest()[:LETTERS]}"


def _named(_: Any, entered: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"lesson": lesson_name(entered["day"], entered["title"])}


LESSON_FIELDS = (Field("title", "党课名称", hint=LIMIT), Field("day", "日期"))
SCHEDULE = Form(
    ScheduleLesson,
    "schedule",
    "安排党课",
    "安排",
    LESSON_FIELDS,
    completed=("lesson",),
    complete=_named,
    lead="在县政务服务大厅授课，各单位、各站点线上线下同听，当日起登记到课人数。开课前一日为止可以更改、取消。",
)
CHANGE = Form(
    ScheduleLesson,
    "change-lesson",
    "更改党课安排",
    "提交更改",
    LESSON_FIELDS,
    given=("lesson",),
    lead="更改受理后，以更改后的安排为准；当天起不能再更改。",
)
ATTEND = Form(
    RecordAttendance,
    "attend",
    "登记到课人数",
    "登记",
    (Field("lesson", "党课", Kind.HIDDEN), Field("attended", "到课人数", most=MOST_PEOPLE)),
)
ACTIVITY = Form(
    HoldActivity,
    "activity",
    "登记活动",
    "登记",
    (
        Field("title", "活动名称", hint=LIMIT),
        Field("prescribed", "类别", Kind.RADIOS, PRESCRIBED),
        Field("participants", "参加人数", most=MOST_PEOPLE),
    ),
    asks_when="举办时间",
    is_counted=True,
)
SUBPLAN = Form(
    FileSubplan,
    "subplan",
    "改革子方案备案",
    "备案",
    (Field("title", "子方案名称", hint=LIMIT),),
    is_counted=True,
    lead="由牵头的成员单位备案。",
)
CERTIFICATE = Form(
    IssueCertificate,
    "certificate",
    "登记证书",
    "登记",
    (
        Field("certificate", "种类", Kind.CHOICE, lambda issuing: issuing.kinds if issuing else {}),
        Field("number", "证书编号", hint=NUMBER, sentence=f"证书编号不符合要求。{NUMBER}"),
        Field("person", "人员", Kind.CHOICE, lambda issuing: issuing.names if issuing else {}, empty="请选择"),
        Field("home", "所属单位", Kind.HIDDEN),
    ),
    lead="人员在所列单位的人员中选择。",
)
CHANGE_CERTIFICATE = replace(
    CERTIFICATE,
    key="change-certificate",
    title="更正证书",
    button="提交更正",
    lead="所属单位有误的，请撤回后重新登记。",
)
CHANGE_ATTENDANCE = replace(ATTEND, key="change-attendance", title="更正到课人数", button="提交更正")
CHANGE_ACTIVITY = replace(ACTIVITY, key="change-activity", title="更正活动", button="提交更正")
CHANGE_SUBPLAN = replace(SUBPLAN, key="change-subplan", title="更正子方案", button="提交更正", lead="")


def _in_the_fact(kind: type[Fact]) -> Any:
    """All that a submission said is in the fact that followed from it."""

    def body(original: Original) -> Mapping[str, Any]:
        return fact_of(original, kind).model_dump(mode="json")

    return of_facts(body)


async def _certificate(db: Database, original: Original) -> Reported:
    """Whose it is no fact says."""
    issued = fact_of(original, CertificateIssued)
    kept = await document(db, Certificate, numbered(original.organisation, issued))
    if kept is None or kept.withdrawn:
        return Reported()
    roster = Roster({one.id: one for one in await documents(db, Organisation, {})})
    said = kept.model_dump(mode="json", include={"certificate", "number", "person", "home"})
    return Reported(said, issuing_of(roster, original.organisation, original.day))


async def _by_name(here: Visit, original: Original, read: Reported) -> Reported:
    """With the people of the organisation; whoever issues may name them."""
    known, home, person = await persons(here), read.body["home"], read.body["person"]
    names = known.of(home, original.day, whoever=here.who == original.organisation)
    chosen = {person: known.within(person, home, original.day)} if person not in names else {}
    return read._replace(context=replace(read.context, names={**names, **chosen}))


CHANGING = Rewriting(CHANGE, _in_the_fact(LessonScheduled))
CHANGING_CERTIFICATE = Rewriting(CHANGE_CERTIFICATE, _certificate, is_of_now=True, knows=_by_name)
CHANGING_ATTENDANCE = Rewriting(CHANGE_ATTENDANCE, _in_the_fact(AttendanceRecorded))
CHANGING_ACTIVITY = Rewriting(CHANGE_ACTIVITY, _in_the_fact(ActivityHeld))
CHANGING_SUBPLAN = Rewriting(CHANGE_SUBPLAN, _in_the_fact(SubplanFiled))
