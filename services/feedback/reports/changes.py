"""What an issued report prints that is no longer so: facts came for its months after it was issued (补报).

Its own figures count, of its period and of the one before. The mean of its kind does not: one late fact of anybody
would change it in every report, and it stays said as of the day of issue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from services.feedback.measures.catalogue import Measures, awards_in, is_award, measure_named
from services.feedback.measures.rows import SECTIONS, is_silent
from services.feedback.measures.words import NAMELESS, Names, text, unit
from services.feedback.reports import periods
from services.feedback.reports.model import Report
from shared.pages.boards import Cell
from shared.pages.cells import Cells
from shared.pages.chinese import NOTHING, grouped

PRINTED = tuple(name for _, names in SECTIONS for name in names)
NOW, BEFORE = "measures", "before"
OF_DUE = "rectified-on-time"
"""A rate whose denominator is printed beside it, of the period itself."""


class Change(NamedTuple):
    """A figure that reads otherwise now; `of` is the part of the report it stands in, values are finished ones."""

    measure: str
    of: str
    old: Any
    new: Any

    def answer(self) -> dict[str, Any]:
        """As programs read it."""
        return self._asdict()


class ChangedReport(NamedTuple):
    """An issued report and what it prints that is no longer so."""

    report: Report
    changes: tuple[Change, ...]

    def answer(self) -> dict[str, Any]:
        """As programs read it."""
        report = self.report
        about = {"report": report.id, "organisation": report.organisation, "name": report.name}
        changed = [change.answer() for change in self.changes]
        return {**about, "period": report.period, "kind": report.kind.value, "changed": changed}


def of_years(found: Iterable[ChangedReport]) -> dict[str, list[ChangedReport]]:
    """By the year of their period, the newest first."""
    by_year: dict[str, list[ChangedReport]] = {}
    for one in found:
        by_year.setdefault(one.report.period[:4], []).append(one)
    return dict(sorted(by_year.items(), reverse=True))


def changes(report: Report, now: Measures, before: Measures) -> tuple[Change, ...]:
    """What its period and the one before come to now, where that reads otherwise; only measures that it has."""
    return (
        *_changed(NOW, report.measures, report.measures, now),
        *_changed(BEFORE, report.measures, _printed(report.before), _printed(before)),
    )


def _printed(before: Measures) -> Measures:
    """A period before in which nothing happened is printed as none."""
    return {} if is_silent(before) else before


def _changed(of: str, has: Measures, then: Measures, now: Measures) -> Iterator[Change]:
    for name in (*PRINTED, *awards_in(then, now)):
        if is_award(name) or (name in has and (name in then or not then)):
            old, new = _of(name, then), _of(name, now)
            if _reads(of, name, old) != _reads(of, name, new):
                yield Change(name, of, old, new)


def _of(name: str, measures: Measures) -> Any:
    """An award that a report does not tell of was given to nobody."""
    return measures.get(name, 0 if measures and is_award(name) else None)


def _read(name: str, value: Any, called: Names = NAMELESS) -> str:
    return NOTHING if value is None else text(name, value, called)


def _reads(of: str, name: str, value: Any, called: Names = NAMELESS) -> str:
    said = _read(name, value, called)
    if name != OF_DUE or of != NOW or value is None:
        return said
    return f"{said}（到期{grouped(value['d'])}项）"


@dataclass(frozen=True, slots=True)
class ShownChange:
    """A change in words."""

    name: str
    period: str
    old: str
    new: str
    unit: str


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A report that differs, in the list of those to be put right."""

    name: str
    period: str
    url: str
    changes: tuple[ShownChange, ...]


def shown(report: Report, found: tuple[Change, ...], called: Mapping[str, str]) -> tuple[ShownChange, ...]:
    """In the order of the report's rows."""
    spoken = periods.spoken(report.period)
    words = {NOW: spoken.now, BEFORE: spoken.before}
    return tuple(_shown_change(one, words[one.of], called) for one in found)


def _shown_change(one: Change, period: str, called: Mapping[str, str]) -> ShownChange:
    measure = measure_named(one.measure)
    old, new = (_reads(one.of, one.measure, value, called) for value in (one.old, one.new))
    return ShownChange(measure.zh, period, old, new, unit(measure))


CHANGED_HEADS = {"单位": "", "反馈期次": "", "指标": "", "数据期次": "", "印发时": "", "现在": "", "计量单位": ""}


def changed_cells(one: ChangedLine) -> Iterator[Cells]:
    """A report as a table has it: a line for each figure."""
    for change in one.changes:
        said = (one.name, one.period, change.name, change.period, change.old, change.new, change.unit)
        yield tuple(Cell(text) for text in said)


def line(one: ChangedReport, called: Mapping[str, str]) -> ChangedLine:
    """A report in the list."""
    report = one.report
    return ChangedLine(
        name=report.name,
        period=periods.in_chinese(report.period),
        url=f"/feedback/reports/{report.id}",
        changes=shown(report, one.changes, called),
    )
