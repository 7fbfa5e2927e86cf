"""The form of a scheme of appraisal, and the one that corrects it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services.roster.appraisals.adopting import WHOLE, whole_of
from services.roster.appraisals.model import AppraisalRules, AppraisalScheme
from shared.events.reasonable import Unreasonable
from shared.events.roster.appraisals import AdoptAppraisalScheme
from shared.forms import Field, Form, Group

POINTS, DAYS = "分", "个工作日"


def not_fit(known: AppraisalScheme | None, asked: AdoptAppraisalScheme, _: datetime) -> Unreasonable | None:
    """Schemes follow one another by day, the four parts are a hundred; what is kept just so was sent before."""
    if (total := whole_of(asked)) != WHOLE:
        return Unreasonable("daily_points", "parts-not-a-hundred", {"total": total})
    if known is None or not known.history or AppraisalRules(**asked.model_dump()) in known.history:
        return None
    last = known.history[-1].effective_from
    if asked.effective_from > last:
        return None
    return Unreasonable("effective_from", "appraisal-scheme-exists", {"effective_from": last})


def _number(path: str, label: str, unit: str, hint: str = "") -> Field:
    return Field(path, label, unit=unit, hint=hint, required=True)


ADOPT = Form(
    AdoptAppraisalScheme,
    "adopt-appraisal-scheme",
    "调整窗口党员考核办法",
    "施行",
    (
        Field("effective_from", "施行日期"),
        Group(
            "双重考核",
            (
                _number("committee_weight", "联合党委评定权重", "%", "其余为成员党组织的权重。"),
                _number("daily_points", "日常履职", POINTS, "四项满分合计100分。"),
                _number("service_points", "服务质量", POINTS),
                _number("party_life_points", "党的组织生活", POINTS),
                _number("role_points", "作用发挥", POINTS),
                _number("incident_points", "每件查实的三无事项扣分", POINTS),
                _number("excellent_points", "成员党组织评定优秀折算", POINTS),
                _number("qualified_points", "合格折算", POINTS),
                _number("basic_points", "基本合格折算", POINTS),
                _number("unqualified_points", "不合格折算", POINTS),
                _number("excellent_percent", "优秀比例上限", "%", "按每个支部参加考核的人数计算。"),
            ),
        ),
        Group(
            "期限",
            (
                _number("self_days", "个人自评", DAYS, "前三项自开始日期起计算。"),
                _number("peers_days", "支部互评", DAYS),
                _number("committee_days", "联合党委评定", DAYS),
                _number("home_days", "成员党组织评定", DAYS, "以下自上一步起计算。"),
                _number("settling_days", "会商", DAYS),
                _number("reading_days", "本人阅签、申诉", DAYS),
                _number("appeal_days", "答复申诉", DAYS),
            ),
        ),
    ),
    foresees=not_fit,
    lead="自施行日期起开始的考核评议按此办理；施行日期的前一日为止可以更正、撤回。",
)
CHANGE = replace(ADOPT, key="change-appraisal-scheme", title="更正窗口党员考核办法", button="提交更正", foresees=None)
