"""The forms of the local page, one for each kind of work that a village officer reports."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from services.station.desk import Desk
from services.station.outbox.outbox import Outbox
from services.station.outbox.rows import Saved, State
from services.station.page.fields import (
    Field,
    Form,
    Group,
    Option,
    Unfit,
    Values,
    choice,
    hundredths,
    long,
    number,
    photos,
    whole,
)
from services.station.page.patrol_form import PATROL
from shared.events import Submission
from shared.hundredths import decimal
from shared.pages.chinese import CLIENTS, MODES, time_text

CASE_HINT = "受理该办件时的报送编号：从列表中选择，或者从报送记录中抄录。"


def _options(among: Mapping[str, str]) -> tuple[Option, ...]:
    return tuple(Option(value, name) for value, name in among.items())


def _plain(told: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(value) for name, value in told.items() if not isinstance(value, list)}


def _green_groups(desk: Desk, values: Values) -> list[Group]:
    persons = number("persons", "服务人次", {"persons": "1", **values}, "1", "1000000", hint="企业每次填1。")
    return [
        Group(
            "服务", [choice("client", "服务对象", CLIENTS, values), choice("mode", "服务方式", MODES, values), persons]
        )
    ]


def _green(desk: Desk, values: Values, photos: Sequence[str]) -> dict[str, Any]:
    persons = whole(values, "persons", "服务人次")
    return {"client": values.get("client", ""), "mode": values.get("mode", ""), "persons": persons}


def _opened_groups(desk: Desk, values: Values) -> list[Group]:
    among = {one["process"]: f"{one['name']}（{one['limit_days']}个工作日）" for one in desk.processes}
    return [Group("办件", [_among("process", "事项", among, values, "尚未取得事项清单，请填写事项编号。")])]


def _opened(desk: Desk, values: Values, photos: Sequence[str]) -> dict[str, Any]:
    return {"process": values.get("process", "")}


def _completed_groups(desk: Desk, values: Values) -> list[Group]:
    fields = [
        Field("case", "办件编号", "suggested", values.get("case", ""), _options(desk.cases), hint=CASE_HINT),
        number("visits", "申请人到场次数", values, "0", "1000000"),
        number("fee", "收费（元）", {"fee": "0.00", **values}, "0", "1000000", "0.01"),
        choice("posted", "证照寄送", {"no": "当场领取", "yes": "邮寄送达"}, values),
    ]
    return [Group("办结", fields)]


def _completed(desk: Desk, values: Values, photos: Sequence[str]) -> dict[str, Any]:
    return {
        "case": values.get("case", "").strip(),
        "visits": whole(values, "visits", "申请人到场次数"),
        "fee": hundredths(values, "fee", "收费"),
        "posted": values.get("posted") == "yes",
    }


def _completed_values(told: Mapping[str, Any]) -> dict[str, str]:
    return {**_plain(told), "fee": decimal(told["fee"]), "posted": "yes" if told["posted"] else "no"}


def _attended_groups(desk: Desk, values: Values) -> list[Group]:
    among = {one["lesson"]: f"{one['title']}（{one['day']}）" for one in desk.lessons}
    lesson = _among("lesson", "党课", among, values, "尚未取得党课清单，请填写党课编号。")
    return [Group("签到", [lesson, number("attended", "到课人数", values, "0", "1000000")])]


def _attended(desk: Desk, values: Values, photos: Sequence[str]) -> dict[str, Any]:
    return {"lesson": values.get("lesson", ""), "attended": whole(values, "attended", "到课人数")}


def _taken_groups(desk: Desk, values: Values) -> list[Group]:
    return [Group("整改", [_rectification(desk, values, ("opened", "sent-back"))])]


def _taken(desk: Desk, values: Values, photos: Sequence[str]) -> dict[str, Any]:
    return {"rectification": values.get("rectification", "")}


def _done_groups(desk: Desk, values: Values) -> list[Group]:
    one = _rectification(desk, values, ("opened", "accepted", "sent-back"))
    return [Group("整改", [one, long("note", "整改情况", values), photos()])]


def _done(desk: Desk, values: Values, photos: Sequence[str]) -> dict[str, Any]:
    told = {"rectification": values.get("rectification", ""), "note": values.get("note", "")}
    return told | ({"photos": list(photos)} if photos else {})


def _rectification(desk: Desk, values: Values, stages: Sequence[str]) -> Field:
    among = {
        one["rectification"]: f"{one['item']}（{one['deadline']}前{'，已逾期' if one['overdue'] else ''}）"
        for one in desk.rectifications
        if one["stage"] in stages
    }
    return _among("rectification", "整改事项", among, values, "尚未取得整改清单，请填写整改编号。")


def _among(name: str, label: str, among: Mapping[str, str], values: Values, unknown: str) -> Field:
    """What the county has listed is chosen, else it is written."""
    if among:
        return choice(name, label, among, values)
    return Field(name, label, value=values.get(name, ""), hint=unknown)


FORMS: Mapping[str, Form] = {
    form.key: form
    for form in (
        PATROL,
        Form(
            "green",
            "绿色通道服务",
            "预约、延时、上门、代办服务，办一次报一次。",
            "record-green-service",
            _green_groups,
            _green,
            _plain,
        ),
        Form(
            "case-opened", "办件受理", "受理时登记，办理时限自次日起算。", "open-case", _opened_groups, _opened, _plain
        ),
        Form(
            "case-completed",
            "办件办结",
            "办结时登记到场次数、收费和证照寄送。",
            "complete-case",
            _completed_groups,
            _completed,
            _completed_values,
        ),
        Form(
            "attendance",
            "党课签到",
            "线上听课的，报到课人数。",
            "record-attendance",
            _attended_groups,
            _attended,
            _plain,
        ),
        Form(
            "rectification-taken",
            "整改领办",
            "收到整改事项后先领办。",
            "accept-rectification",
            _taken_groups,
            _taken,
            _plain,
        ),
        Form(
            "rectification-done",
            "整改报送",
            "整改完成后报送情况和照片，由上级核验。",
            "submit-rectification",
            _done_groups,
            _done,
            _plain,
        ),
    )
}
BY_TYPE = {form.type: form for form in FORMS.values()}


def submission(form: Form, desk: Desk, values: Values, photos: Sequence[str]) -> Submission:
    """What was entered as the event that it becomes; what does not fit is said in a sentence."""
    told = form.data(desk, values, photos)
    try:
        return Submission.registry[form.type].model_validate_json(json.dumps(told))
    except ValidationError as error:
        raise Unfit(_sentence(error, form, desk, values)) from error


def _sentence(error: ValidationError, form: Form, desk: Desk, values: Values) -> str:
    names = {str(one["loc"][0]) for one in error.errors(include_url=False) if one["loc"]}
    labels = [one.label for group in form.groups(desk, values) for one in group.fields if one.name in names]
    told = "、".join(f"“{label}”" for label in labels) or "填写的内容"
    return f"{told}不符合要求，请核对后重新保存。"


def open_cases(outbox: Outbox) -> dict[str, str]:
    """Cases taken in here that the county has accepted and nobody has completed here, newest first."""
    rows = outbox.latest(500, (State.PENDING, State.DELIVERED, State.ACCEPTED))
    done = {json.loads(row.body)["case"] for row in rows if row.type == "complete-case"}
    return {row.id: _case(row) for row in rows if row.type == "open-case" and row.id not in done}


def _case(row: Saved) -> str:
    return f"{json.loads(row.body)['process']}（{time_text(row.headers['ce-time'])}受理）"
