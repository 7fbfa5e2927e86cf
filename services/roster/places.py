"""Where the pages of the roster are: they share templates and the row of places under the heading."""

from __future__ import annotations

from pathlib import Path

from shared.identity.audience import To
from shared.pages.rendering import Pages
from shared.pages.templates import PagePlace

PLACES = (
    PagePlace("turns", "轮值与联席会议", "/roster/", To.ANYBODY),
    PagePlace("organisations", "单位名录", "/roster/organisations"),
    PagePlace("calendar", "放假安排", "/roster/calendar", To.ANYBODY),
)
"""In the order of the row; each subject adds its own."""
PAGES = Pages("roster", Path(__file__).parent / "pages", within=PLACES)
