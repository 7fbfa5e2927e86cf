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
from shared.identity.reading import PUBLIC
from shared.roster.organisations import Organisation, Roster
from shared.web.asking import County
from shared.web.reading import reads
from shared.web.records.correctable import HowCorrected
from shared.web.records.planned import change_links
from shared.web.visit import Here

router = APIRouter(prefix="/roster")


@router.get("/", dependencies=[reads(PUBLIC)])
async def turns(here: Here, county: County, how: HowCorrected) -> HTMLResponse:
    """The committee's work, issues and lessons for those signed in; organisations as its own database has them."""
    db, today = here.parts.db, here.today
    roster = Roster({one.id: one for one in await documents(db, Organisation, {})})
    held = await documents(db, Turn, {"county": county, **STANDS})
    issues = await documents(db, Issue, {**_of(county), **COUNTS}) if here.who else []
    processes = await documents(db, Process, {**_of(county), **IS_IN_THE_GUIDE})
    coming = {**_of(county), **STANDS, "day": {"$gte": today.isoformat()}}
    lessons = await documents(db, Lesson, coming) if here.who else []
    ahead = still_planned(county, held, lessons, processes, today)
    ways = await change_links(here, how, PLANNED, ahead)
    seen = committee(roster, county, held, issues, processes, today, lessons, ways)
    return PAGES.render("turns.html", "turns", seen=seen, is_signed_in=here.who is not None)


def _of(county: str) -> dict[str, Any]:
    return {"_id": {"$regex": f"^{county}/"}}
