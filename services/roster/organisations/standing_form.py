"""The fields of how an organisation stands from a day on, and the forms by which one is entered for the first time."""

from __future__ import annotations

from collections.abc import Mapping

from services.roster.organisations.others import Others
from shared.events.roster import RegisterOrganisation, issuing
from shared.events.vocabulary import DISCIPLINE_INSPECTION, HALL_PATROL, MOST_TITLE, ORGANISATION_DEPARTMENT
from shared.forms import Field, Form, Kind, Rows
from shared.pages.chinese import CERTIFICATES

OFFICES: Mapping[str, str] = {
    HALL_PATROL: "大厅巡查",
    DISCIPLINE_INSPECTION: "纪律检查",
    ORGANISATION_DEPARTMENT: "组织部门",
    **{issuing(kind): f"发放{name}" for kind, name in CERTIFICATES.items()},
}
"""What is done for all others within a scope."""
HELD = 3
"""Rows that are offered; nobody holds more. More that were entered are shown."""
NO, YES_OR_NO = "no", {"yes": "是", "no": "否"}


def _offices(_: Others | None) -> Mapping[str, str]:
    """Asked of a context, so that an office with no name here stays."""
    return OFFICES


def standing_fields(is_parent_given: bool = False) -> tuple[Field | Rows, ...]:
    """Everything that is said of an organisation but its code and its kind."""
    parent = Field("parent", "上级", Kind.CHOICE, lambda others: others.above if others else {}, required=True)
    return (
        Field("name", "名称", hint=f"不超过{MOST_TITLE}字。"),
        *(() if is_parent_given else (parent,)),
        Field("committee_member", "联合党委成员", Kind.RADIOS, YES_OR_NO, default=NO, required=True),
        Field("due_in_hall", "应当进驻大厅", Kind.RADIOS, YES_OR_NO, default=NO, required=True),
        Field("feedback_recipient", "反馈对象", Kind.RADIOS, YES_OR_NO, default=NO, required=True),
        Rows(
            "offices",
            "承担职责",
            HELD,
            (
                Field("office", "职责", Kind.CHOICE, _offices, empty="请选择"),
                Field("scope", "范围", Kind.CHOICE, lambda others: others.scopes if others else {}, empty="请选择"),
            ),
            note="为其他单位承担职责的填写，没有的不填。",
        ),
        Field("valid_from", "生效日期"),
        Field("basis", "依据", Kind.TEXT, hint="文件名称、文号"),
    )


GIVEN = ("kind", "parent", "new")
DIVISION = "按统计用区划代码填写，已按现有编号顺延填好，请核对。"
NEW = Form(
    RegisterOrganisation,
    "new",
    "登记单位",
    "登记",
    (Field("code", "单位编号", Kind.HIDDEN), *standing_fields(is_parent_given=True)),
    given=GIVEN,
    lead="单位编号由系统编定。",
)
NEW_DIVISION = Form(
    RegisterOrganisation,
    "new-division",
    "登记乡镇（街道）、村",
    "登记",
    (Field("code", "单位编号", hint=DIVISION, sentence=f"单位编号不符合要求。{DIVISION}"), *standing_fields(True)),
    given=GIVEN,
)
FOUND = Form(
    RegisterOrganisation,
    "found",
    "登记县本级",
    "登记",
    (
        Field("code", "单位编号", Kind.HIDDEN),
        Field("name", "名称", hint=f"联合党委的全称，不超过{MOST_TITLE}字。"),
        Field("valid_from", "启用日期", hint="此日期以前的事项不能登记。"),
        Field("basis", "依据", Kind.TEXT, hint="文件名称、文号"),
    ),
    given=("kind", "new"),
    lead="登记以后，再登记部门、乡镇（街道）和村。",
)
"""A county enters itself, once."""
FORMS_OF_NEW: Mapping[str, Form] = {form.key: form for form in (NEW, NEW_DIVISION, FOUND)}
