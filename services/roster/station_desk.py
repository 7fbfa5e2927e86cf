"""What a station's PC needs of the roster for its day's work: lessons to attend, processes whose cases it takes in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from services.roster.learning.model import Lesson
from services.roster.meetings.model import Process
from shared.database.kept import documents
from shared.database.mongo import Database
from shared.identity.reading import SIGNED_IN
from shared.roster.committees import committee_on
from shared.web.asking import County, Db, RosterNow, Today
from shared.web.reading import reads

LATE = timedelta(days=60)
"""How long after a lesson its attendance can still be chosen from the list."""


router = APIRouter(prefix="/roster/api")


@router.get(
    "/desk",
    summary="Lessons and processes for the organisation that asks (HTTP Basic, code and token)",
    dependencies=[reads(SIGNED_IN)],
)
async def desk(db: Db, county: County, roster: RosterNow, today: Today) -> JSONResponse:
    called = committee_on(roster, county, today)
    committee = {"name": called.name, "brand": called.brand}
    return JSONResponse({**await _kept(db, county, today), "committee": committee})


async def _kept(db: Database, county: str, day: date) -> dict[str, Any]:
    own: dict[str, Any] = {"_id": {"$regex": f"^{county}/"}}
    recent = {**own, "cancelled": {"$ne": True}, "day": {"$gte": (day - LATE).isoformat()}}
    lessons = await documents(db, Lesson, recent, (("day", -1),))
    return desk_json(lessons, await documents(db, Process, own), day)


def desk_json(lessons: Iterable[Lesson], processes: Iterable[Process], day: date) -> dict[str, Any]:
    """Lessons, the newest first, and the processes that have a limit on that day."""
    limits = ((process, process.limit_on(day)) for process in processes)
    return {
        "lessons": [{"lesson": _name(one.id), "title": one.title, "day": one.day.isoformat()} for one in lessons],
        "processes": [
            {
                "process": _name(one.id),
                "name": one.name,
                "limit_days": limit.days,
                "responsible": one.responsible,
            }
            for one, limit in limits
            if limit is not None
        ],
    }


def _name(id: str) -> str:
    """Within its county."""
    return id.split("/", 1)[1]
