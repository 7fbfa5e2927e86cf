"""What is entered in a form becomes its submission, or a sentence for each error; the id follows the content."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

import pytest
from pydantic import ConfigDict, model_validator

from shared.calendar import CHINA
from shared.events.greenchannel import CompleteCase, RecordGreenService
from shared.events.inspection import ExtendRectification, LogInspection, PublishCommitment, VerifyRectification
from shared.events.inspection.patrols import Finding
from shared.events.registry import EventData
from shared.events.roster import PlanTurn, ScheduleLesson
from shared.forms import (
    Entered,
    Field,
    Form,
    Kind,
    Rows,
    Ticket,
    UnfitForm,
    Wrong,
    read,
    shown,
    submission_id,
    values_of,
)
from shared.forms.sentences import NOT_IN_A_FIELD
from tests.shared.filled_forms import (
    DEFAULTS,
    EXTEND,
    FEE,
    GIVEN,
    ITEMS,
    MARKED,
    PATROL,
    TICKET,
    WHICH,
    page,
    sentences,
    wrongs,
)


def test_what_is_entered_becomes_the_submission() -> None:
    got = read(EXTEND, {"working_days": " ５ ", "reason": " 等待到货\r\n下周 "}, given=GIVEN)
    assert got == ExtendRectification(rectification=WHICH, working_days=5, reason="等待到货\n下周")


@pytest.mark.parametrize(
    ("form", "entered", "expected"),
    [
        (EXTEND, {"working_days": "5", "reason": " "}, ["请填写“理由”。"]),
        (EXTEND, {"working_days": "5", "reason": "理" * 1012}, ["“理由”不得超过1000字，现有1012字，请精简。"]),
        (EXTEND, {"working_days": "61", "reason": "x"}, ["“延长工作日数”应当在1至60之间。"]),
        (EXTEND, {"working_days": "0", "reason": "x"}, ["“延长工作日数”应当在1至60之间。"]),
        (EXTEND, {"working_days": "1.5", "reason": "x"}, ["“延长工作日数”应当填写整数。"]),
        (EXTEND, {"working_days": "两", "reason": ""}, ["“延长工作日数”应当填写整数。", "请填写“理由”。"]),
        (EXTEND, {}, ["请填写“延长工作日数”。", "请填写“理由”。"]),
        (PATROL, {"score": "97.555"}, ["“得分”最多保留两位小数。"]),
        (PATROL, {"score": "100.01"}, ["“得分”应当在0至100之间。"]),
        (PATROL, {"score": "很好"}, ["“得分”应当填写数字。"]),
        (FEE, {"case": "x", "visits": "1", "fee": "1", "posted": "no"}, ["“办件编号”应当从列表中选择或者照抄。"]),
        (FEE, {"case": WHICH[:36], "visits": "1", "fee": "1", "posted": "maybe"}, ["请选择“证照寄送”。"]),
    ],
)
def test_each_error_is_said_in_a_sentence(form: Form, entered: dict[str, str], expected: list[str]) -> None:
    assert sentences(form, entered, {} if form is FEE else (), **(GIVEN if form is EXTEND else {})) == expected


def test_hundredths_yes_and_no_and_choices_of_the_context_are_read() -> None:
    entered = {"case": WHICH[:36], "visits": "0", "fee": "１２．３", "posted": "yes"}
    got = read(FEE, entered, {WHICH[:36]: "办理许可"})
    assert got == CompleteCase(case=WHICH[:36], visits=0, fee=1230, posted=True)


def test_a_pattern_without_a_sentence_of_its_own_is_said_too() -> None:
    form = Form(
        PublishCommitment, "c", "", "", (Field("person", "人员编号"), Field("item", "事项"), Field("text", "承诺"))
    )
    assert sentences(form, {"person": "张 三", "item": "x", "text": "y"}) == [
        "“人员编号”不符合要求，请核对后重新填写。"
    ]


@pytest.mark.parametrize("day", ["昨天", "2018-02-30", "20180305"])
def test_a_day_that_no_calendar_has_is_said(day: str) -> None:
    form = Form(ScheduleLesson, "l", "", "", (Field("lesson", "编号"), Field("title", "党课"), Field("day", "日期")))
    assert sentences(form, {"lesson": "spring", "title": "党课", "day": day})[0].startswith("“日期”")
    assert not sentences(form, {"lesson": "spring", "title": "党课", "day": "2018-03-05"})


def test_marks_complete_what_follows_from_them() -> None:
    got = read(PATROL, MARKED, ITEMS, photos=["a" * 64])
    assert isinstance(got, LogInspection)
    assert got.checked
    assert (got.score, got.checked.version, got.photos) == (5000, 2, ["a" * 64])
    assert sentences(PATROL, {"checked-marks-open": "100"}, ITEMS) == ["请选择“环境整洁”。"]
    assert sentences(PATROL, MARKED | {"checked-marks-open": "33"}, ITEMS) == ["请选择“按时开门”。"]


@pytest.mark.parametrize("touched", [{"note": "灭火器过期"}, {"severity": "major"}, {"rectify_within": "5"}])
def test_a_row_with_anything_in_it_is_a_row(touched: dict[str, str]) -> None:
    row = {f"findings-1-{name}": text for name, text in {**DEFAULTS, **touched}.items()}
    assert wrongs(PATROL, {"score": "90", **row}) == [Wrong("请填写问题2的“发现的问题”。", "findings-1-item")]


def test_the_defaults_of_a_row_are_nothing_that_was_entered() -> None:
    rows = {f"findings-{n}-{name}": text for n in range(2) for name, text in DEFAULTS.items()}
    got = read(PATROL, {"score": "90", **rows})
    assert isinstance(got, LogInspection)
    assert got.findings == []


def test_rows_left_empty_are_no_gaps_and_more_rows_than_offered_are_kept() -> None:
    found = [{"item": f"第{n}项", "severity": "major", "note": "", "rectify_within": n} for n in (1, 2, 3)]
    body = {"patrol": "station", "score": 9000, "findings": found}
    entered = values_of(PATROL, body)
    assert (entered["findings-2-item"], entered["score"]) == ("第3项", "90.00")
    moved = {name.replace("findings-2", "findings-7"): text for name, text in entered.items()}
    for values in (entered, moved):
        got = read(PATROL, values)
        assert isinstance(got, LogInspection)
        assert [one.item for one in got.findings] == ["第1项", "第2项", "第3项"]
    assert len(shown(PATROL, "/", entered=Entered(moved)).boxes) == 8 + 3


class Picky(EventData):
    """A model with a rule over several fields, and with a value that no field of its form brings."""

    model_config = ConfigDict(extra="forbid")
    type: ClassVar[str] = "picky"
    hidden: int = 0
    findings: list[Finding] = []
    first: int
    last: int

    @model_validator(mode="after")
    def _in_order(self) -> Picky:
        if self.first > self.last:
            raise ValueError("“起”应当不大于“止”，请核对。")
        if self.last > 9:
            raise ValueError("out of range")
        return self


def picky(more: Mapping[str, Any]) -> Form:
    parts = (Field("first", "起"), Field("last", "止"), Rows("findings", "问题", 2, (Field("item", "问题"),)))
    made = ("hidden", "findings.*.severity", "findings.*.rectify_within")
    return Form(Picky, "picky", "", "", parts, completed=made, complete=lambda *_: more)  # type: ignore[arg-type]


def test_rules_of_the_whole_model_and_errors_without_a_field_are_said() -> None:
    assert sentences(picky({}), {"first": "2", "last": "1"}) == ["“起”应当不大于“止”，请核对。"]
    assert sentences(picky({}), {"first": "2", "last": "10"}) == [NOT_IN_A_FIELD]
    assert sentences(picky({"hidden": "x"}), {"first": "1", "last": "1"}) == [NOT_IN_A_FIELD]
    assert sentences(EXTEND, {"working_days": "5", "reason": "x"}) == [NOT_IN_A_FIELD]
    assert sentences(picky({"last": "x"}), {"first": "1", "last": "1"}) == ["“止”不符合要求，请核对后重新填写。"]


def test_what_a_submission_says_is_what_was_entered() -> None:
    body = {"case": WHICH[:36], "visits": 2, "fee": 1230, "posted": False}
    assert values_of(FEE, body) == {"case": WHICH[:36], "visits": "2", "fee": "12.30", "posted": "no"}
    checked = {"checklist": "station", "version": 2, "marks": {"open": 100, "clean": 0}}
    entered = values_of(PATROL, {"patrol": "station", "score": 5000, "findings": [], "checked": checked, "plan": None})
    assert {name: entered[name] for name in MARKED} == MARKED


AT = datetime(2018, 3, 5, 9, 30, tzinfo=CHINA)
SAID = RecordGreenService.model_validate_json('{"client": "enterprise", "mode": "on-site"}')


def test_the_same_content_is_the_same_submission_and_any_other_is_another() -> None:
    one = submission_id(TICKET, SAID, "150424100202", AT)
    assert submission_id(TICKET, SAID, "150424100202", AT) == one
    others = {
        submission_id(Ticket.new(), SAID, "150424100202", AT),
        submission_id(TICKET, SAID.model_copy(update={"persons": 2}), "150424100202", AT),
        submission_id(TICKET, SAID, "150424100203", AT),
        submission_id(TICKET, SAID, "150424100202", AT.replace(minute=31)),
        submission_id(TICKET, SAID, "150424100202", AT, corrects=one),
        one,
    }
    assert len(others) == 6
    assert Ticket.of(one, TICKET.time) == Ticket(one, TICKET.time)


@pytest.mark.parametrize(("id", "time"), [("x", TICKET.time), (TICKET.id, "2018-03-05T09:30"), (TICKET.id, "")])
def test_a_ticket_that_was_tampered_with_is_a_new_one(id: str, time: str) -> None:
    assert Ticket.of(id, time).id not in (id, TICKET.id)


def test_choices_that_read_alike_say_which_of_them_each_is() -> None:
    form = Form(
        VerifyRectification,
        "verify",
        "",
        "",
        (Field("reinspection", "复查记录", choices=lambda known: known, empty="不引用"),),
        given=("rectification",),
    )
    shown = page(form, context={"a": "甲", "b": "乙", "c": "甲"})
    assert re.findall(r'<option value="([abc])">([^<]+)</option>', shown) == [
        ("a", "甲（同名第1项）"),
        ("b", "乙"),
        ("c", "甲（同名第2项）"),
    ]


def test_a_list_that_must_hold_something_says_so_where_its_next_item_would_be() -> None:
    offered = {"150424-D02": "发展和改革局"}
    holders = Rows("holders", "轮值单位", 3, (Field("", "单位", Kind.CHOICE, offered, empty="请选择"),))
    form = Form(PlanTurn, "plan", "", "", (holders, Field("theme", "主题")), given=("turn", "begins", "months"))
    given = {"turn": "2018-1", "begins": "2018-01-01", "months": 3}
    nothing = read(form, {"theme": ""}, given=given)
    assert isinstance(nothing, UnfitForm)
    assert {(one.name, one.sentence) for one in nothing.wrongs} == {
        ("theme", "请填写“主题”。"),
        ("holders-0", "请选择“轮值单位”。"),
    }
    second = read(form, {"theme": "便民", "holders-1": "150424-D02"}, given=given)
    assert isinstance(second, PlanTurn)
    assert second.holders == ["150424-D02"]
