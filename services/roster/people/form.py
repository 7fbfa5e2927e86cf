"""The forms of persons: registered, corrected, moved, appointed, relieved of a post, erased."""

from __future__ import annotations

from collections.abc import Mapping

from services.roster.people.entered import (
    EnteredEnd,
    EnteredPerson,
    PeopleDesk,
    becomes_end,
    becomes_person,
    chosen_as,
)
from shared.events.labels import PARTICULARS, POSTS
from shared.events.roster.people import Appoint, EndPost, ErasePerson, RegisterPerson
from shared.forms import Field, Form, Kind
from shared.roster.particulars import MOST_NAME

ERASED = "个人信息已删除"
SEXES = {"male": "男", "female": "女"}
SEALED = "手机号码、居民身份证号码加密保存，列表中隐去中间各位，仅供本单位及其上级单位联系、核对身份使用。"


def _names(desk: PeopleDesk | None) -> Mapping[str, str]:
    return desk.names if desk else {}


def _posts(desk: PeopleDesk | None) -> Mapping[str, str]:
    return {post.value: POSTS[post] for post in desk.posts} if desk else {}


def _held(desk: PeopleDesk | None) -> Mapping[str, str]:
    """Each by the name of whoever holds it."""
    if desk is None:
        return {}
    return {chosen_as(one): f"{POSTS[one.post]} {desk.people.name_of(one.person) or ERASED}" for one in desk.held}


WHO = (
    Field("person", "人员编号", Kind.HIDDEN),
    Field("name", PARTICULARS["name"], hint=f"与身份证件一致，不超过{MOST_NAME}字。"),
    Field("sex", PARTICULARS["sex"], Kind.RADIOS, SEXES),
    Field("birth_year", PARTICULARS["birth_year"], hint="四位数字，如1985。"),
    Field("party_member", PARTICULARS["party_member"], Kind.RADIOS, {"yes": "是", "no": "否"}),
    Field("mobile", PARTICULARS["mobile"], Kind.TEXT, hint="11位数字。"),
    Field("id_number", PARTICULARS["id_number"], Kind.TEXT, hint="18位，填写后核对校验码和出生年份。"),
)
REGISTER = Form(
    RegisterPerson,
    "register",
    "登记人员",
    "登记",
    (*WHO, Field("valid_from", "到本单位日期")),
    lead=f"{SEALED}已登记在其他单位的，请在其页面办理调入。",
    enters=EnteredPerson,
    becomes=becomes_person,
)
CORRECT = Form(
    RegisterPerson,
    "correct",
    "更正个人信息",
    "更正",
    (*WHO, Field("valid_from", "到本单位日期")),
    lead=SEALED,
    enters=EnteredPerson,
    becomes=becomes_person,
)
MOVE = Form(
    RegisterPerson,
    "move",
    "调入其他单位",
    "调入",
    (*WHO, Field("moves_from", "原所在单位", Kind.HIDDEN), Field("valid_from", "调入日期")),
    lead="调入后由新单位管理其个人信息；在原单位的职务须另行登记免职。",
    enters=EnteredPerson,
    becomes=becomes_person,
)
APPOINT = Form(
    Appoint,
    "appoint",
    "登记任职",
    "登记任职",
    (
        Field("person", "人员", Kind.CHOICE, _names, empty="请选择"),
        Field("post", "职务", Kind.CHOICE, _posts, empty="请选择"),
        Field("since", "任职日期"),
        Field("basis", "依据", Kind.TEXT, hint="文件名称、文号"),
    ),
    lead="书记、主任、首席代表同一时间只能由一人担任；换人的，先登记前任免职。",
)
END = Form(
    EndPost,
    "end",
    "登记免职",
    "登记免职",
    (
        Field("held", "现任职务", Kind.CHOICE, _held, empty="请选择"),
        Field("last_day", "任职最后一天"),
        Field("reason", "理由", Kind.TEXT),
    ),
    enters=EnteredEnd,
    becomes=becomes_end,
)
ERASE = Form(
    ErasePerson,
    "erase",
    "删除个人信息",
    "删除",
    (Field("reason", "理由", Kind.TEXT),),
    given=("person",),
    lead="删除后，姓名、手机号码等不能恢复，只保留人员编号，供已办事项统计使用。仍在任的，请先登记免职。",
)
OF_AN_ORGANISATION: Mapping[str, Form] = {form.key: form for form in (REGISTER, APPOINT, END)}
"""By the last part of the address to which they are sent."""
