"""What a report that was signed says beside its figures: number, opinions as they were reviewed, what is asked."""

from __future__ import annotations

from collections.abc import Mapping

from services.feedback.measures.catalogue import Measures
from services.feedback.papers.drawing_up import Issue
from services.feedback.papers.sheet import Item
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
        mark=VOID if report.withdrawn else "",
        opinions=[*advised, *map(_item, report.required)],
        closing=report.closing,
        months=months,
    )


def _item(one: Required) -> Item:
    """The problem, what is required, and who sees to it."""
    by = f"责任人：{one.responsible}。" if one.responsible else ""
    return Item(text=f"{one.problem}。{one.requirement}。{by}", due=one.finish_by)
