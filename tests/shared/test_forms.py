"""Forms are declared once: bounds are the model's, each error a sentence at its field, the id follows the content."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from html import unescape
from typing import Any, ClassVar

import pytest
from pydantic import BaseModel, ConfigDict, model_validator

import services
from shared.calendar import CHINA
from shared.events.feedback import GrantAward
from shared.events.greenchannel import CompleteCase, RecordGreenService
from shared.events.inspection import (
    CloseIncident,
    ExtendRectification,
    LogInspection,
    PublishCommitment,
    VerifyRectification,
)
from shared.events.inspection.patrols import Finding
from shared.events.registry import EventData
from shared.events.roster import HoldActivity, ScheduleLesson
from shared.events.vocabulary import Award
from shared.forms import (
    Entered,
    Field,
    Form,
    Group,
    Kind,
    Marks,
    Photos,
    Remark,
    Rows,
    Ticket,
    UnfitForm,
    Wrong,
    read,
    shown,
    submission_id,
    values_of,
)
from shared.forms.bounds import Bounds, UnknownPath, bounds_of
from shared.forms.declared import Choosing
from shared.forms.findings import finding_rows
from shared.forms.sentences import NOT_IN_A_FIELD
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


@pytest.mark.parametrize(
    ("model", "path", "bounds"),
    [
        (ExtendRectification, "working_days", Bounds("integer", True, least=1, most=60)),
        (ExtendRectification, "reason", Bounds("string", True, shortest=1, longest=1000)),
        (RecordGreenService, "persons", Bounds("integer", False, least=1, most=1_000_000)),
        (GrantAward, "award", Bounds("string", True, among=tuple(Award))),
        (CloseIncident, "upheld", Bounds("boolean", True)),
        (LogInspection, "checked.marks.*", Bounds("integer", False, least=0, most=100)),
        (LogInspection, "findings.*.item", Bounds("string", True, shortest=1, longest=120)),
        (LogInspection, "findings.*.note", Bounds("string", False, longest=1000)),
        (LogInspection, "place.latitude", Bounds("number", False, least=-90, most=90)),
        (LogInspection, "photos", Bounds("array", False, items=9)),
    ],
)
def test_bounds_are_those_of_the_model(model: type[BaseModel], path: str, bounds: Bounds) -> None:
    assert bounds_of(model, path) == bounds


def test_what_may_be_null_and_what_is_referred_to_have_their_bounds() -> None:
    reinspection, day = bounds_of(VerifyRectification, "reinspection"), bounds_of(ScheduleLesson, "day")
    assert (reinspection.type, reinspection.required, bool(reinspection.pattern)) == ("string", False, True)
    assert (day.format, day.required) == ("date", True)


@pytest.mark.parametrize("path", ["days", "reason.x", "working_days.*", "findings", "findings.item"])
def test_an_unknown_path_is_an_error_where_the_form_is_made(path: str) -> None:
    with pytest.raises(UnknownPath):
        Form(ExtendRectification, "extend", "", "", (Field(path, ""), *EXTEND.parts), given=("rectification",))


@pytest.mark.parametrize(
    ("parts", "left"),
    [
        ((Field("patrol", ""),), "score"),
        ((Field("score", ""),), "patrol"),
        (
            (Field("score", ""), Field("patrol", ""), Rows("findings", "", 1, (Field("item", ""),))),
            "findings.*.severity",
        ),
        (
            (Field("score", ""), Field("patrol", ""), Marks("checked.marks", lambda _: (), {})),
            "checked.checklist, checked.version",
        ),
    ],
)
def test_a_form_that_leaves_out_what_its_submission_needs_is_an_error(parts: Any, left: str) -> None:
    with pytest.raises(UnknownPath, match=re.escape(left)):
        Form(LogInspection, "patrol", "", "", parts)


@pytest.mark.parametrize(
    "part",
    [
        Field("findings", ""),
        Field("checked", ""),
        Photos("score"),
        Field("patrol", "", choices={"stations": "村级便民服务站"}),
    ],
)
def test_what_is_not_one_value_or_never_such_a_value_is_no_field(part: Any) -> None:
    with pytest.raises(UnknownPath):
        Form(LogInspection, "patrol", "", "", (part,), completed=("patrol", "score", "findings", "checked"))


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


DEFAULTS: Mapping[str, str] = {"item": "", "severity": "minor", "rectify_within": "3", "note": ""}


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


def page(form: Form, entered: Entered | None = None, context: Any = None) -> str:
    """The form as its template prints it."""
    templates = Templates(FOLDER, "/static", "/", (), ())
    text = '{% import "forms.html" as forms %}{{ forms.form(form) }}'
    seen = shown(form, "/there", context, entered or Entered(ticket=TICKET), {"about": "150424100202"})
    return templates._environment.from_string(text).render(form=seen)


def tags(text: str, name: str) -> list[str]:
    """The tags of the page that bear a name."""
    return [tag for tag in re.findall(r"<[a-z]+ [^>]*>", text) if f'name="{name}"' in tag]


def again(form: Form, values: Mapping[str, str], context: Any = None, **given: Any) -> str:
    """The form when it could not be taken."""
    return page(form, Entered(values, TICKET, wrongs=tuple(wrongs(form, values, context, **given))), context)


def test_an_empty_form_carries_its_ticket_and_says_what_it_takes() -> None:
    text = page(EXTEND)
    assert f'name="ticket" value="{TICKET.id}"' in text
    assert 'name="about" value="150424100202"' in text
    assert '<label for="extend-working_days">延长工作日数</label>' in text
    assert 'id="extend-working_days-hint">1至60。' in text
    (days,) = tags(text, "working_days")
    assert all(
        part in days for part in (" required", 'inputmode="numeric"', 'aria-describedby="extend-working_days-hint"')
    )
    assert not [part for part in ("aria-invalid", "autofocus", 'role="alert"', "maxlength", "script") if part in text]


def test_each_error_stands_at_its_field_and_the_list_leads_there() -> None:
    text = again(EXTEND, {"working_days": "两", "reason": "<x>" + "理" * 1000}, **GIVEN)
    first, second = tags(text, "working_days")[0], tags(text, "reason")[0]
    for tag, name in ((first, "working_days"), (second, "reason")):
        assert 'aria-invalid="true"' in tag
        assert f'aria-describedby="extend-{name}-hint extend-{name}-wrong"' in tag
        assert f'<a href="#extend-{name}">' in text
        assert f'id="extend-{name}-wrong"' in text
    assert ("autofocus" in first, "autofocus" in second, 'value="两"' in first) == (True, False, True)
    assert "有2处需要更正" in text
    assert "<x>" + "理" * 1000 in unescape(text)
    assert "<x>" not in text


def test_what_is_wrong_with_no_field_has_the_focus_itself() -> None:
    entered = Entered({"working_days": "2", "reason": "停电"}, TICKET, wrongs=(Wrong("已经延期。"),), notice="退回更正")
    text = page(EXTEND, entered)
    assert '<div class="told bad" role="alert" tabindex="-1" autofocus><b>退回更正</b>' in text
    assert "<li>已经延期。</li>" in text
    assert text.count("autofocus") == 1


def test_marks_rows_and_photos_come_again_as_they_were() -> None:
    values = {**MARKED, "findings-1-note": "说明", "findings-1-severity": "major"}
    del values["checked-marks-clean"]
    wrong = tuple(wrongs(PATROL, values, ITEMS))
    text = page(PATROL, Entered(values, TICKET, ("a" * 64,), wrongs=wrong), ITEMS)
    assert [bool(re.search(r"\bchecked", tag.split("value")[1])) for tag in tags(text, "checked-marks-open")] == [
        True,
        False,
    ]
    assert 'role="radiogroup" aria-invalid="true"' in text
    assert '<a href="#patrol-checked-marks-clean">请选择“环境整洁”。</a>' in text
    assert '<a href="#patrol-findings-1-item">请填写问题2的“发现的问题”。</a>' in text
    assert f'name="photo" value="{"a" * 64}" checked' in text
    assert "JPEG或者PNG格式，每张不超过5MB，最多9张。" in text
    assert '<option value="major" selected>较重</option>' in text
    assert text.count(" autofocus") == 1
    assert text.count("<details") == text.count(" open><summary>") == 2


def test_a_choice_is_made_by_a_person_and_stays_when_the_list_has_changed() -> None:
    form = Form(
        VerifyRectification,
        "verify",
        "",
        "",
        (Field("reinspection", "复查记录", choices=lambda known: known, empty="不引用", unlisted="请填写编号。"),),
        given=("rectification",),
    )
    assert '<option value="" selected>不引用</option>' in page(form, context={"a": "甲"})
    kept = page(form, Entered({"reinspection": "b"}, TICKET), {"a": "甲"})
    assert '<option value="b" selected>b</option>' in kept
    assert "请填写编号。" in page(form, context={})
    assert '<option value="" selected>请选择</option>' in page(FEE, context={})


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


def test_another_title_of_yes_and_no_is_not_needed() -> None:
    form = Form(
        HoldActivity,
        "held",
        "",
        "",
        (Field("title", "活动"), Field("prescribed", "规定动作", Kind.RADIOS), Field("participants", "人数")),
    )
    assert [word in page(form) for word in ("是", "否")] == [True, True]


def declared() -> Iterator[tuple[str, Form]]:
    """Every form of every service, by where it is."""
    for module in pkgutil.walk_packages(services.__path__, "services."):
        if module.name.rpartition(".")[2] == "__main__":
            continue
        for value in vars(importlib.import_module(module.name)).values():
            forms = value.values() if isinstance(value, dict) else [value]
            yield from ((module.name, one) for one in forms if isinstance(one, Form))


def test_every_declared_form_has_a_key_of_its_own_in_its_service_and_whole_declarations() -> None:
    """That each path exists and nothing is left out a form sees to when it is made; here all of them are made."""
    found = {(name.split(".")[1], one.key): one for name, one in declared()}
    assert len([one for service, one in found if service == "station"]) == 11
    assert len({id(one) for one in found.values()}) == len({id(one) for _, one in declared()})
    for one in found.values():
        labels = [part.label for part, _ in one.places() if not isinstance(part, Marks)]
        assert all(labels)
        assert "！" not in one.lead + one.title + one.button + "".join(labels)


def test_more_rows_than_a_list_may_have_are_not_left_out_without_a_word() -> None:
    row = {**DEFAULTS, "item": "灭火器过期"}
    for numbers, said in ((range(21), [TOO_MANY]), ((999,), [TOO_MANY]), (range(20), [])):
        rows = {f"findings-{n}-{name}": text for n in numbers for name, text in row.items()}
        got = read(PATROL, {"score": "90", **rows})
        assert [one.sentence for one in got.wrongs] == said if isinstance(got, UnfitForm) else not said
    defaults = {f"findings-25-{name}": text for name, text in DEFAULTS.items()}
    assert not isinstance(read(PATROL, {"score": "90", **defaults}), UnfitForm)


TOO_MANY = "“问题”最多20项，超出的没有收到，请另行登记。"


def test_nothing_that_a_person_enters_is_withheld_from_who_goes_back_to_the_form() -> None:
    assert 'autocomplete="off"' not in page(PATROL, context=ITEMS)
