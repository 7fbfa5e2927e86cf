"""Where the pages of inspection are: they share templates and the row of places under the heading."""

from __future__ import annotations

from pathlib import Path

from shared.identity.audience import To
from shared.pages.rendering import Pages
from shared.pages.templates import PagePlace

PLACES = (
    PagePlace("stations", "站点联络", "/inspection/"),
    PagePlace("patrols", "巡查计划", "/inspection/patrols"),
    PagePlace("patrol", "现场巡查", "/inspection/patrol"),
    PagePlace("excellence", "四优窗口", "/inspection/excellence", To.ANYBODY),
    PagePlace("supervision", "电子监察", "/inspection/supervision"),
    PagePlace("rectifications", "整改台账", "/inspection/rectifications"),
)
"""In the order of the row; each subject adds its own."""
PAGES = Pages("inspection", Path(__file__).parent / "pages", within=PLACES)
