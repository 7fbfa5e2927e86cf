"""Makes a document's files, in a process of its own (`shared.foreign`): what is loaded for it is loaded here alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import typst

from services.feedback.papers import docx, pdf, xlsx
from services.feedback.papers.sheet import Sheet

WRITERS: Mapping[str, Callable[[Sheet, str], bytes]] = {
    "pdf": pdf.written,
    "docx": docx.written,
    "xlsx": xlsx.written,
}

typst.Compiler().compile(input=b" ", format="pdf")
"""Its threads begin now: once confined, this process may begin none."""


def work(given: Mapping[str, Any]) -> Mapping[str, Any]:
    """The files of a `sheet` in the `formats` wished for, or what is `wrong`."""
    sheet = Sheet.model_validate_json(given["sheet"])
    try:
        return {"files": {one: WRITERS[one](sheet, given["own_faces"]) for one in given["formats"]}}
    except pdf.WithoutFaces:
        return {"wrong": "faces-missing"}
