"""Where the pages of inspection are: they share templates, and one for what is kept."""

from __future__ import annotations

from pathlib import Path

from services.inspection.help import HELP
from shared.pages.rendering import Pages
from shared.web.subjects import SubjectPages

PAGES = Pages("inspection", Path(__file__).parent / "pages", HELP)
SUBJECTS = SubjectPages(PAGES)
