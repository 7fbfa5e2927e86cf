"""What the documents of a period are called."""

from __future__ import annotations

from collections.abc import Mapping

from services.feedback.reports import periods
from shared.events.vocabulary import ReportKind

KINDS: Mapping[ReportKind, str] = {
    ReportKind.MONTHLY: "反馈",
    ReportKind.QUARTERLY: "汇总",
    ReportKind.ANNUAL: "考核",
}


def name_of_period(period: str) -> str:
    """2018年3月反馈, 2018年度考核."""
    return f"{periods.in_chinese(period)}{KINDS[periods.kind_of(period)]}"
