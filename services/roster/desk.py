"""The page of the roster: turns, joint meetings, process limits, how many organisations of each kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from services.roster.committee import committee
from services.roster.duty.model import Turn
from services.roster.meetings.model import Issue, Process
from shared.database.documents import T
from shared.database.mongo import Database
from shared.pages.rendering import Pages
from shared.roster.organisations import Organisation, Roster
from shared.web.asking import County, Db, Today

PAGES = Pages("roster", Path(__file__).parent / "pages")


router = APIRouter(prefix="/roster")


@router.get("/")
async def turns(db: Db, county: County, today: Today) -> HTMLResponse:
    """The committee's work; organisations as the service's own database has them."""
    roster = Roster({one.id: one for one in await _all(db, Organisation, {})})
    held = await _all(db, Turn, {"county": county})
    issues = await _all(db, Issue, _of(county))
    processes = await _all(db, Process, _of(county))
    return PAGES.render("turns.html", "roster", seen=committee(roster, county, held, issues, processes, today))


def _of(county: str) -> dict[str, Any]:
    return {"_id": {"$regex": f"^{county}/"}}


async def _all(db: Database, kind: type[T], wanted: dict[str, Any]) -> list[T]:
    raw = await db[kind.collection].find(wanted).sort("_id", 1).to_list(None)
    return [kind.stored(one) for one in raw]
