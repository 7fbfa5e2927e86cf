"""A report as an official document: title, addressee, what is said, the table, opinions, date and signature."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.feedback.measures.charts import compared
from services.feedback.measures.rows import Places, Section, is_silent, nothing_of, sections
from services.feedback.measures.words import NAMELESS, says, text
from services.feedback.reports import periods
from services.feedback.reports.changes import Change, ShownChange, shown
from services.feedback.reports.model import Report, Required
from shared.calendar import china_day
from shared.countys_own import COMMITTEE
from shared.events.vocabulary import ReportKind
from shared.pages.charts import Chart
from shared.pages.chinese import day_text, grouped

TITLES = {
    ReportKind.MONTHLY: "关于{name}{period}履职情况的反馈",
    ReportKind.QUARTERLY: "关于{name}{period}履职情况汇总的反馈",
    ReportKind.ANNUAL: "关于{name}{period}考核情况的反馈",
}
"""月反馈, 季汇总, 年考核: what the committee's documents are called."""


@dataclass(frozen=True, slots=True)
class ShownRequirement:
    """An opinion with its day, as a document prints it."""

    problem: str
    requirement: str
    by: str


@dataclass(frozen=True, slots=True)
class ShownCorrection:
    """What a correction corrects: the nth, of which document, why, and each figure as it was and is."""

    nth: int
    corrects: str
    because: str
    changes: tuple[ShownChange, ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """What the page of a report prints."""

    id: str
    number: str
    title: str
    to: str
    period: str
    opening: str
    nothing: str
    spoken: periods.Spoken
    sections: tuple[Section, ...]
    peers: str
    chart: Chart | None
    opinions: tuple[str, ...]
    required: tuple[ShownRequirement, ...]
    closing: str
    correction: ShownCorrection | None
    issued: str
    signed: str
    organisation: str
    organisation_url: str

    @property
    def has_opinions(self) -> bool:
        """An annual assessment carries them, and what the office asks for."""
        return bool(self.opinions or self.required)


def sheet(report: Report, called: Mapping[str, str] = NAMELESS, committee: str = COMMITTEE) -> ReportPage:
    """The document of a report as its committee issued it; `called` are the names of places in it, by code."""
    period, spoken = periods.in_chinese(report.period), periods.spoken(report.period)
    before = {} if is_silent(report.before) else report.before
    places = Places(report.places or 0, report.places_before or 0)
    is_empty = is_silent(report.measures)
    return ReportPage(
        id=report.id,
        number=report.number or f"{report.period} · {report.organisation}",
        title=committee + TITLES[report.kind].format(name=report.name, period=period),
        to=f"{report.name}党组织：",
        period=period,
        opening=opening(report),
        nothing=nothing(report.measures, spoken),
        spoken=spoken,
        sections=() if is_empty else sections(report.measures, before, report.peers, called, places),
        peers=f"同类平均（{report.peer_count}个）",
        chart=compared(report.measures, report.before, report.peers, spoken),
        opinions=report.opinions,
        required=tuple(map(_requirement, report.required)),
        closing=report.closing,
        correction=_correction(report, called),
        issued=day_text(china_day(report.issued)),
        signed=committee,
        organisation=report.name,
        organisation_url=f"/feedback/organisations/{report.organisation}?period={report.period}",
    )


def _correction(report: Report, called: Mapping[str, str]) -> ShownCorrection | None:
    if not report.revision:
        return None
    changes = tuple(Change(one.measure, one.of, one.old, one.new) for one in report.revised)
    return ShownCorrection(report.revision, report.corrects, report.because, shown(report, changes, called))


def _requirement(one: Required) -> ShownRequirement:
    by = f"{day_text(one.finish_by)}前完成" + (f"，责任人：{one.responsible}" if one.responsible else "")
    return ShownRequirement(one.problem, one.requirement, by)


def opening(report: Report) -> str:
    """The first paragraph: the period's main figures in words, as far as there are any."""
    start = f"现将你单位{periods.in_chinese(report.period)}履职情况反馈如下。"
    return start + "".join(_sentences(report.measures, periods.spoken(report.period).now))


def nothing(measures: Mapping[str, Any], spoken: periods.Spoken) -> str:
    """本月无办件、绿色通道服务记录; empty where there was something of everything."""
    subjects = nothing_of(measures)
    return f"{spoken.now}无{'、'.join(subjects)}记录。" if subjects else ""


def sentences(measures: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What is said of a period, each sentence with the measure that it is about; numbers stand as {their names}."""
    every = (*(CHECKED if "self-checks" in measures else CHECKED_BEFORE), *SENTENCES)
    return tuple((name, sentence) for name, sentence in every if _is_said(measures, name, sentence))


def numbers(measures: Mapping[str, Any], now: str) -> dict[str, str]:
    """What fills them."""
    due = grouped(measures["rectified-on-time"]["d"])
    return {"now": now, **{name: text(name, value) for name, value in measures.items()}, "due": due}


def _sentences(measures: Mapping[str, Any], now: str) -> list[str]:
    said = numbers(measures, now)
    return [_filled(sentence, said) for _, sentence in sentences(measures)]


CHECKED = (
    ("self-check-rate", "自查{self-checks}次，自查率{self-check-rate}%。"),
    ("patrol-rate", "开展巡查{patrols-made}次，到位率{patrol-rate}%。"),
    ("score", "接受巡查{patrols}次、抽查{spot-checks}次，平均得分{score}分。"),
    ("findings", "各类检查发现问题{findings}项。"),
)
CHECKED_BEFORE = (
    ("patrol-rate", "{now}日巡查{inspections}次，到位率{patrol-rate}%。"),
    ("score", "巡查平均得分{score}分，发现问题{findings}项。"),
)
"""What a report says that was issued before self-checks, patrols and spot checks were told apart."""
FELL_DUE = (
    "整改到期{due}项，按期整改率{rectified-on-time}%；完成整改{rectifications-completed}项，"
    "曾逾期{rectifications-overdue}项次。"
)
LEFT_OPEN = "期末未销号{rectifications-open}项，其中逾期{rectifications-open-overdue}项。"
SENTENCES = (
    ("rectified-on-time", FELL_DUE),
    ("rectifications-open", LEFT_OPEN),
    ("cases-on-time", "办结办件{cases-completed}件，按时办结率{cases-on-time}%。"),
    ("incidents-upheld", "查实事故、差评和投诉{incidents-upheld}起。"),
    ("turns-held", "轮值{turns-held}期。"),
    ("joint-turns-held", "联值{joint-turns-held}期。"),
    ("lesson-attendance", "听党课{lesson-attendance}人次。"),
)


def _is_said(measures: Mapping[str, Any], name: str, sentence: str) -> bool:
    """A rate needs something to be a rate of; a report of before there was a stock says nothing of what was left."""
    if sentence in (FELL_DUE, LEFT_OPEN) and "rectifications-open" not in measures:
        return False
    if sentence == LEFT_OPEN:
        return bool(measures["findings"] or measures["rectified-on-time"]["d"] or measures[name])
    return says(measures.get(name))


def _filled(sentence: str, said: Mapping[str, str]) -> str:
    for name, value in said.items():
        sentence = sentence.replace("{" + name + "}", value)
    return sentence
