"""The page of the roster: turns, joint meetings, process limits, how many organisations of each kind."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from services.roster.committee import committee
from services.roster.duty.model import STANDS, Turn
from services.roster.meetings.model import IS_IN_THE_GUIDE, Issue, Process
from services.roster.places import PAGES
from shared.database.documents import COUNTS
from shared.database.kept import documents
from shared.roster.organisations import Organisation, Roster
from shared.web.asking import County, Db, Today

router = APIRouter(prefix="/roster")


@router.get("/")
async def turns(db: Db, county: County, today: Today) -> HTMLResponse:
    """The committee's work; organisations as the service's own database has them."""
    roster = Roster({one.id: one for one in await documents(db, Organisation, {})})
    held = await documents(db, Turn, {"county": county, **STANDS})
    issues = await documents(db, Issue, {**_of(county), **COUNTS})
    processes = await documents(db, Process, {**_of(county), **IS_IN_THE_GUIDE})
    seen = committee(roster, county, held, issues, processes, today)
    return PAGES.render("turns.html", "roster", within="turns", seen=seen)


def _of(county: str) -> dict[str, Any]:
    return {"_id": {"$regex": f"^{county}/"}}
