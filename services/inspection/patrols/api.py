"""What inspection answers of patrols: days, the five measures, what is due, single inspections, one's own desk."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from fastapi.responses import JSONResponse

from services.inspection import brought_back
from services.inspection.patrols import reads as records
from services.inspection.patrols.measures import DueLine, by
from services.inspection.patrols.own_desk import due_answer, own_desk
from shared.identity.reading import OWN, PLACES, SIGNED_IN
from shared.web.asking import Asker, County, Db, Parts, RosterNow, Today
from shared.web.heavy import HEAVY
from shared.web.parameters import EARLIEST, LATEST, CodeAsked, DayAsked, LimitAsked
from shared.web.reading import Reads, reads

MOST_DAYS = 92
"""Days that the measures are asked for at once: a quarter."""


class Group(StrEnum):
    """What the five measures are told for, beside plan and day."""

    PLAN = "plan"
    PATROLLER = "patroller"
    TOWNSHIP = "township"
    ORGANISATION = "organisation"


router = APIRouter(prefix="/inspection/api")


@router.get(
    "/days",
    summary="Patrol days, newest first: expected and done by all daily plans",
    dependencies=[reads(SIGNED_IN)],
)
async def days(
    db: Db, county: County, closed: bool | None = None, limit: LimitAsked = 31, after: str | None = None
) -> dict[str, Any]:
    return await records.days(db, county, closed, limit, after)


@router.get(
    "/days/{day}",
    summary="One patrol day with who was patrolled and who was due, by daily plan",
    dependencies=[reads(SIGNED_IN)],
)
async def day(db: Db, county: County, day: date) -> dict[str, Any]:
    found = await records.day(db, county, day.isoformat())
    if found is None:
        raise HTTPException(404)
    return found


@router.get(
    "/patrols",
    summary="Expected, done, rate, on time, rate on time by day and plan, 92 days at most",
    dependencies=[reads(SIGNED_IN), HEAVY],
)
async def patrols(
    db: Db,
    county: County,
    roster: RosterNow,
    today: Today,
    day: DayAsked | None = None,
    first: Annotated[date | None, Query(alias="from", ge=EARLIEST, le=LATEST)] = None,
    last: Annotated[date | None, Query(alias="to", ge=EARLIEST, le=LATEST)] = None,
    organisation: CodeAsked | None = None,
    township: CodeAsked | None = None,
    patroller: CodeAsked | None = None,
    plan: str | None = None,
    group: Annotated[Group, Query(alias="by")] = Group.PLAN,
) -> dict[str, Any]:
    begins, ends = _days_asked(day, first, last, today)
    lines = await records.due_between(db, county, roster, begins, ends)
    wanted = {"organisation": organisation, "township": township, "patroller": patroller}
    fitting = [line for line in lines if _fits(line, wanted) and plan in (None, line.plan.plan)]
    return {"items": _grouped(fitting, group), "next": None}


@router.get(
    "/due",
    summary="Each place due on a day, or within its week or campaign, and whether it is done",
    dependencies=[reads(SIGNED_IN)],
)
async def due(db: Db, county: County, roster: RosterNow, today: Today, day: DayAsked | None = None) -> dict[str, Any]:
    when = day or today
    lines = await records.open_on(db, county, roster, when)
    lists = {one.checklist: one for one in await records.checklists(db, county)}
    return {"items": [due_answer(line, lists, roster, when) for line in lines], "next": None}


@router.get(
    "/inspections",
    summary="Inspections, each with when it was captured and when it was received, that whoever asks may read",
    dependencies=[reads(PLACES)],
)
async def inspections(
    db: Db,
    county: County,
    roster: RosterNow,
    reading: Reads,
    organisation: CodeAsked | None = None,
    day: DayAsked | None = None,
    limit: LimitAsked = 200,
    after: str | None = None,
) -> dict[str, Any]:
    codes = records.places(county, roster, reading, organisation)
    return await records.inspections(db, codes, day, limit, after)


@router.get(
    "/inspections/{submitter}/{inspection}",
    summary="One inspection with the rectifications it opened",
    dependencies=[reads(PLACES)],
)
async def inspection(db: Db, reading: Reads, today: Today, submitter: str, inspection: str) -> dict[str, Any]:
    found = await records.open_inspection(db, reading, submitter, inspection, today)
    if found is None:
        raise HTTPException(404)
    return found


@router.get(
    "/desk",
    summary="What the organisation that asks has before it today (HTTP Basic, code and token)",
    dependencies=[reads(OWN)],
)
async def desk(who: Asker, parts: Parts, db: Db, county: County, roster: RosterNow, today: Today) -> JSONResponse:
    """With the operator's bound on what it may tell of by itself, and whether what was sent since a moment is lost."""
    more = {"oldest_days": parts.settings.oldest_days, "brought_back": await brought_back.newest(db)}
    return JSONResponse(await own_desk(db, county, roster, who, today) | more)


def _days_asked(day: date | None, first: date | None, last: date | None, today: date) -> tuple[date, date]:
    begins = first or day or last or today
    ends = last or (begins if day or not first else today)
    if not 0 <= (ends - begins).days < MOST_DAYS:
        raise HTTPException(422, f"from, to: at most {MOST_DAYS} days, the first of them first")
    return begins, ends


def _fits(line: DueLine, wanted: dict[str, str | None]) -> bool:
    return all(value in (None, getattr(line, name)) for name, value in wanted.items())


def _grouped(lines: list[DueLine], group: Group) -> list[dict[str, Any]]:
    def key(line: DueLine) -> tuple[date, str, str, str]:
        place = "" if group is Group.PLAN else str(getattr(line, group.value))
        return line.day, line.plan.plan, line.plan.patrol.value, place

    found = by(key, lines)
    return [
        {"day": day.isoformat(), "plan": plan, "patrol": patrol}
        | ({} if group is Group.PLAN else {group.value: place or None})
        | measures.answer()
        for (day, plan, patrol, place), measures in found.items()
    ]
