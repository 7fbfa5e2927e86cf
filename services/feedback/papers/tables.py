"""A report's figures as tables and a chart of its sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from services.feedback.facts.address import facts_url
from services.feedback.measures.catalogue import Measures, measure_named
from services.feedback.measures.charts import ComparedRates, compared_rates, rates_of
from services.feedback.measures.rows import Places, Row, Section, is_silent, sections
from services.feedback.measures.words import Names, text, unit
from services.feedback.papers.sheet import CellKind, Series, SheetCell, SheetChart, SheetRow, SheetTable
from services.feedback.reports import periods
from services.feedback.reports.model import ListedProblem, Report
from shared.dates import day_text
from shared.events.vocabulary import ReportKind
from shared.pages.chinese import NOTHING

Link = Callable[[str], str]
SHOWN = ("inspections", "score", "findings", "rectified-on-time", "cases-completed", "cases-on-time")
"""What is shown period by period."""


def figures(report: Report, called: Names, links: Callable[[Report, str], Link]) -> SheetTable | None:
    """All figures beside those of the period before and the mean of its kind; None where nothing happened."""
    if is_silent(report.measures):
        return None
    before = {} if is_silent(report.before) else report.before
    places = Places(report.places or 0, report.places_before or 0)
    found = sections(report.measures, before, report.peers, called, places)
    spoken, lead = periods.spoken(report.period), (links(report, ""), links(report, periods.before(report.period)))
    return SheetTable(
        caption=f"{periods.in_chinese(report.period)}履职数据",
        heads=("指标", "单位", spoken.now, spoken.before, f"同类平均（{report.peer_count}个）"),
        widths=(7, 2, 4, 4, 6),
        rows=tuple(row for section in found for row in _section(section, lead)),
    )


def _section(section: Section, lead: tuple[Link, Link]) -> Iterator[SheetRow]:
    yield SheetRow(is_group=True, cells=(SheetCell(text=section.name, spans=5),))
    for row in section.rows:
        yield _row(row, *lead)


def _row(row: Row, now: Link, before: Link) -> SheetRow:
    """The mean of its kind is of others, whose facts are theirs."""
    named = (SheetCell(text=row.name), SheetCell(text=row.unit))
    if row.is_spread:
        return SheetRow(cells=(*named, SheetCell(text=row.now, spans=3, link=_leads(now, row.measure, row.now))))
    own = (
        SheetCell(text=said, kind=CellKind.NUMBER, value=number_of(said), link=_leads(link, row.measure, said))
        for said, link in ((row.now, now), (row.before, before))
    )
    return SheetRow(cells=(*named, *own, SheetCell(text=row.peers, kind=CellKind.NUMBER, value=number_of(row.peers))))


def _leads(link: Link, measure: str, said: str) -> str:
    return link(measure) if measure and said != NOTHING else ""


def number_of(said: str) -> float | None:
    """The number that stands in a cell; None where there is none."""
    return None if said == NOTHING else float(said.replace(",", ""))


HEADS_OF = {ReportKind.MONTHLY: ("月份", "各月", 2), ReportKind.QUARTERLY: ("季度", "各季度", 3)}
"""The first column of figures side by side, what they are, and its width."""


def by_period(organisation: str, points: Mapping[str, Measures]) -> SheetTable | None:
    """The main figures of each month or quarter, in order; None of fewer than two."""
    if len(points) < 2:
        return None
    names = [name for name in SHOWN if all(name in measures for measures in points.values())]
    heads = tuple(f"{measure_named(name).zh}（{unit(measure_named(name))}）" for name in names)
    head, called, width = HEADS_OF[periods.kind_of(min(points))]
    return SheetTable(
        caption=f"{called}履职数据",
        heads=(head, *heads),
        widths=(width, *(3 for _ in names)),
        rows=tuple(_period(organisation, period, points[period], names) for period in sorted(points)),
    )


def _period(organisation: str, period: str, measures: Measures, names: Sequence[str]) -> SheetRow:
    said = [(name, text(name, measures[name])) for name in names]
    cells = (
        SheetCell(
            text=one,
            kind=CellKind.NUMBER,
            value=number_of(one),
            link=_leads(partial(facts_url, organisation, period=period), name, one),
        )
        for name, one in said
    )
    return SheetRow(cells=(SheetCell(text=periods.short(period)), *cells))


def problems(report: Report) -> SheetTable | None:
    """未销号问题清单: each finding that is not put right when the period is over; None where all are."""
    left = [one for one in report.problems or () if one.done is None]
    if not left:
        return None
    return SheetTable(
        caption="未销号问题清单",
        heads=("序号", "问题", "地点", "发现日期", "整改期限", "情况"),
        widths=(2, 8, 5, 5, 5, 6),
        rows=tuple(_problem(n, one) for n, one in enumerate(left, 1)),
    )


def _problem(n: int, one: ListedProblem) -> SheetRow:
    return SheetRow(
        cells=(
            SheetCell(text=str(n), kind=CellKind.NUMBER, value=n),
            SheetCell(text=one.what, link=f"/inspection/rectifications/{one.problem}"),
            SheetCell(text=one.where),
            SheetCell(text=day_text(one.found), kind=CellKind.DAY, day=one.found),
            SheetCell(text=day_text(one.due) if one.due else NOTHING, kind=CellKind.DAY, day=one.due),
            SheetCell(text=f"已逾期{one.late}个工作日" if one.late else "未到期"),
        )
    )


def chart(report: Report) -> SheetChart | None:
    """The rates and scores that a page draws too."""
    found = compared_rates(report.measures, report.before, report.peers, periods.spoken(report.period))
    return _drawn("主要指标对比", found)


def trend_chart(report: Report) -> SheetChart | None:
    """The same of the periods that it is shown beside: bars of one rate stand together, the earliest first."""
    called = {ReportKind.MONTHLY: "近三个月", ReportKind.QUARTERLY: "各月", ReportKind.ANNUAL: "各季度"}
    found = rates_of({periods.short(one.period): one.measures for one in report.trend})
    return _drawn(f"{called[report.kind]}主要指标", found)


def _drawn(title: str, found: ComparedRates | None) -> SheetChart | None:
    if found is None:
        return None
    series = tuple(Series(name=who, values=tuple(values)) for who, values in found.data.items())
    return SheetChart(title=title, categories=found.titles, series=series)
