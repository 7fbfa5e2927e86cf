"""Stations' one-time codes on pages of A4 to be cut apart: a slip for each, to be handed over."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import typst

from deploy.commands.slips import Invited, slip
from deploy.embedded.trouble import Trouble
from services.feedback.papers.fonts import FACES, families, folders

PAGES = Path(__file__).with_name("sheet.typ")
TITLE = "站点登记码"
ALONE = "-"
"""Standard output."""
NOT_WRITTEN = "文件{}无法写入（{}）；登记码已经发放，请重新执行本命令换发。 The sheet cannot be written."
NO_FACES = "缺少字体，登记码无法排印：请执行 make fonts，或用FONTS指明字体文件夹。 There are no faces to print in."
KIND = "登记码排印成PDF，文件名请以.pdf结尾。 The sheet is a PDF: call it so."


def is_printable(place: str) -> None:
    """`Trouble` where nothing could be printed, before any code is given out."""
    if place != ALONE and not place.lower().endswith(".pdf"):
        raise Trouble(KIND)
    _faces(_fonts())


def printed(invitations: Sequence[Invited], place: str) -> None:
    """Into a file that is its owner's alone."""
    pages = pdf(invitations)
    try:
        if place == ALONE:
            sys.stdout.buffer.write(pages)
            sys.stdout.buffer.flush()
            return
        with open(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(pages)
    except OSError as error:
        raise Trouble(NOT_WRITTEN.format(place, error.strerror)) from error


def pdf(invitations: Sequence[Invited]) -> bytes:
    """Four slips on a page."""
    fonts = _fonts()
    slips = json.dumps([slip(one) for one in invitations], ensure_ascii=False)
    given = {"slips": slips, "faces": json.dumps(_faces(fonts)), "title": TITLE}
    made = typst.compile(PAGES, format="pdf", sys_inputs=given, font_paths=fonts, ignore_system_fonts=True)
    assert isinstance(made, bytes)
    return made


def _fonts() -> typst.Fonts:
    """The county's own faces before those that come with the set-up."""
    found = folders(os.environ.get("FONTS", ""))
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[*found])


def _faces(fonts: typst.Fonts) -> dict[str, list[str]]:
    there = set(fonts.families())
    faces = {use: families(use, there) for use in FACES}
    if not all(faces.values()):
        raise Trouble(NO_FACES)
    return faces
