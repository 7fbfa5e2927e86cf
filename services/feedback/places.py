"""Where the pages of feedback are: each subject shows its own by these templates."""

from __future__ import annotations

from pathlib import Path

from services.feedback.help import HELP
from shared.pages.rendering import Pages
from shared.web.subjects import SubjectPages

PAGES = Pages("feedback", Path(__file__).parent / "pages", HELP)
SUBJECTS = SubjectPages(PAGES)
