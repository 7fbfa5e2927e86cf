"""How a fact reads in one line: what was done, and what it counts for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from services.feedback.documents.words import DOCUMENT_STEPS
from services.feedback.facts.counting import Parts
from services.feedback.measures.catalogue import Kind, is_award, measure_named
from services.feedback.measures.words import BUCKETS, NAMELESS, Names
from shared.countys_own import own
from shared.dates import day_text, period_text, turn_text
from shared.events import EventData, Fact, documents, feedback, greenchannel, inspection, roster
from shared.events.vocabulary import OF_A_PLACE, Catalogue
from shared.pages.chinese import (
    CHECKS,
    CLIENT_UNITS,
    CLIENTS,
    HALLS,
    INCIDENTS,
    MODES,
    PATROLS,
    SEVERITIES,
    grouped,
    work_text,
)

TAKEN_BACK = "（撤回）"


def _looked(fact: inspection.InspectionLogged) -> str:
    called = "巡查" if fact.patrol in OF_A_PLACE else f"{PATROLS[fact.patrol].removesuffix('巡查')}巡查"
    called = CHECKS[fact.check] if fact.check else called
    return f"{called}，得分{fact.score / 100:g}分，发现问题{fact.findings}项"


def _missed(fact: inspection.PatrolMissed | inspection.MissedPatrolWithdrawn) -> str:
    return "漏自查" if fact.check == "self-check" else "漏巡"


def _done(fact: greenchannel.CaseCompleted) -> str:
    timing = "按时" if fact.on_time else "超过办理时限"
    return f"办结办件，用时{fact.working_days}个工作日（时限{fact.limit_days}个工作日，{timing}）"


def _verified(fact: Any) -> str:
    in_time = fact.on_time if fact.in_time is None else fact.in_time
    return "核验整改完成" + ("" if in_time else "，超过期限")


def _fell_due(fact: Any) -> str:
    return f"整改到期（{day_text(fact.due)}），" + ("按期完成" if fact.in_time else "没有按期完成")


def _work(fact: roster.TurnWorkRecorded) -> str:
    return f"{turn_text(fact.turn)}轮值：{work_text({fact.work: fact.quantity})}"


def _green(fact: greenchannel.GreenServiceRecorded) -> str:
    return f"{CLIENTS[fact.client]}{MODES[fact.mode]}服务{fact.persons}{CLIENT_UNITS[fact.client]}"


SAID: Mapping[type[EventData], Callable[[Any], str]] = {
    inspection.InspectionLogged: _looked,
    inspection.InspectionRevised: lambda fact: "因其他检查撤回，改计为当日首次或者按时",
    inspection.PatrolMade: lambda fact: f"开展巡查，{'按时' if fact.on_time else '未按时'}",
    inspection.PatrolMadeRevised: lambda fact: "因其他巡查撤回，改计为当日首次或者按时",
    inspection.PatrolMissed: _missed,
    inspection.MissedPatrolWithdrawn: lambda fact: f"{_missed(fact)}{TAKEN_BACK}",
    inspection.RectificationOpened: lambda fact: (
        f"发现问题：{fact.item}（{SEVERITIES[fact.severity]}，整改期限{day_text(fact.deadline)}）"
    ),
    inspection.RectificationVerified: _verified,
    inspection.VerificationWithdrawn: lambda fact: f"{_verified(fact)}{TAKEN_BACK}",
    inspection.VerificationRestored: _verified,
    inspection.VerificationRevised: lambda fact: f"按工作日调整，改计为{'按期' if fact.in_time else '超过期限'}",
    inspection.RectificationFellDue: _fell_due,
    inspection.FellDueWithdrawn: lambda fact: f"{_fell_due(fact)}{TAKEN_BACK}",
    inspection.RectificationSentBack: lambda fact: "核验退回",
    inspection.SendingBackWithdrawn: lambda fact: f"核验退回{TAKEN_BACK}",
    inspection.RectificationReopened: lambda fact: "核验后恢复整改",
    inspection.RectificationOverdue: lambda fact: f"整改逾期（期限{day_text(fact.deadline)}）",
    inspection.OverdueWithdrawn: lambda fact: f"整改逾期{TAKEN_BACK}",
    inspection.RectificationReferred: lambda fact: "逾期提请督办",
    inspection.ReferralWithdrawn: lambda fact: f"逾期提请督办{TAKEN_BACK}",
    inspection.RectificationEscalated: lambda fact: "收到提请督办",
    inspection.EscalationWithdrawn: lambda fact: f"收到提请督办{TAKEN_BACK}",
    inspection.RepeatWithdrawn: lambda fact: f"90日内重复发现{TAKEN_BACK}",
    inspection.RectificationWithdrawn: lambda fact: f"随检查一并撤回：{_of_type(fact)}",
    inspection.IncidentReported: lambda fact: f"登记{INCIDENTS[fact.kind]}",
    inspection.IncidentAnswered: lambda fact: f"答复{INCIDENTS[fact.kind]}，{'按期' if fact.on_time else '逾期'}",
    inspection.IncidentAnswerRevised: lambda fact: f"按工作日调整，答复改计为{'按期' if fact.on_time else '逾期'}",
    inspection.IncidentUnanswered: lambda fact: f"{INCIDENTS[fact.kind]}逾期未答复",
    inspection.UnansweredWithdrawn: lambda fact: f"{INCIDENTS[fact.kind]}逾期未答复{TAKEN_BACK}",
    inspection.IncidentClosed: lambda fact: f"{INCIDENTS[fact.kind]}{'查实' if fact.upheld else '不予认定'}",
    greenchannel.GreenServiceRecorded: _green,
    greenchannel.CaseOpened: lambda fact: f"受理办件（时限{fact.limit_days}个工作日）",
    greenchannel.CaseCompleted: _done,
    greenchannel.CaseTimingRevised: lambda fact: f"按工作日调整，办件改计为{'按时' if fact.on_time else '超过时限'}",
    roster.SubplanFiled: lambda fact: f"报送改革子方案：{fact.title}",
    roster.IdeaSubmitted: lambda fact: f"征集意见建议：{fact.title}",
    roster.CertificateIssued: lambda fact: "发放培训证书",
    roster.ActivityHeld: lambda fact: f"开展活动：{fact.title}（{grouped(fact.participants)}人次）",
    roster.AttendanceRecorded: lambda fact: f"听党课{grouped(fact.attended)}人次",
    roster.TurnBegun: lambda fact: f"{turn_text(fact.turn)}{'联值' if fact.others else '轮值'}开始",
    roster.TurnWorkRecorded: _work,
    roster.DepartmentStationed: lambda fact: f"进驻{HALLS[fact.hall]}",
    feedback.AwardGranted: lambda fact: f"授予{own().entry(Catalogue.AWARD, fact.award).name}",
    feedback.MonthlyReportIssued: lambda fact: f"印发{period_text(fact.period)}反馈",
    feedback.QuarterlyReportIssued: lambda fact: f"印发{period_text(fact.period)}汇总",
    feedback.AnnualReportIssued: lambda fact: f"印发{period_text(fact.period)}考核",
    documents.ReportReceived: lambda fact: f"签收{period_text(fact.period)}反馈，{'按时' if fact.on_time else '逾期'}",
    documents.ReportReplied: lambda fact: f"回复{period_text(fact.period)}反馈，{'按时' if fact.on_time else '逾期'}",
    documents.DocumentOverdue: lambda fact: (
        f"{period_text(fact.period)}反馈逾期未{DOCUMENT_STEPS[fact.step]}（期限{day_text(fact.due)}）"
    ),
    documents.ReportWithdrawn: lambda fact: f"{period_text(fact.period)}反馈撤回作废",
}
"""By type; what takes another back and has its fields reads as that one does."""


def said(fact: EventData) -> str:
    """In a sentence without its day and place."""
    if type(fact) in SAID:
        return SAID[type(fact)](fact)
    of = next(kind for kind in type(fact).__mro__ if kind in SAID)
    return f"{SAID[of](fact)}{TAKEN_BACK}"


def _of_type(fact: inspection.RectificationWithdrawn) -> str:
    """The fact that is taken back, as it was told; of data that does not fit any more only that there was one."""
    return said(Fact.registry[fact.fact].model_validate(fact.data, strict=False, extra="ignore"))


def counts_for(measure: str, parts: Parts, called: Names = NAMELESS) -> str:
    """1; 按时1/应计1; 较重1."""
    kind = Kind.FLOW if is_award(measure) else measure_named(measure).kind
    if kind is Kind.RATIO:
        n, d = parts.get("n", 0), parts.get("d", 0)
        return f"{n / 100:g}分" if measure == "score" else f"{n:+d}/{d:+d}"
    if kind is Kind.DISTINCT:
        return "、".join(day_text(part) for part in parts)
    if kind is Kind.DISTRIBUTION:
        return "、".join(f"{_bucket(measure, part, called)}{amount:+d}" for part, amount in parts.items())
    amount = parts.get("", 0)
    return f"{amount / 100:,.2f}元" if measure == "fees" else f"{amount:+,d}"


def _bucket(measure: str, part: str, called: Names) -> str:
    if measure == "turn-work":
        return own().entry(Catalogue.WORK, part).name
    return called.get(part, BUCKETS.get(part, part))
