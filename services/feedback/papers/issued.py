"""What a report that was signed says beside its figures: number, opinions as they were reviewed, what is asked."""

from __future__ import annotations

from collections.abc import Mapping

from services.feedback.measures.catalogue import Measures
from services.feedback.measures.words import NAMELESS
from services.feedback.papers.drawing_up import Issue
from services.feedback.papers.sheet import Item
from services.feedback.reports.changes import Change, shown
from services.feedback.reports.model import Report, Required
from shared.events.vocabulary import ReportKind

VOID = "已撤回作废"


def issue_of(report: Report, months: Mapping[str, Measures]) -> Issue:
    """Of one that was issued as soon as its period was closed there is nothing beside its months."""
    if not report.number:
        return Issue(months=months)
    is_numbered = report.kind is not ReportKind.MONTHLY
    advised = [Item(text=said) for said in report.opinions]
    return Issue(
        number=report.number if is_numbered else "",
        signed_at=report.issued,
        mark=VOID if report.withdrawn else f"更正第{report.revision}次" if report.revision else "",
        corrects=report.corrects,
        because=report.because,
        corrections=_corrections(report),
        opinions=[*advised, *map(_item, report.required)],
        closing=report.closing,
        months=months,
    )


def _corrections(report: Report) -> list[Item]:
    """本月发现问题由3项更正为4项."""
    changes = tuple(Change(one.measure, one.of, one.old, one.new) for one in report.revised)
    found = shown(report, changes, NAMELESS)
    return [Item(text=f"{one.period}{one.name}由{one.old}{one.unit}更正为{one.new}{one.unit}。") for one in found]


def _item(one: Required) -> Item:
    """The problem, what is required, and who sees to it."""
    by = f"责任人：{one.responsible}。" if one.responsible else ""
    return Item(text=f"{one.problem}。{one.requirement}。{by}", due=one.finish_by)
