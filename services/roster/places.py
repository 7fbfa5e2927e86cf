"""Where the pages of the roster are: they share templates."""

from __future__ import annotations

from pathlib import Path

from services.roster.help import HELP
from shared.pages.rendering import Pages

PAGES = Pages("roster", Path(__file__).parent / "pages", HELP)
