"""Where the pages of inspection are: they share templates."""

from __future__ import annotations

from pathlib import Path

from shared.pages.rendering import Pages

PAGES = Pages("inspection", Path(__file__).parent / "pages")
