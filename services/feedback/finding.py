"""What feedback keeps under some words: reports and assessments of units by name, of those who may read them."""

from __future__ import annotations

from typing import Any

from services.feedback.assessment.model import Assessed
from services.feedback.assessment.pages import PAGE, open_to
from services.feedback.assessment.words import grade_state, points_text
from services.feedback.reports import periods
from services.feedback.reports.model import STANDS, Report
from shared.asks.search import FoundItem, FoundKind
from shared.identity.reading import REPORTS
from shared.web.searching import kept_under
from shared.web.visit import Visit


async def found(here: Visit, words: str) -> list[FoundKind]:
    """The newest periods first."""
    among: dict[str, Any] = {**here.reading.filter(REPORTS), **STANDS}
    return [
        FoundKind(kind="报告", items=await kept_under(here, Report, "name", words, among, report)),
        FoundKind(kind="考核", items=await kept_under(here, Assessed, "name", words, open_to(here), assessed)),
    ]


def report(one: Report) -> FoundItem:
    """A report as a document."""
    return FoundItem(title=one.name, url=f"/feedback/reports/{one.id}", note=periods.in_chinese(one.period))


def assessed(one: Assessed) -> FoundItem:
    """A unit's assessment in a period."""
    said = f"{periods.in_chinese(one.period)}考核，{points_text(one.result.score)}分，{grade_state(one.result).word}"
    return FoundItem(title=one.name, url=f"{PAGE}/{one.id}", note=said)
