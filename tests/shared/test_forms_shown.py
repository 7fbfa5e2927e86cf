"""A form as its page shows it: each error at its field, and everything that was entered comes again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from shared.events.inspection import VerifyRectification
from shared.events.roster import HoldActivity
from shared.forms import Entered, Field, Form, Kind, Wrong
from tests.shared.filled_forms import EXTEND, FEE, GIVEN, ITEMS, MARKED, PATROL, TICKET, page, wrongs


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


def test_another_title_of_yes_and_no_is_not_needed() -> None:
    form = Form(
        HoldActivity,
        "held",
        "",
        "",
        (Field("title", "活动"), Field("prescribed", "规定动作", Kind.RADIOS), Field("participants", "人数")),
    )
    assert [word in page(form) for word in ("是", "否")] == [True, True]
