"""A sheet as programs read it: its canonical JSON, which is what the PDF carries and a seal is made of."""

from __future__ import annotations

from services.feedback.papers.sheet import Sheet


def written(sheet: Sheet) -> bytes:
    """UTF-8."""
    return sheet.canonical()
