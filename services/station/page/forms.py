"""The forms of the local page, one for each kind of work that a village officer reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from services.station.desk import Listed
from services.station.heard import LESSON, PROCESS, RECTIFICATIONS
from services.station.page.here import Here, foreseen_completion, foreseen_service
from services.station.page.patrol_form import PATROL, UPLOAD
from shared.events import Submission
from shared.events.envelope import IS_UUID
from shared.events.greenchannel import CompleteCase, OpenCase, RecordGreenService
from shared.events.inspection import AcceptRectification, ReplacePhoto, SubmitRectification
from shared.events.reasonable import MOST_PEOPLE, MOST_PERSONS, MOST_VISITS
from shared.events.roster import RecordAttendance
from shared.events.withdrawals import WithdrawFromGreenchannel, WithdrawFromInspection, WithdrawFromRoster
from shared.forms import Field, Form, Group, Kind, Photos
from shared.forms.declared import Foresees, Part
from shared.forms.withdrawals import withdrawal
from shared.pages.chinese import (
    AFTER_HOURS,
    CLIENTS,
    FEE_STANDARD,
    MODES,
    PERSONS_OF_ONE,
    day_text,
    limit_text,
    time_text,
)

NO_CASE = "没有可选的在办件；刚刚受理的，请在首页更新任务，或者从报送记录中抄录受理时的报送编号。"
FORMER_CASE = "原来登记的办件"


FORESEEN: Mapping[type[Submission], Foresees] = {
    RecordGreenService: foreseen_service,
    CompleteCase: foreseen_completion,
}


def _form(submission: type[Submission], key: str, title: str, lead: str, group: str, *parts: Part) -> Form:
    form = Form(submission, key, title, "保存并报送", (Group(group, parts),), lead=lead, asks_when="发生时间")
    return replace(form, is_counted=submission in (RecordGreenService, OpenCase), foresees=FORESEEN.get(submission))


def _processes(here: Here) -> dict[str, str]:
    return {one["process"]: f"{one['name']}（{limit_text(one['limit_days'])}）" for one in here.desk.processes}


def _cases(here: Here) -> dict[str, str]:
    """Those that are open, and the one that the form is about: what is corrected was completed already."""
    chosen = here.values.get("case", "")
    is_former = chosen not in here.desk.cases and IS_UUID(chosen)
    named = here.desk.known_cases.get(chosen, FORMER_CASE if here.desk.cases else "")
    return {**({chosen: named} if is_former and named else {}), **here.desk.cases}


def _lessons(here: Here) -> dict[str, str]:
    return {one["lesson"]: f"{one['title']}（{day_text(one['day'])}）" for one in here.desk.lessons}


def _to_rectify(*stages: str) -> Callable[[Here], dict[str, str]]:
    """What is to be put right and has come so far."""
    return lambda here: {
        one["rectification"]: _rectification(one) for one in here.desk.rectifications if one["stage"] in stages
    }


def _rectification(one: Listed) -> str:
    overdue = "，已逾期" if one["overdue"] else ""
    return f"{one['item']}（{day_text(one['deadline'])}前{overdue}）"


def _by_name(kind: str) -> Callable[[Here, str], str]:
    """As it was called when it was told of last."""
    return lambda here, key: here.desk.called(kind, key)


def _no_rectification(here: Here) -> str:
    if here.desk.heard_at is None:
        return "尚未取得整改清单，请填写整改编号。"
    return f"截至{time_text(here.desk.heard_at)}没有可选的整改事项；刚刚交办的，请在首页更新任务，或者填写整改编号。"


def _no_process(here: Here) -> str:
    return "县里还没有公布办件事项。" if here.desk.is_roster_heard else "尚未取得事项清单，请填写事项编号。"


def _no_lesson(here: Here) -> str:
    if not here.desk.is_roster_heard:
        return "尚未取得党课清单，请填写党课编号。"
    return "目前没有安排党课；补报以前的，请填写党课编号。"


def _which(*stages: str) -> Field:
    return Field(
        "rectification",
        "整改事项",
        choices=_to_rectify(*stages),
        unlisted=_no_rectification,
        sentence="“整改事项”不是整改编号，请从列表中选择或者照抄编号。",
        called=_by_name(RECTIFICATIONS),
    )


GREEN = _form(
    RecordGreenService,
    "green",
    "绿色通道服务",
    "预约、延时、上门、代办服务，办一次报一次。",
    "服务",
    Field("client", "服务对象", choices=CLIENTS),
    Field("mode", "服务方式", choices=MODES, hint=AFTER_HOURS),
    Field("persons", "服务人次", default="1", required=True, hint=PERSONS_OF_ONE, most=MOST_PERSONS),
)
OPENED = _form(
    OpenCase,
    "case-opened",
    "办件受理",
    "受理时登记，办理时限自次日起算。",
    "办件",
    Field(
        "process",
        "事项",
        choices=_processes,
        unlisted=_no_process,
        sentence="“事项”不是事项编号，请从列表中选择或者照抄编号。",
        called=_by_name(PROCESS),
    ),
)
COMPLETED = _form(
    CompleteCase,
    "case-completed",
    "办件办结",
    "办结时登记到现场次数、收费和证照寄送。",
    "办结",
    Field(
        "case",
        "办件",
        Kind.CHOICE,
        choices=_cases,
        unlisted=NO_CASE,
        sentence="“办件”不是报送编号，请从列表中选择或者从报送记录中照抄。",
    ),
    Field("visits", "申请人到现场次数", most=MOST_VISITS),
    Field("fee", "收费", Kind.HUNDREDTHS, unit="元", default="0.00", hint=FEE_STANDARD),
    Field("posted", "证照寄送", choices={"no": "当场领取", "yes": "邮寄送达"}),
)
ATTENDED = _form(
    RecordAttendance,
    "attendance",
    "党课签到",
    "线上听课的，报到课人数。",
    "签到",
    Field(
        "lesson",
        "党课",
        choices=_lessons,
        unlisted=_no_lesson,
        sentence="“党课”不是党课编号，请从列表中选择或者照抄编号。",
        called=_by_name(LESSON),
    ),
    Field("attended", "到课人数", most=MOST_PEOPLE),
)
TAKEN = _form(
    AcceptRectification,
    "rectification-taken",
    "整改领办",
    "收到整改事项后先领办。",
    "整改",
    _which("opened", "sent-back"),
)
DONE = _form(
    SubmitRectification,
    "rectification-done",
    "整改报送",
    "整改完成后报送情况和照片，由上级核验。",
    "整改",
    _which("opened", "accepted", "sent-back"),
    Field("note", "整改情况"),
    Photos(upload=UPLOAD),
)
REPLACED = Form(
    ReplacePhoto,
    "photo",
    "照片补传",
    "保存并报送",
    (
        Field("of", "所属记录", Kind.HIDDEN),
        Field("sender", "原报送单位", Kind.HIDDEN),
        Field("missing", "原照片", Kind.HIDDEN),
        Photos("photo", "补传的照片", upload=UPLOAD),
    ),
    lead="原照片没有被接收，请重新拍摄或者另选一张；原记录不变。",
)
FORMS: Mapping[str, Form] = {form.key: form for form in (PATROL, GREEN, OPENED, COMPLETED, ATTENDED, TAKEN, DONE)}
WITHDRAWING = "请说明理由。确认以后与其他报送一样保存，没有线路时自动等待。"
WITHDRAWALS: Mapping[str, Form] = {
    kind.service: withdrawal(kind, f"withdraw-{kind.service}", WITHDRAWING)
    for kind in (WithdrawFromInspection, WithdrawFromGreenchannel, WithdrawFromRoster)
}
"""By the service that accepted what is taken back."""
ALL = {form.key: form for form in (*FORMS.values(), REPLACED, *WITHDRAWALS.values())}
BY_TYPE = {form.submission.type: form for form in ALL.values()}
