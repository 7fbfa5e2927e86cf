"""Where somebody lands who has just signed in and wanted nothing in particular."""

from __future__ import annotations

from shared.pages.navigation import TODO
from shared.process.running import Running
from shared.roster.organisations import Roster

START = "/feedback/start"
"""Where a county begins."""


async def first_page(parts: Running, code: str) -> str:
    """At what waits for them; a county in which nothing is registered yet begins with that."""
    county = parts.settings.county
    begins = code == county and is_bare(await parts.roster.current(), county)
    return START if begins else f"/{parts.service}/{TODO}"


def is_bare(roster: Roster, county: str) -> bool:
    """Whether nothing is registered but, it may be, the county itself."""
    return all(one.id == county for one in roster)
