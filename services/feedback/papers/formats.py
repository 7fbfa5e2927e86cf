"""The formats that a document is given in: how each is named, and how its file is called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from services.feedback.papers.sheet import Sheet


class Format(StrEnum):
    """As the end of an address says it."""

    HTML = "html"
    JSON = "json"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"


MADE_APART = (Format.PDF, Format.DOCX, Format.XLSX)
"""What takes memory or time, and is made in a process of its own."""
OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA: Mapping[Format, str] = {
    Format.JSON: "application/json",
    Format.PDF: "application/pdf",
    Format.DOCX: f"{OFFICE}.wordprocessingml.document",
    Format.XLSX: f"{OFFICE}.spreadsheetml.sheet",
}
NAMED: Mapping[Format, str] = {
    Format.HTML: "公文样式",
    Format.PDF: "PDF",
    Format.DOCX: "Word文档",
    Format.XLSX: "Excel表格",
    Format.JSON: "数据（JSON）",
}
"""As a page offers them."""
NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|\n\r\t', "_"))
"""What file systems do not take."""


@dataclass(frozen=True, slots=True)
class FileLink:
    """A format that the document is given in."""

    name: str
    url: str


def file_name(sheet: Sheet, made_as: Format) -> str:
    """2018-03_民政局2018年3月履职情况反馈（2018年第3期）.pdf, no longer than file systems take."""
    called = f"{sheet.period}_{sheet.title}{sheet.mark}".translate(NOT_IN_NAMES)
    return f"{called[:70]}.{made_as}"


def file_links(report: str) -> tuple[FileLink, ...]:
    """In the order in which they are offered."""
    return links_to(f"/feedback/reports/{report}", NAMED)


def links_to(path: str, formats: Iterable[Format]) -> tuple[FileLink, ...]:
    """Of any document, under its path."""
    return tuple(FileLink(NAMED[made_as], f"{path}.{made_as}") for made_as in formats)


def archive_url(period: str) -> str:
    """Of all its documents."""
    return f"/feedback/report-archives/{period}.zip"
