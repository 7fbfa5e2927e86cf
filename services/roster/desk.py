"""The page of the roster: turns, joint meetings, process limits, how many organisations of each kind."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from services.roster.committee import committee
from services.roster.duty.model import Turn
from services.roster.meetings.model import Issue, Process
from shared.calendar import china_day
from shared.database.documents import T
from shared.database.mongo import Database
from shared.pages.rendering import Pages
from shared.process.running import Running
from shared.roster.organisations import Organisation, Roster

PAGES = Pages("roster", Path(__file__).parent / "pages")


def desk(parts: Running) -> APIRouter:
    """Every page under /roster."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    db, county = parts.db, parts.settings.county

    @router.get("/roster/")
    async def turns() -> HTMLResponse:
        roster = Roster({one.id: one for one in await _all(db, Organisation, {})})
        held = await _all(db, Turn, {"county": county})
        issues = await _all(db, Issue, _of(county))
        processes = await _all(db, Process, _of(county))
        seen = committee(roster, county, held, issues, processes, china_day(datetime.now(UTC)))
        return PAGES.render("turns.html", "roster", seen=seen)

    return router


def _of(county: str) -> dict[str, Any]:
    return {"_id": {"$regex": f"^{county}/"}}


async def _all(db: Database, kind: type[T], wanted: dict[str, Any]) -> list[T]:
    raw = await db[kind.collection].find(wanted).sort("_id", 1).to_list(None)
    return [kind.stored(one) for one in raw]
