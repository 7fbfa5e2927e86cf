"""Several of many are ticked, each by a box of its own: bounds are the model's, and nothing that was ticked is lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.events.inspection import ExtendRectification, LogInspection
from shared.events.roster import DissolveOrganisation
from shared.forms import Choosing, Entered, Field, Form, Ticks, UnfitForm, Wrong, read, shown, ticked, values_of
from shared.forms.bounds import Bounds, UnknownPath
from shared.forms.layout import sections
from shared.forms.readout import read_out
from shared.forms.sentences import count_wrong
from tests.browser_fields import fields_in
from tests.shared.filled_forms import TICKET, page, sentences, wrongs
from tests.shared.ticking import DRAFTS, HALL, OFFICE, TOWNSHIP, VILLAGE, batch

FORM, ALL = batch(), batch(is_all=True)


def reason(values: Mapping[str, str], context: Any = DRAFTS, form: Form = FORM) -> str:
    got = read(form, values, context)
    assert isinstance(got, ExtendRectification), got
    return got.reason


def sent(form: Form, entered: Entered | None = None, context: Any = DRAFTS) -> dict[str, str]:
    """What a browser sends of the form untouched."""
    return fields_in(page(form, entered, context), "/there")


def test_what_is_ticked_is_a_list_in_the_order_in_which_it_is_offered() -> None:
    values = ticked("drafts", [VILLAGE.key, HALL.key]) | ticked("copies", ["county"])
    assert reason(values) == f"{HALL.key} {VILLAGE.key} | county"
    assert reason(ticked("drafts", [HALL.key])) == f"{HALL.key} |"


@given(st.sets(st.sampled_from([one.key for one in DRAFTS]), min_size=1, max_size=3))
def test_whatever_is_ticked_comes_again_and_becomes_the_same_list(keys: set[str]) -> None:
    again = sent(FORM, Entered(ticked("drafts", keys), TICKET))
    assert reason(again) == " ".join([*(one.key for one in DRAFTS if one.key in keys), "|"])


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ([], "请选择“文件”。"),
        ([one.key for one in DRAFTS], "“文件”最多选择3项，现选4项，请减少后重新提交。"),
        (["NOT A KEY"], "“文件”不符合要求，请核对后重新填写。"),
    ],
)
def test_too_few_too_many_and_what_can_be_none_are_said_at_the_boxes(keys: list[str], expected: str) -> None:
    assert wrongs(FORM, ticked("drafts", keys), DRAFTS) == [Wrong(expected, "drafts")]


def test_fewer_than_the_model_needs_are_asked_for() -> None:
    two = Bounds("array", True, fewest=2, items=9)
    assert [count_wrong("“文件”", count, two) for count in (0, 1, 2, 9)] == [
        "请选择“文件”。",
        "“文件”至少选择2项，现选1项，请补选后重新提交。",
        "",
        "",
    ]


def test_all_wrongs_are_said_in_the_order_of_the_fields() -> None:
    form = Form(
        DissolveOrganisation,
        "dissolve",
        "撤销",
        "撤销",
        (Field("last_day", "最后一天"), Ticks("followed_by", "承接单位", lambda _: ()), Field("basis", "依据")),
    )
    values = ticked("followed_by", map(str, range(11))) | {"basis": "依" * 2000}
    assert [one.name for one in wrongs(form, values)] == ["last_day", "followed_by", "basis"]
    assert "最多选择10项，现选11项" in sentences(form, values)[1]


def test_in_an_empty_form_none_is_ticked_unless_all_are_to_be() -> None:
    assert [name for name in sent(FORM) if name.startswith("drafts-")] == []
    assert [name for name in sent(ALL) if name.startswith("drafts-")] == [f"drafts-{one.key}" for one in DRAFTS]


def test_where_a_person_has_unticked_all_none_comes_back_ticked() -> None:
    again = sent(ALL, Entered({"drafts": "there", "copies": "there", "note": ""}, TICKET))
    assert [name for name in again if name.startswith("drafts-")] == []
    assert sentences(ALL, again, DRAFTS) == ["请选择“文件”。"]


def test_what_nobody_was_shown_counts_as_nothing_ticked() -> None:
    assert sentences(ALL, {}, DRAFTS) == ["请选择“文件”。"]


def test_a_page_may_begin_it_with_some() -> None:
    begun = sent(ALL, Entered(ticked("drafts", [OFFICE.key]), TICKET))
    assert [name for name in begun if name.startswith("drafts-")] == [f"drafts-{OFFICE.key}"]


def test_what_is_offered_no_more_stays_ticked_by_its_name_and_is_sent_again() -> None:
    values = ticked("drafts", ["2018-02-hall", TOWNSHIP.key])
    text = page(FORM, Entered(values, TICKET), DRAFTS)
    assert 'name="drafts-2018-02-hall" value="yes" checked> 2018年2月 大厅</label>' in text
    assert reason(fields_in(text, "/there")) == f"{TOWNSHIP.key} 2018-02-hall |"


def test_a_correction_begins_with_what_was_reported() -> None:
    body = {"drafts": [VILLAGE.key, HALL.key], "copies": []}
    values = values_of(ALL, body)
    assert {name for name in sent(ALL, Entered(values, TICKET)) if "-20" in name} == {
        f"drafts-{one.key}" for one in (HALL, VILLAGE)
    }
    assert values_of(ALL, {"drafts": [HALL.key]}) == ticked("drafts", [HALL.key]) | ticked("copies", [])
    (first, *_) = sections(ALL, DRAFTS, values)
    assert read_out(first, values).lines == (("文件", f"{HALL.label}、{VILLAGE.label}"),)


def test_it_is_a_group_with_a_legend_and_its_wrong_leads_to_the_first_box() -> None:
    entered = Entered(ticked("drafts", []), TICKET, wrongs=(Wrong("请选择“文件”。", "drafts"),))
    text = page(FORM, entered, DRAFTS)
    assert "<legend>文件</legend>" in text
    assert '<a href="#batch-drafts">请选择“文件”。</a>' in text
    (first,) = re.findall(r'<input type="checkbox" id="batch-drafts"[^>]*>', text)
    assert f'name="drafts-{HALL.key}"' in first
    assert "autofocus" in first
    assert 'aria-describedby="batch-drafts-hint batch-drafts-wrong"' in text
    assert "最多选择3项。" in text
    assert f'{HALL.label} <span class="note">反馈表</span>' in text
    assert text.count('id="batch-drafts"') == 1


def test_where_nothing_is_offered_that_is_said_and_a_wrong_leads_there() -> None:
    text = page(FORM, Entered(ticked("drafts", []), TICKET, wrongs=(Wrong("请选择“文件”。", "drafts"),)), ())
    assert "没有可以选择的。" in text
    assert text.count('id="batch-drafts"') == 1


@pytest.mark.parametrize(
    ("submission", "path"),
    [(ExtendRectification, "working_days"), (LogInspection, "findings"), (LogInspection, "checked.marks")],
)
def test_only_a_list_of_texts_can_be_ticked(submission: Any, path: str) -> None:
    with pytest.raises(UnknownPath, match=path):
        Form(submission, "x", "", "", (Ticks(path, "x", lambda _: ()),))


def test_a_name_is_printed_as_text() -> None:
    odd = (Choosing('a"><b>', "<b>甲</b>"),)
    text = page(FORM, None, odd)
    assert ("<b>" in text, "&lt;b&gt;甲" in text) == (False, True)
    assert isinstance(read(FORM, ticked("drafts", ['a"><b>']), odd), UnfitForm)
    assert shown(FORM, "/there", odd).boxes[0].inputs[0].options[0].value == 'a"><b>'
