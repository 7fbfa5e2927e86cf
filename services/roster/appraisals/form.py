"""The forms of a sheet: what is written in them is sealed before it leaves the process that was asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from services.roster.appraisals.contents import (
    MOST_TEXT,
    AppealAnswered,
    Ballot,
    CommitteePart,
    Content,
    HomePart,
    OwnWords,
    Words,
)
from services.roster.appraisals.model import AppraisalRules
from services.roster.appraisals.order import ANSWERED, APPEALED, COMMITTEE, HOME, PEERS, REOPENED, SELF, WITHDRAWN
from services.roster.appraisals.result import beyond
from services.roster.appraisals.stepping import BY_COUNTY, BY_HOME
from services.roster.appraisals.words import GRADES
from shared.events import Submission
from shared.events.refusals import reason
from shared.events.roster.appraisals import (
    AnswerAppeal,
    AppealAppraisal,
    AppraiseHome,
    AppraiseMember,
    AppraisePeers,
    AppraiseSelf,
    ArchiveAppraisal,
    ReopenAppraisal,
    SettleAppraisal,
    SignAppraisal,
    WithdrawAppraisal,
)
from shared.forms import Field, Form, Group, Kind, Rows, Wrong
from shared.forms.declared import Becomes
from shared.identity.sealing import SealKeys

INCIDENTS_OFFERED = 3


@dataclass(frozen=True, slots=True)
class SheetDesk:
    """What a form of a sheet is filled in for, and with which keys it is sealed."""

    sheet: str
    keys: SealKeys | None
    rules: AppraisalRules = field(default_factory=AppraisalRules)


def sealed_for(desk: SheetDesk, step: str, content: Content) -> str | Wrong:
    """As it goes over the bus."""
    if desk.keys is None:
        return Wrong(reason("no-people-keys")["zh"])
    return desk.keys.seal(content.model_dump_json().encode(), desk.sheet, step)


def _becomes(kind: type[Submission], step: str) -> Becomes:
    def submission(desk: SheetDesk, entered: Content) -> Submission | Wrong:
        if wrong := _wrong(desk, entered):
            return wrong
        enclosed = sealed_for(desk, step, entered)
        if isinstance(enclosed, Wrong):
            return enclosed
        return kind.model_validate({"sheet": desk.sheet, "enclosed": enclosed})

    return submission


def _wrong(desk: SheetDesk, entered: Content) -> Wrong | None:
    """What can be said before it is sealed."""
    if isinstance(entered, Ballot) and entered.given != entered.present:
        return Wrong(reason("ballot-mismatch")["zh"], "present")
    if isinstance(entered, CommitteePart) and beyond(entered, desk.rules):
        return Wrong(reason("part-beyond-points")["zh"], "daily.points")
    return None


def _part(path: str, title: str, of: str) -> Group:
    def titled(desk: Any) -> str:
        most = getattr(desk.rules, of) if isinstance(desk, SheetDesk) else getattr(AppraisalRules(), of)
        return f"{title}（满分{most}分）"

    return Group(
        titled, (Field(f"{path}.points", "得分", Kind.HUNDREDTHS, unit="分"), Field(f"{path}.why", "依据", Kind.LONG))
    )


GRADE = Field("grade", "等次", Kind.RADIOS, GRADES)
SAY_SELF = Form(
    AppraiseSelf,
    "self",
    "个人自评",
    "提交自评",
    (Field("duty", "履行职责情况"), Field("role", "发挥作用情况")),
    lead=f"各不超过{MOST_TEXT}字，只供本人、双方党组织书记、党委办公室主任和组织部阅看。支部互评以前可以重新提交。",
    enters=OwnWords,
    becomes=_becomes(AppraiseSelf, SELF),
)
SAY_PEERS = Form(
    AppraisePeers,
    "peers",
    "支部互评",
    "登记票数",
    (
        Field("present", "到会人数", unit="人"),
        Field("excellent", "优秀", unit="票"),
        Field("qualified", "合格", unit="票"),
        Field("basic", "基本合格", unit="票"),
        Field("unqualified", "不合格", unit="票"),
    ),
    lead="到会人数不少于支部党员的三分之二；无记名评议，系统只保存票数。",
    enters=Ballot,
    becomes=_becomes(AppraisePeers, PEERS),
)
SAY_MEMBER = Form(
    AppraiseMember,
    "member",
    "联合党委评定",
    "提交评定",
    (
        _part("daily", "日常履职", "daily_points"),
        _part("service", "服务质量", "service_points"),
        _part("party_life", "党的组织生活", "party_life_points"),
        _part("role", "作用发挥", "role_points"),
        Rows(
            "incidents",
            "查实的三无事项",
            INCIDENTS_OFFERED,
            (Field("", "记录编号"),),
            note="对本人查实的事故、差评、投诉，按“四优窗口”页面的记录逐件填写；没有的不填。每件扣分，且不得评为优秀。",
        ),
        GRADE,
    ),
    lead="提交后当日反馈成员党组织；成员党组织评定以前可以重新提交。",
    enters=CommitteePart,
    becomes=_becomes(AppraiseMember, COMMITTEE),
)
SAY_HOME = Form(
    AppraiseHome,
    "home",
    "成员党组织评定",
    "提交评定",
    (GRADE, Field("sentence", "评语", Kind.LONG, hint="一句话。")),
    lead="与联合党委评定相差两个等次及以上的，由双方会商。",
    enters=HomePart,
    becomes=_becomes(AppraiseHome, HOME),
)
SETTLE_COUNTY = Form(
    SettleAppraisal,
    "settle",
    "会商",
    "提交会商意见",
    (Field("text", "会商意见"),),
    lead="双方评定相差两个等次及以上，各自写明会商情况；两个等次都保留，不作平均。",
    enters=Words,
    becomes=_becomes(SettleAppraisal, BY_COUNTY),
)
SETTLE_HOME = replace(SETTLE_COUNTY, key="settle-home", becomes=_becomes(SettleAppraisal, BY_HOME))
SIGN = Form(
    SignAppraisal, "sign", "本人阅签", "已阅，无异议", given=("sheet",), lead="已经提出、尚未答复的申诉随之撤回。"
)
APPEAL = Form(
    AppealAppraisal,
    "appeal",
    "申诉",
    "提交申诉",
    (Field("text", "申诉理由"),),
    lead="在阅签期限内提出，由联合党委答复；每年一次。",
    enters=Words,
    becomes=_becomes(AppealAppraisal, APPEALED),
)
ANSWER = Form(
    AnswerAppeal,
    "answer",
    "答复申诉",
    "提交答复",
    (
        Field("upheld", "答复意见", Kind.RADIOS, {"no": "维持原评定", "yes": "申诉成立，重新评定"}),
        Field("text", "答复内容"),
    ),
    enters=AppealAnswered,
    becomes=_becomes(AnswerAppeal, ANSWERED),
)
ARCHIVE = Form(
    ArchiveAppraisal, "archive", "报组织部、归档", "归档", given=("sheet",), lead="归档后组织部按此使用，不能再办理。"
)
REOPEN = Form(
    ReopenAppraisal,
    "reopen",
    "取消归档",
    "取消归档",
    (Field("text", "理由"),),
    enters=Words,
    becomes=_becomes(ReopenAppraisal, REOPENED),
)
WITHDRAW = Form(
    WithdrawAppraisal,
    "take-away",
    "撤回考核评议表",
    "撤回",
    (Field("text", "理由"),),
    lead="误开的撤回后可以另行开展；已经填写的内容随之清除。",
    enters=Words,
    becomes=_becomes(WithdrawAppraisal, WITHDRAWN),
)
FORMS: Mapping[str, Form] = {
    one.key: one
    for one in (
        SAY_SELF,
        SAY_PEERS,
        SAY_MEMBER,
        SAY_HOME,
        SETTLE_COUNTY,
        SETTLE_HOME,
        SIGN,
        APPEAL,
        ANSWER,
        ARCHIVE,
        REOPEN,
        WITHDRAW,
    )
}
OF_PERSON, OF_HOME = frozenset({SAY_SELF.key, SIGN.key, APPEAL.key}), frozenset({SAY_HOME.key, SETTLE_HOME.key})
"""Sent by the person for its unit, and about its home; the others are the county's."""
