"""What a document says of its assessment: score, grade and place in a sentence, and each term in its first annex."""

from __future__ import annotations

from collections.abc import Iterator

from services.feedback.assessment.shown import ShownTerm, shown_result
from services.feedback.assessment.words import points_text
from services.feedback.papers.sheet import Annex, CellKind, Paragraph, SheetCell, SheetRow, SheetTable
from services.feedback.reports import periods
from services.feedback.reports.model import Report
from shared.pages.chinese import NOTHING


def result_of(report: Report) -> Iterator[Paragraph]:
    """Nothing of a document that bears no assessment."""
    if shown := shown_result(report.assessed, report.period):
        yield Paragraph.of(shown.sentence)


def annex_of(report: Report) -> Iterator[Annex]:
    """The points term by term, as they add up."""
    shown = shown_result(report.assessed, report.period)
    if shown is None or report.assessed is None:
        return
    title = f"{periods.in_chinese(report.period)}考核分项得分"
    total = SheetRow(cells=(SheetCell(text="得分", spans=5), _number(points_text(report.assessed.score))))
    table = SheetTable(
        caption=title,
        heads=("指标", "合计", "数值", "怎样计分", "分值", "得分"),
        widths=(5, 4, 3, 8, 2, 2),
        rows=(*map(_row, shown.terms), total),
    )
    yield Annex(title=title, blocks=(table,))


def _row(term: ShownTerm) -> SheetRow:
    words = (SheetCell(text=said) for said in (term.name, term.counted, term.reads, term.formula))
    return SheetRow(cells=(*words, _number(term.weight), _number(term.points)))


def _number(said: str) -> SheetCell:
    return SheetCell(text=said, kind=CellKind.NUMBER, value=None if said == NOTHING else float(said))
