"""The page of the roster: turns, joint meetings, process limits, lessons, how many organisations of each kind."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from services.roster.changing import PLANNED, still_planned
from services.roster.committee import committee
from services.roster.duty.model import STANDS, Turn
from services.roster.learning.model import Lesson
from services.roster.meetings.model import IS_IN_THE_GUIDE, Issue, Process
from services.roster.places import PAGES
from shared.database.documents import COUNTS
from shared.database.kept import documents
from shared.roster.organisations import Organisation, Roster
from shared.web.asking import County
from shared.web.records.correctable import HowCorrected
from shared.web.records.planned import change_links
from shared.web.visit import Here

router = APIRouter(prefix="/roster")


@router.get("/")
async def turns(here: Here, county: County, how: HowCorrected) -> HTMLResponse:
    """The committee's work; organisations as the service's own database has them."""
    db, today = here.parts.db, here.today
    roster = Roster({one.id: one for one in await documents(db, Organisation, {})})
    held = await documents(db, Turn, {"county": county, **STANDS})
    issues = await documents(db, Issue, {**_of(county), **COUNTS})
    processes = await documents(db, Process, {**_of(county), **IS_IN_THE_GUIDE})
    lessons = await documents(db, Lesson, {**_of(county), **STANDS, "day": {"$gte": today.isoformat()}})
    ahead = still_planned(county, held, lessons, processes, today)
    ways = await change_links(here, how, PLANNED, ahead)
    seen = committee(roster, county, held, issues, processes, today, lessons, ways)
    return PAGES.render("turns.html", "roster", within="turns", seen=seen)


def _of(county: str) -> dict[str, Any]:
    return {"_id": {"$regex": f"^{county}/"}}
