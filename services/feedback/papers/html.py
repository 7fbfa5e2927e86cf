"""A sheet as a page in the console's frame: what its template prints, charts drawn already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from services.feedback.papers.chart import drawing
from services.feedback.papers.formats import FileLink, file_links
from services.feedback.papers.sheet import Block, Sheet, SheetChart
from shared.dates import day_text
from shared.pages.charts import FONT


@dataclass(frozen=True, slots=True)
class Paper:
    """The document, its days in words, and where its files are."""

    sheet: Sheet
    title_lines: tuple[str, ...]
    issued: str
    printed: str
    report_url: str
    files: tuple[FileLink, ...]

    @staticmethod
    def drawn(block: Block) -> Markup:
        """A chart's drawing; its words are escaped in it."""
        return Markup(drawing(block, FONT)) if isinstance(block, SheetChart) else Markup()


def paper(sheet: Sheet, files: Sequence[FileLink] | None = None) -> Paper:
    """As the template takes it; `files` are a report's unless said."""
    return Paper(
        sheet=sheet,
        title_lines=sheet.title_lines or (sheet.title,),
        issued=day_text(sheet.issued) if sheet.issued else "",
        printed=f"{day_text(sheet.printed_on)}印发" if sheet.printed_on else "",
        report_url=f"/feedback/reports/{sheet.id}",
        files=file_links(sheet.id)[1:] if files is None else tuple(files),
    )
