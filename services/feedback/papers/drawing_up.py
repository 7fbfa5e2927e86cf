"""The sheet of a report: what a month's, a quarter's and a year's document says, from the figures that were frozen.

Each part is left out when it has nothing to say. What is not in a report (its number, the day of signing, opinions as
they were reviewed) is an `Issue`; without one it reads as it was issued when its period was closed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from services.feedback.measures.catalogue import Measures
from services.feedback.measures.words import NAMELESS, Names
from services.feedback.papers import saying, tables
from services.feedback.papers.sheet import Annex, Block, Heading, Item, Items, Layout, Paragraph, Run, Sheet
from services.feedback.reports import periods
from services.feedback.reports.model import Report
from services.feedback.reports.sheet import nothing
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
    """What the months within it were told, by month."""


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
        to=f"{issue.addressed or report.name + '党组织'}：",
        blocks=tuple(_blocks(report, called, issue)),
        annexes=tuple(_annexes(report, called, issue)),
        signed=office if is_electronic else committee,
        issued=day,
        contact=issue.contact,
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
    if issue.corrections:
        yield Paragraph.of(
            f"本件更正{issue.corrects}的下列数据，原文件的有关数据以本件为准。更正理由：{issue.because}。"
        )
        yield Items(items=tuple(issue.corrections))
    parts = [part for part in (_overall(report), *_to_put_right(report, called, issue)) if part[1]]
    for numeral, (title, blocks) in zip(NUMERALS, parts, strict=False):
        yield Heading(level=1, text=f"{numeral}、{title}")
        yield from blocks
    if issue.closing:
        yield Paragraph.of(issue.closing)


def _overall(report: Report) -> tuple[str, tuple[Block, ...]]:
    if report.kind is MONTHLY:
        return "总体情况", tuple(_in_one(report))
    return "履职情况", tuple(_by_subject(report))


def _in_one(report: Report) -> Iterator[Block]:
    now = periods.spoken(report.period).now
    runs = saying.said(report.measures, now, _links(report))
    none = nothing(report.measures, periods.spoken(report.period))
    if runs or none:
        yield saying.paragraph(*((Run(text=now),) if runs and now not in runs[0].text else ()), *runs, Run(text=none))


def _by_subject(report: Report) -> Iterator[Block]:
    """With the place that is managed before 管理."""
    now = periods.spoken(report.period).now
    place = "站点" if report.organisation_kind == OrganisationKind.TOWNSHIP else "窗口"
    said = [
        (place + subject if subject == "管理" else subject, saying.said(report.measures, now, _links(report), among))
        for subject, among in saying.SUBJECTS.items()
    ]
    for numeral, (subject, runs) in zip(NUMERALS, [one for one in said if one[1]], strict=False):
        yield Heading(level=2, text=f"（{numeral}）{subject}")
        yield saying.paragraph(*runs)
    if none := nothing(report.measures, periods.spoken(report.period)):
        yield Paragraph.of(none)


def _to_put_right(report: Report, called: Names, issue: Issue) -> Iterator[tuple[str, tuple[Block, ...]]]:
    is_electronic, last = report.kind is MONTHLY, periods.last_day(report.period)
    found = issue.problems if issue.problems is not None else saying.problems(report.measures, last, called)
    yield "存在问题" if is_electronic else "存在的主要问题", _listed(found)
    given = issue.opinions if issue.opinions is not None else [Item(text=opinion) for opinion in report.opinions]
    yield "整改要求" if is_electronic else "整改意见", _listed(given)


def _listed(items: Sequence[Item]) -> tuple[Block, ...]:
    return (Items(items=tuple(items)),) if items else ()


def _annexes(report: Report, called: Names, issue: Issue) -> Iterator[Annex]:
    table = tables.figures(report, called, _links(report))
    if table is None:
        return
    note = f"注：同类平均按同类中有该项数据的单位计算；数据截至{time_text(report.drafted or report.issued)}。"
    yield Annex(title=table.caption, blocks=(table, Paragraph.of(note, is_note=True)))
    within = [block for block in (tables.by_month(issue.months), tables.chart(report)) if block]
    if within and report.kind is not MONTHLY:
        yield Annex(title=f"{periods.in_chinese(report.period)}履职情况对比", blocks=tuple(within))


def _links(report: Report) -> tables.Link:
    """Where a number's facts are listed: on the pages of whoever it is about."""
    page = f"/feedback/organisations/{report.organisation}?period={report.period}"
    return lambda measure: page
