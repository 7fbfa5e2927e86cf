"""Organisations with their key figures: each with all below it, and what stood below another with its part there alone.

So a heading and its rows add up, also when something moved within the period: it stands in both places, each time with
what it did there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from services.feedback.measures.balances import Held
from services.feedback.measures.catalogue import MEASURES, NOTHING, finished, merge, number
from services.feedback.measures.model import MonthlyDocument
from services.feedback.measures.words import text
from services.feedback.reports import periods
from shared.pages.boards import Cell
from shared.pages.chinese import day_text
from shared.pages.words import name_of
from shared.roster.organisations import Organisation, Roster

COLUMNS = (
    "inspections",
    "self-check-rate",
    "patrol-rate",
    "score",
    "findings",
    "rectifications-open",
    "rectifications-open-overdue",
    "cases-completed",
    "cases-on-time",
)
HEADS = (
    "日常检查（次）",
    "自查率（%）",
    "到位率（%）",
    "平均得分",
    "发现问题（项）",
    "期末未销号（项）",
    "其中逾期",
    "办结（件）",
    "按时办结（%）",
)
"""The key measures of a list, in the order of `COLUMNS`."""


@dataclass(frozen=True, slots=True)
class Line:
    """An organisation in a list; `below` are those under it, a `note` says since when or until when."""

    code: str
    name: str
    url: str
    cells: tuple[Cell, ...]
    report_url: str = ""
    below: tuple[Line, ...] = ()
    note: str = ""

    @property
    def figures(self) -> tuple[str, ...]:
        """As they are read."""
        return tuple(one.text for one in self.cells)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a period's documents add up to: for each organisation, for each one below another, for each by itself."""

    wholes: Mapping[str, Sequence[MonthlyDocument]]
    parts: Mapping[tuple[str, str], Sequence[MonthlyDocument]]
    own: Mapping[str, Sequence[MonthlyDocument]]
    held: Held

    @classmethod
    def of(cls, documents: Iterable[MonthlyDocument], months: Sequence[str], held: Held) -> Figures:
        """Each document is looked at once."""
        wholes: dict[str, list[MonthlyDocument]] = {}
        parts: dict[tuple[str, str], list[MonthlyDocument]] = {}
        own: dict[str, list[MonthlyDocument]] = {}
        for one in documents:
            if one.month not in months:
                continue
            path = one.path.split("/")
            for n, code in enumerate(path):
                wholes.setdefault(code, []).append(one)
                if n:
                    parts.setdefault((path[n - 1], code), []).append(one)
            own.setdefault(path[-1], []).append(one)
        return cls(wholes, parts, own, held)

    def whole(self, code: str) -> tuple[Cell, ...]:
        """Of an organisation and all below it."""
        return key_figures(self.wholes.get(code, ()), self.held.get(code, NOTHING))

    def part(self, above: str, code: str, stays: bool) -> tuple[Cell, ...]:
        """Of one below another; what it holds is where it stands when the period ends."""
        return key_figures(self.parts.get((above, code), ()), self.held.get(code, NOTHING) if stays else NOTHING)

    def alone(self, code: str, below: Iterable[str]) -> tuple[Cell, ...] | None:
        """Of an organisation itself; None when it did nothing by itself."""
        rest = dict(self.held.get(code, NOTHING))
        for other in below:
            for name, amount in self.held.get(other, NOTHING).items():
                rest[name] = rest.get(name, 0) - amount
        found = key_figures(self.own.get(code, ()), rest)
        return None if found == NO_FIGURES else found


def key_figures(documents: Sequence[MonthlyDocument], held: Mapping[str, Any]) -> tuple[Cell, ...]:
    """The key measures as they are read, and as they are reckoned with."""
    measures = finished(merge((one.add for one in documents), held=held))
    return tuple(_figure(name, measures[name]) for name in COLUMNS)


def _figure(name: str, value: Any) -> Cell:
    """A part of one stands in a table as percent."""
    found = number(value)
    reckoned = int(found) if found is not None and not isinstance(value, Mapping) else found
    return Cell(text(name, value), value=reckoned, unit="%" if MEASURES[name].unit == "%" else "")


NO_FIGURES = key_figures((), NOTHING)


def url(code: str, period: str) -> str:
    """An organisation's page."""
    return f"/feedback/organisations/{code}?period={period}"


def lines_below(roster: Roster, above: str, period: str, figures: Figures) -> tuple[Line, ...]:
    """Those that stood directly under one within a period, each with its part there; and what it did by itself.

    What was placed there by facts of days on which the roster has it elsewhere by now stands there too.
    """
    terms = {one.id: found for one in roster if (found := tuple(_terms(one, above, period)))}
    codes = sorted({*terms, *(code for place, code in figures.parts if place == above)})
    last = periods.last_day(period)
    lines = [_line(roster, above, code, period, figures, terms.get(code, ())) for code in codes]
    staying = [code for code in codes if any(ends == last for _, ends in terms.get(code, ()))]
    own = figures.alone(above, staying)
    if own is not None and lines:
        lines.insert(0, Line(above, f"{name_of(above, roster, last)}本级", url(above, period), own))
    return tuple(lines)


def _line(
    roster: Roster, above: str, code: str, period: str, figures: Figures, terms: Sequence[tuple[date, date]]
) -> Line:
    last = periods.last_day(period)
    stays = any(ends == last for _, ends in terms)
    note = "，".join(said for term in terms if (said := _said(term, period))) if terms else "按发生时的隶属关系"
    return Line(code, name_of(code, roster, last), url(code, period), figures.part(above, code, stays), note=note)


def _terms(one: Organisation, above: str, period: str) -> Iterator[tuple[date, date]]:
    """The first and the last day of each term within a period for which it stood directly under another."""
    first, last = periods.first_day(period), periods.last_day(period)
    ends = [following.since - timedelta(days=1) for following in one.history[1:]]
    begun: date | None = None
    for standing, end in zip(one.history, [*ends, last], strict=True):
        here = standing.parent == above and standing.ended is None
        if here and standing.since <= last and end >= first:
            begun = begun or max(standing.since, first)
            if end < last and _continues(one, above, end):
                continue
            yield begun, min(end, last)
        begun = None


def _continues(one: Organisation, above: str, end: date) -> bool:
    following = one.on(end + timedelta(days=1))
    return following is not None and following.parent == above


def _said(term: tuple[date, date], period: str) -> str:
    """自5月16日, 至5月15日; nothing when it stood there throughout."""
    begins, ends = term
    since = f"自{day_text(begins)}" if begins > periods.first_day(period) else ""
    until = f"至{day_text(ends)}" if ends < periods.last_day(period) else ""
    return since + until


__all__ = ["COLUMNS", "HEADS", "Figures", "Line", "key_figures", "lines_below", "url"]
