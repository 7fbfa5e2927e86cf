"""Where the pages of the green channel are, and how those of its subjects are shown."""

from __future__ import annotations

from pathlib import Path

from services.greenchannel.help import HELP
from shared.pages.rendering import Pages
from shared.web.subjects import SubjectPages

PAGES = Pages("greenchannel", Path(__file__).parent / "pages", HELP)
SUBJECTS = SubjectPages(PAGES)
