"""Forms to try others by, and what is said of what is entered in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.events.greenchannel import CompleteCase
from shared.events.inspection import ExtendRectification, LogInspection
from shared.forms import Entered, Field, Form, Group, Kind, Marks, Photos, Remark, Ticket, UnfitForm, Wrong, read, shown
from shared.forms.declared import Choosing
from shared.forms.findings import finding_rows
from shared.pages.templates import FOLDER, Templates

WHICH = "00000000-0000-7000-8000-000000000001/0"
EXTEND = Form(
    ExtendRectification,
    "extend",
    "延长期限",
    "同意延期",
    (Field("working_days", "延长工作日数"), Field("reason", "理由")),
    given=("rectification",),
)
FEE = Form(
    CompleteCase,
    "done",
    "办结",
    "报送",
    (
        Field("case", "办件编号", Kind.SUGGESTED, lambda cases: cases, sentence="“办件编号”应当从列表中选择或者照抄。"),
        Field("visits", "到现场次数", unit="次"),
        Field("fee", "收费", Kind.HUNDREDTHS, unit="元", default="0.00"),
        Field("posted", "证照寄送", choices={"no": "当场领取", "yes": "邮寄送达"}),
    ),
)
ITEMS = (Choosing("open", "按时开门", "权重2"), Choosing("clean", "环境整洁"))


def weighed(items: Any, data: Mapping[str, Any]) -> Mapping[str, Any]:
    """As a patrol's form completes its data."""
    marks = data.get("checked", {}).get("marks")
    made = {"patrol": "station"}
    return (
        made | {"score": sum(marks.values()) * 50, "checked": {"checklist": "station", "version": 2}} if marks else made
    )


PATROL = Form(
    LogInspection,
    "patrol",
    "日巡查",
    "提交",
    (
        Group("检查打分", (Marks("checked.marks", lambda items: items, {"100": "符合", "0": "不符合"}),), when=bool),
        Field("score", "得分", Kind.HUNDREDTHS, when=lambda items: not items),
        finding_rows(2),
        Photos("photos", "现场照片"),
        Remark("照片可以稍后补充。"),
    ),
    completed=("patrol", "score", "checked.checklist", "checked.version"),
    complete=weighed,
)
MARKED = {"checked-marks-open": "100", "checked-marks-clean": "0"}
TICKET = Ticket("00000000-0000-4000-8000-00000000000a", "2018-03-05T09:30:00+08:00")
GIVEN = {"rectification": WHICH}


def wrongs(form: Form, values: Mapping[str, str], context: Any = None, **given: Any) -> list[Wrong]:
    found = read(form, values, context, given)
    return list(found.wrongs) if isinstance(found, UnfitForm) else []


def sentences(form: Form, values: Mapping[str, str], context: Any = None, **given: Any) -> list[str]:
    return [one.sentence for one in wrongs(form, values, context, **given)]


DEFAULTS: Mapping[str, str] = {"item": "", "severity": "minor", "rectify_within": "3", "note": ""}


def page(form: Form, entered: Entered | None = None, context: Any = None) -> str:
    """The form as its template prints it."""
    templates = Templates(FOLDER, "/static", "/")
    text = '{% import "forms.html" as forms %}{{ forms.form(form) }}'
    seen = shown(form, "/there", context, entered or Entered(ticket=TICKET), {"about": "150424100202"})
    return templates._environment.from_string(text).render(form=seen)
