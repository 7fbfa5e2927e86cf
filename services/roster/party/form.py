"""The forms of Party organisations and joint branches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shared.events.roster.party import JoinBranch, LeaveBranch, RegisterJointBranch, RegisterPartyOrganisation
from shared.forms import Field, Form, Kind, Rows
from shared.roster.organisations import Roster

PARTY_KINDS = {
    "committee": "党委",
    "working-committee": "党工委",
    "leading-group": "党组",
    "general-branch": "党总支",
    "branch": "党支部",
    "joint-branch": "联合党支部",
}
BRANCH_KINDS = {"joint-branch": "联合党支部", "topic-group": "课题攻关小组"}
SHARING = 4
"""Rows that are offered."""


@dataclass(frozen=True, slots=True)
class Sharers:
    """Which other organisations a Party organisation may be of too: those for which whoever looks may speak."""

    names: Mapping[str, str]


def sharers(code: str, who: str, roster: Roster, day: date) -> Sharers:
    """By code, named with it."""
    others = (one for one in roster if one.id != code and roster.may_speak_for(who, one.id, None, day))
    standing = ((one.id, one.on(day)) for one in others)
    return Sharers({code: f"{stood.name}（{code}）" for code, stood in standing if stood})


def _sharers(context: Sharers | None) -> Mapping[str, str]:
    return context.names if isinstance(context, Sharers) else {}


def _names(context: Mapping[str, str] | None) -> Mapping[str, str]:
    return context or {}


NAME = Form(
    RegisterPartyOrganisation,
    "name",
    "登记党组织",
    "登记",
    (
        Field("party_name", "党组织名称", hint="全称，如民政局机关党支部；公文按此称呼。"),
        Field("short_name", "简称", Kind.TEXT),
        Field("party_kind", "类别", choices=PARTY_KINDS, empty="请选择"),
        Field("party_members", "党员人数"),
        Field("valid_from", "自何日起"),
        Rows(
            "shared_with",
            "共用单位",
            SHARING,
            (Field("", "单位", Kind.CHOICE, _sharers, empty="请选择"),),
            note="几个单位合设一个党组织的，填写其他单位；没有的不填。",
        ),
    ),
    lead="更名、换届后党员人数变化的，按新的日期再登记一次，以前的保留。",
)
BRANCH = Form(
    RegisterJointBranch,
    "branch",
    "登记联合党支部、课题攻关小组",
    "登记",
    (
        Field("branch", "编号", hint="小写字母、数字和连字符，如qiye-lianhe。"),
        Field("name", "名称"),
        Field("branch_kind", "类别", choices=BRANCH_KINDS, empty="请选择"),
        Field("purpose", "设立目的", Kind.TEXT),
        Field("valid_from", "设立日期"),
    ),
    lead="成员来自不同单位，由各单位分别登记；不计入成员党组织。",
)
JOIN = Form(
    JoinBranch,
    "join",
    "登记本单位成员",
    "登记",
    (Field("person", "人员", Kind.CHOICE, _names, empty="请选择"), Field("since", "加入日期")),
    given=("branch",),
)
LEAVE = Form(
    LeaveBranch,
    "leave",
    "登记本单位成员退出",
    "登记",
    (Field("person", "人员", Kind.CHOICE, _names, empty="请选择"), Field("last_day", "最后一天")),
    given=("branch",),
)
