"""The form by which a lesson is scheduled otherwise before its day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.events.roster import LessonScheduled, ScheduleLesson
from shared.forms import Field, Form
from shared.pipeline.decisions import Original, fact_of
from shared.web.records.correctable import Rewriting, of_facts

CHANGE = Form(
    ScheduleLesson,
    "change-lesson",
    "更改党课安排",
    "提交更改",
    (Field("title", "党课名称"), Field("day", "日期")),
    given=("lesson",),
    lead="更改受理后，以更改后的安排为准；当天起不能再更改。",
)


def _body(original: Original) -> Mapping[str, Any]:
    return fact_of(original, LessonScheduled).model_dump(mode="json")


CHANGING = Rewriting(CHANGE, of_facts(_body))
