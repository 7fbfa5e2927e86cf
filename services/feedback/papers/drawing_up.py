"""The sheet of a report: what a month's, a quarter's and a year's document says, from the figures that were frozen.

Each part is left out when it has nothing to say. What is not in a report (its number, the day of signing, opinions as
they were reviewed) is an `Issue`; without one it reads as it was issued when its period was closed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from services.feedback.facts.address import facts_url
from services.feedback.measures.catalogue import Measures
from services.feedback.measures.words import NAMELESS, Names
from services.feedback.papers import assessed, saying, tables
from services.feedback.papers.sheet import (
    Annex,
    Block,
    Heading,
    Item,
    Items,
    Layout,
    Paragraph,
    Run,
    Sheet,
    SheetTable,
)
from services.feedback.reports import periods
from services.feedback.reports.model import Report
from services.feedback.reports.sentences import nothing
from shared.calendar import china_day
from shared.countys_own import COMMITTEE
from shared.events.vocabulary import OrganisationKind, ReportKind
from shared.pages.chinese import time_text

NUMERALS = "一二三四五六七八九十"
MONTHLY = ReportKind.MONTHLY


@dataclass(frozen=True, slots=True)
class Issue:
    """What becomes of a draft when it is reviewed and signed; None is what a report itself says."""

    number: str = ""
    signed_at: datetime | None = None
    mark: str = ""
    addressed: str = ""
    """The Party organisation as documents call it."""
    problems: Sequence[Item] | None = None
    opinions: Sequence[Item] | None = None
    closing: str = ""
    """By when it is signed for, objected to, answered."""
    contact: str = ""
    copies_to: tuple[str, ...] | None = None
    corrects: str = ""
    """The document that this one corrects, by its number."""
    corrections: Sequence[Item] = ()
    """Each figure as it was printed and as it is."""
    because: str = ""
    months: Mapping[str, Measures] = field(default_factory=dict)
    """What the months within it were told, by month; of a report that keeps no trend itself."""
    assessed: str = ""
    """Score and grade of a year, in a sentence."""
    marks: SheetTable | None = None
    """What the score is made of (分项得分表)."""


AS_ISSUED = Issue()


def sheet_of(report: Report, called: Names = NAMELESS, committee: str = COMMITTEE, issue: Issue = AS_ISSUED) -> Sheet:
    """The document; `called` are the names of places in it, by code."""
    day = china_day(issue.signed_at or report.issued)
    is_electronic = report.kind is MONTHLY
    title = _title(report, committee, issue)
    office = committee + "办公室"
    return Sheet(
        id=report.id,
        report_kind=report.kind,
        period=report.period,
        organisation=report.organisation,
        layout=Layout.ELECTRONIC if is_electronic else Layout.OFFICIAL,
        issuer=committee,
        number=issue.number or (_electronic_number(report.period) if is_electronic else ""),
        title="".join(title),
        title_lines=title,
        mark=issue.mark,
        to=f"{issue.addressed or report.addressed or report.name + '党组织'}：",
        blocks=tuple(_blocks(report, called, issue)),
        annexes=tuple(_annexes(report, called, issue)),
        signed=office if is_electronic else committee,
        issued=day,
        contact=issue.contact or report.contact,
        copies_to=() if is_electronic else _copies(committee) if issue.copies_to is None else issue.copies_to,
        printed_by="" if is_electronic else office,
        printed_on=None if is_electronic else day,
        as_of=time_text(report.drafted or report.issued),
        made=issue.signed_at or report.issued,
    )


def _electronic_number(period: str) -> str:
    """A month's is no numbered document: it is called by its month."""
    return f"电子反馈　{period[:4]}年第{int(period[5:])}期"


def _title(report: Report, committee: str, issue: Issue) -> tuple[str, ...]:
    """Broken where a reader would; of a correction it names what is corrected."""
    period = periods.in_chinese(report.period)
    if issue.corrects and report.kind is not MONTHLY:
        return (committee, f"关于更正{issue.corrects}有关数据的函")
    match report.kind:
        case ReportKind.MONTHLY:
            return (f"{report.name}{period}履职情况反馈", f"（{report.period[:4]}年第{int(report.period[5:])}期）")
        case ReportKind.QUARTERLY:
            return (committee, f"关于反馈{period}履职情况的函")
        case ReportKind.ANNUAL:
            return (committee, f"关于反馈{period}考核结果的函")


def _copies(committee: str) -> tuple[str, ...]:
    """县委组织部: of the county, city, district or banner after which the committee is called."""
    place = committee.removesuffix(COMMITTEE)
    return (f"{place[-1]}委组织部",) if place else ()


def _blocks(report: Report, called: Names, issue: Issue) -> Iterator[Block]:
    period = periods.in_chinese(report.period)
    joined = "在联合党委的" if report.kind is MONTHLY else ""
    yield Paragraph.of(f"现将你单位{period}{joined}履职情况反馈如下。")
    yield from assessed.result_of(report)
    if issue.corrections:
        yield Paragraph.of(
            f"本件更正{issue.corrects}的下列数据，原文件的有关数据以本件为准。更正理由：{issue.because}。"
        )
        yield Items(items=tuple(issue.corrections))
    parts = [part for part in (_overall(report, issue), *_to_put_right(report, called, issue)) if part[1]]
    for numeral, (title, blocks) in zip(NUMERALS, parts, strict=False):
        yield Heading(level=1, text=f"{numeral}、{title}")
        yield from blocks
    if issue.closing:
        yield Paragraph.of(issue.closing)


def _overall(report: Report, issue: Issue) -> tuple[str, tuple[Block, ...]]:
    if report.kind is MONTHLY:
        return "总体情况", tuple(_in_one(report))
    assessed = (Paragraph.of(issue.assessed),) if issue.assessed else ()
    return "履职情况", (*assessed, *_by_subject(report))


def _in_one(report: Report) -> Iterator[Block]:
    now = periods.spoken(report.period).now
    runs = saying.said(report, links(report))
    none = nothing(report.measures, periods.spoken(report.period))
    if runs or none:
        yield saying.paragraph(*((Run(text=now),) if runs and now not in runs[0].text else ()), *runs, Run(text=none))


def _by_subject(report: Report) -> Iterator[Block]:
    """With the place that is managed before 管理."""
    place = "站点" if report.organisation_kind == OrganisationKind.TOWNSHIP else "窗口"
    said = [
        (place + subject if subject == "管理" else subject, saying.said(report, links(report), among))
        for subject, among in saying.SUBJECTS.items()
    ]
    for numeral, (subject, runs) in zip(NUMERALS, [one for one in said if one[1]], strict=False):
        yield Heading(level=2, text=f"（{numeral}）{subject}")
        yield saying.paragraph(*runs)
    if none := nothing(report.measures, periods.spoken(report.period)):
        yield Paragraph.of(none)


def _to_put_right(report: Report, called: Names, issue: Issue) -> Iterator[tuple[str, tuple[Block, ...]]]:
    is_electronic = report.kind is MONTHLY
    found = issue.problems if issue.problems is not None else _found(report, called)
    yield "存在问题" if is_electronic else "存在的主要问题", _listed(found)
    given = issue.opinions if issue.opinions is not None else [Item(text=opinion) for opinion in report.opinions]
    yield "整改要求" if is_electronic else "整改意见", _listed(given)


def _found(report: Report, called: Names) -> tuple[Item, ...]:
    """A month names each problem; a quarter and a year say how many there are, and list them behind."""
    last = periods.last_day(report.period)
    if report.problems is None or report.kind is not MONTHLY:
        return saying.problems(report.measures, last, called)
    return (*saying.listed(report), *saying.problems(report.measures, last, called, saying.LISTED))


def _listed(items: Sequence[Item]) -> tuple[Block, ...]:
    return (Items(items=tuple(items)),) if items else ()


def _annexes(report: Report, called: Names, issue: Issue) -> Iterator[Annex]:
    yield from assessed.annex_of(report)
    if issue.marks:
        yield Annex(title=issue.marks.caption, blocks=(issue.marks,))
    table = tables.figures(report, called, links)
    if table is None:
        return
    note = f"注：同类平均按同类中有该项数据的单位计算；数据截至{time_text(report.drafted or report.issued)}。"
    trend = tables.trend_chart(report)
    of_month = (trend,) if trend and report.kind is MONTHLY else ()
    yield Annex(title=table.caption, blocks=(table, Paragraph.of(note, is_note=True), *of_month))
    if report.kind is MONTHLY:
        return
    if problems := tables.problems(report):
        yield Annex(title=problems.caption, blocks=(problems, *_left_out(report)))
    within = [block for block in (_side_by_side(report, issue), trend, tables.chart(report)) if block]
    if within:
        yield Annex(title=f"{periods.in_chinese(report.period)}履职情况对比", blocks=tuple(within))


def _left_out(report: Report) -> Iterator[Block]:
    if report.problems_left:
        yield Paragraph.of(f"注：另有{report.problems_left}项，见系统中的整改台账。", is_note=True)


def _side_by_side(report: Report, issue: Issue) -> SheetTable | None:
    """What it keeps itself; of one of before what its months were told."""
    points = {one.period: one.measures for one in report.trend} or issue.months
    return tables.by_period(report.organisation, points)


def links(report: Report, period: str = "") -> tables.Link:
    """Where the facts of a number are listed, of its own period or of the one before."""
    return lambda measure: facts_url(report.organisation, measure, period or report.period)
