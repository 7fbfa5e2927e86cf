"""A counted fact as a line of its list, the sums above it, and where its record is for whoever may read that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.feedback.facts.counting import summed
from services.feedback.facts.reads import CountedFact, Printed
from services.feedback.facts.words import counts_for, said
from services.feedback.measures.catalogue import Kind, measure_named
from services.feedback.measures.words import Names, text, unit
from services.feedback.problems.listing import days_late
from services.feedback.reports import periods
from services.feedback.reports.model import report_id
from shared.dates import day_text
from shared.events import inspection
from shared.identity.reading import OWN, PERSONS, PLACES, Rule
from shared.pages.boards import ON_SCREEN, Cell
from shared.pages.cells import Cells, day_cell
from shared.pages.chinese import NOTHING, grouped
from shared.pages.words import acting_name
from shared.web.visit import Visit

HEADS = {"日期": "tight", "事项": "wide", "地点": "", "办理单位": "", "计入": "tight", "记录": ON_SCREEN}
NOT_FOR_YOU = "无权查看"
LATE = "截至时间以后收到"

OF_A_THING: Mapping[str, tuple[str, Rule | None]] = {
    "rectification": ("/inspection/rectifications/{organisation}/{named}", None),
    "incident": ("/inspection/incidents/{organisation}/{named}", PLACES),
    "case": ("/greenchannel/cases/{organisation}/{named}", PERSONS),
    "report": ("/feedback/reports/{named}", None),
}
"""By the field of a fact that names it: the thing's own page, and whom it opens to beside those who read figures."""


def sums(measure: str, found: Sequence[CountedFact], called: Names) -> list[tuple[str, Cell]]:
    """What all facts come to now, and how many there are."""
    value = summed([one.parts for one in found], measure)
    is_ratio = isinstance(value, dict) and "value" in value
    note = f"{grouped(value['n'])}÷{grouped(value['d'])}" if is_ratio and value["d"] else ""
    return [("现在合计", Cell(_valued(measure, value, called), note=note)), ("事项", Cell(f"{grouped(len(found))}项"))]


def as_printed(measure: str, beside: Printed | None, code: str, period: str, called: Names) -> list[tuple[str, Cell]]:
    """What the document of the period says, where there is one."""
    if beside is None:
        return []
    url = f"/feedback/{'reports' if beside.is_issued else 'drafts'}/{report_id(period, code)}"
    return [("反馈所列" if beside.is_issued else "文稿所列", Cell(_valued(measure, beside.value, called), url))]


def _valued(measure: str, value: Any, called: Names) -> str:
    of = measure_named(measure)
    return text(measure, value, called) + ("" if of.kind is Kind.DISTRIBUTION else unit(of))


def line(here: Visit, one: CountedFact, measure: str, period: str, called: Names, beside: Printed | None) -> Cells:
    """One fact; what came too late for the document says so."""
    place, by = _place(one), one.submission.partition("/")[0]
    return (
        day_cell(one.day, LATE if _is_late(one, beside) else ""),
        Cell(_said(one, period)),
        Cell(called.get(place, place)),
        Cell(acting_name(by, here.roster, one.day) if by else NOTHING),
        Cell(counts_for(measure, one.parts, called)),
        _record(here, one, place),
    )


def _said(one: CountedFact, period: str) -> str:
    if one.problem is None:
        return said(one.fact) if one.fact else ""
    last = periods.last_day(period)
    due, late = one.problem.due(last), days_late(one.problem, last)
    by = f"，整改期限{day_text(due)}" if due else ""
    return f"未销号：{one.problem.item}{by}" + (f"，已逾期{late}个工作日" if late else "")


def _place(one: CountedFact) -> str:
    """Where it was: a patrol was made, or missed, somewhere else than at whom it is told about."""
    return str(getattr(one.fact, "place", None) or one.organisation)


def _is_late(one: CountedFact, beside: Printed | None) -> bool:
    return bool(beside and beside.received and one.received and one.received > beside.received)


def _record(here: Visit, one: CountedFact, place: str) -> Cell:
    """The finding, the patrol, the case; else what was submitted."""
    url, may = _leads_to(here, one, place)
    return Cell("查看", url) if may else Cell(NOT_FOR_YOU)


def _leads_to(here: Visit, one: CountedFact, place: str) -> tuple[str, bool]:
    """The page, and whether whoever looks may open it."""
    fact, may = one.fact, here.reading.may
    if one.problem is not None:
        return f"/inspection/rectifications/{one.problem.id}", True
    if type(fact) in (inspection.InspectionLogged, inspection.PatrolMade):
        return f"/inspection/inspections/{one.submission}", may(PLACES, place)
    if type(fact) in (inspection.PatrolMissed, inspection.MissedPatrolWithdrawn):
        return f"/inspection/patrols?day={one.day}", True
    for field, (page, rule) in OF_A_THING.items():
        if named := getattr(fact, field, ""):
            about = {"organisation": getattr(fact, "organisation", one.organisation), "named": named}
            return page.format(**about), rule is None or may(rule, one.organisation)
    if fact is None or not one.submission:
        return f"/roster/organisations/{one.organisation}", True
    return f"/{fact.service}/submissions/{one.submission}", may(OWN, one.submission.partition("/")[0])
