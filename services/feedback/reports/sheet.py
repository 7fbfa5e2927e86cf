"""A report as an official document: title, addressee, what is said, the table, opinions, date and signature."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from services.feedback.assessment.shown import ShownResult, shown_result
from services.feedback.facts.address import facts_url
from services.feedback.measures.charts import compared
from services.feedback.measures.rows import Places, Section, is_silent, sections
from services.feedback.measures.words import NAMELESS
from services.feedback.papers.chart import drawing
from services.feedback.papers.tables import trend_chart
from services.feedback.reports import periods
from services.feedback.reports.changes import Change, ShownChange, shown
from services.feedback.reports.listed import how_it_stands
from services.feedback.reports.model import ListedProblem, Report, Required
from services.feedback.reports.sentences import filled, nothing, numbers, sentences
from shared.calendar import china_day
from shared.countys_own import COMMITTEE
from shared.events.vocabulary import ReportKind
from shared.pages.charts import FONT, Chart
from shared.pages.chinese import NOTHING, day_text

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
class ShownProblem:
    """A finding that is named: its days in words, and where it is."""

    what: str
    where: str
    found: str
    due: str
    stands: str
    url: str


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
    trend: tuple[str, Markup] | None
    problems: tuple[ShownProblem, ...]
    problems_left: int
    contact: str
    opinions: tuple[str, ...]
    required: tuple[ShownRequirement, ...]
    closing: str
    assessed: ShownResult | None
    correction: ShownCorrection | None
    issued: str
    signed: str
    organisation: str
    organisation_url: str
    recipient: str
    of: str

    @property
    def has_opinions(self) -> bool:
        """An annual assessment carries them, and what the office asks for."""
        return bool(self.opinions or self.required)

    @property
    def of_problems(self) -> str:
        """The heading above what is to be put right."""
        return "二、问题清单"

    @property
    def of_opinions(self) -> str:
        """The heading above the opinions, numbered after those above it."""
        return f"{'三' if self.problems else '二'}、整改意见"

    def facts(self, measure: str) -> str:
        """Where a number's facts are listed."""
        return facts_url(self.recipient, measure, self.of)


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
        to=f"{report.addressed or report.name + '党组织'}：",
        period=period,
        opening=opening(report),
        nothing=nothing(report.measures, spoken),
        spoken=spoken,
        sections=() if is_empty else sections(report.measures, before, report.peers, called, places),
        peers=f"同类平均（{report.peer_count}个）",
        chart=compared(report.measures, report.before, report.peers, spoken),
        trend=_trend(report),
        problems=tuple(map(_problem, report.problems or ())),
        problems_left=report.problems_left,
        contact=report.contact,
        opinions=report.opinions,
        required=tuple(map(_requirement, report.required)),
        closing=report.closing,
        assessed=shown_result(report.assessed, report.period),
        correction=_correction(report, called),
        issued=day_text(china_day(report.issued)),
        signed=committee,
        organisation=report.name,
        organisation_url=f"/feedback/organisations/{report.organisation}?period={report.period}",
        recipient=report.organisation,
        of=report.period,
    )


def _correction(report: Report, called: Mapping[str, str]) -> ShownCorrection | None:
    if not report.revision:
        return None
    changes = tuple(Change(one.measure, one.of, one.old, one.new) for one in report.revised)
    return ShownCorrection(report.revision, report.corrects, report.because, shown(report, changes, called))


def _trend(report: Report) -> tuple[str, Markup] | None:
    """The chart's title, and its drawing as it is printed; words in it are escaped there."""
    chart = trend_chart(report)
    return (chart.title, Markup(drawing(chart, FONT))) if chart else None


def _problem(one: ListedProblem) -> ShownProblem:
    due = day_text(one.due) if one.due else NOTHING
    url = f"/inspection/rectifications/{one.problem}"
    return ShownProblem(one.what, one.where, day_text(one.found), due, how_it_stands(one), url)


def _requirement(one: Required) -> ShownRequirement:
    by = f"{day_text(one.finish_by)}前完成" + (f"，责任人：{one.responsible}" if one.responsible else "")
    return ShownRequirement(one.problem, one.requirement, by)


def opening(report: Report) -> str:
    """The first paragraph: the period's main figures in words, as far as there are any."""
    start, said = f"现将你单位{periods.in_chinese(report.period)}履职情况反馈如下。", numbers(report)
    return start + "".join(filled(sentence, said) for _, sentence in sentences(report))
