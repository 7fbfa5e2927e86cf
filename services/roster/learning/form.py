"""The forms of learning: lessons are scheduled and, before their day, otherwise; attendances, activities, plans."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from shared.events import Fact
from shared.events.reasonable import MOST_PEOPLE
from shared.events.roster import (
    ActivityHeld,
    AttendanceRecorded,
    FileSubplan,
    HoldActivity,
    LessonScheduled,
    RecordAttendance,
    ScheduleLesson,
    SubplanFiled,
)
from shared.events.vocabulary import MOST_TITLE
from shared.forms import Field, Form, Kind
from shared.pipeline.decisions import Original, fact_of
from shared.web.records.correctable import Rewriting, of_facts

LIMIT = f"不超过{MOST_TITLE}字。"
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
CHANGE_ATTENDANCE = replace(ATTEND, key="change-attendance", title="更正到课人数", button="提交更正")
CHANGE_ACTIVITY = replace(ACTIVITY, key="change-activity", title="更正活动", button="提交更正")
CHANGE_SUBPLAN = replace(SUBPLAN, key="change-subplan", title="更正子方案", button="提交更正", lead="")


def _in_the_fact(kind: type[Fact]) -> Any:
    """All that a submission said is in the fact that followed from it."""

    def body(original: Original) -> Mapping[str, Any]:
        return fact_of(original, kind).model_dump(mode="json")

    return of_facts(body)


CHANGING = Rewriting(CHANGE, _in_the_fact(LessonScheduled))
CHANGING_ATTENDANCE = Rewriting(CHANGE_ATTENDANCE, _in_the_fact(AttendanceRecorded))
CHANGING_ACTIVITY = Rewriting(CHANGE_ACTIVITY, _in_the_fact(ActivityHeld))
CHANGING_SUBPLAN = Rewriting(CHANGE_SUBPLAN, _in_the_fact(SubplanFiled))
