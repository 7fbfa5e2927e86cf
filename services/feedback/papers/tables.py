"""A report's figures as tables and a chart of its sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from services.feedback.measures.catalogue import Measures, measure_named
from services.feedback.measures.charts import compared_rates
from services.feedback.measures.rows import Places, Row, Section, is_silent, sections
from services.feedback.measures.words import Names, text, unit
from services.feedback.papers.sheet import CellKind, Series, SheetCell, SheetChart, SheetRow, SheetTable
from services.feedback.reports import periods
from services.feedback.reports.model import Report
from shared.pages.chinese import NOTHING

Link = Callable[[str], str]
MONTHLY = ("inspections", "score", "findings", "rectified-on-time", "cases-completed", "cases-on-time")
"""What is shown month by month."""


def figures(report: Report, called: Names, link: Link) -> SheetTable | None:
    """All figures beside those of the period before and the mean of its kind; None where nothing happened."""
    if is_silent(report.measures):
        return None
    before = {} if is_silent(report.before) else report.before
    places = Places(report.places or 0, report.places_before or 0)
    found = sections(report.measures, before, report.peers, called, places)
    spoken = periods.spoken(report.period)
    return SheetTable(
        caption=f"{periods.in_chinese(report.period)}履职数据",
        heads=("指标", "单位", spoken.now, spoken.before, f"同类平均（{report.peer_count}个）"),
        widths=(7, 2, 4, 4, 6),
        rows=tuple(row for section in found for row in _section(section, link)),
    )


def _section(section: Section, link: Link) -> Iterator[SheetRow]:
    yield SheetRow(is_group=True, cells=(SheetCell(text=section.name, spans=5),))
    for row in section.rows:
        yield _row(row, link)


def _row(row: Row, link: Link) -> SheetRow:
    named = (SheetCell(text=row.name), SheetCell(text=row.unit))
    if row.is_spread:
        return SheetRow(cells=(*named, SheetCell(text=row.now, spans=3)))
    leads = link(row.measure) if row.measure else ""
    now = SheetCell(text=row.now, kind=CellKind.NUMBER, value=_number(row.now), link=leads)
    beside = (SheetCell(text=said, kind=CellKind.NUMBER, value=_number(said)) for said in (row.before, row.peers))
    return SheetRow(cells=(*named, now, *beside))


def _number(said: str) -> float | None:
    return None if said == NOTHING else float(said.replace(",", ""))


def by_month(months: Mapping[str, Measures]) -> SheetTable | None:
    """The main figures of each month, as its own report said them; None of fewer than two."""
    if len(months) < 2:
        return None
    names = [name for name in MONTHLY if all(name in measures for measures in months.values())]
    heads = tuple(f"{measure_named(name).zh}（{unit(measure_named(name))}）" for name in names)
    return SheetTable(
        caption="各月履职数据",
        heads=("月份", *heads),
        widths=(2, *(3 for _ in names)),
        rows=tuple(_month(month, months[month], names) for month in sorted(months)),
    )


def _month(month: str, measures: Measures, names: Sequence[str]) -> SheetRow:
    said = [text(name, measures[name]) for name in names]
    cells = (SheetCell(text=one, kind=CellKind.NUMBER, value=_number(one)) for one in said)
    return SheetRow(cells=(SheetCell(text=f"{int(month[5:])}月"), *cells))


def chart(report: Report) -> SheetChart | None:
    """The rates and scores that a page draws too."""
    found = compared_rates(report.measures, report.before, report.peers, periods.spoken(report.period))
    if found is None:
        return None
    series = tuple(Series(name=who, values=tuple(values)) for who, values in found.data.items())
    return SheetChart(title="主要指标对比", categories=found.titles, series=series)
