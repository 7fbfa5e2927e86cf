"""Who was patrolled day by day, as feedback's pages ask it: by township, place by place, or one place's year."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from services.inspection.patrols import reads
from services.inspection.patrols.measures import DueLine
from services.inspection.patrols.model.patrols import PatrolDay
from services.inspection.rectifications import ages
from services.inspection.stations.reads import contact_of, silent
from shared.asks.patrolled import DayTally, Patrolled, PatrolledAsked, TalliedPlace
from shared.calendar import CHINA, is_working_day
from shared.database.mongo import Database
from shared.events.vocabulary import Rhythm
from shared.process.running import Running


async def patrolled(parts: Running, asked: PatrolledAsked) -> Patrolled:
    """The answer to feedback's question, as of now."""
    roster, db, county = await parts.roster.current(), parts.db, parts.settings.county
    open_now = ages.open_ones(db, county, roster, asked.of, asked.today)
    if asked.year:
        year, heard = _year(db, county, asked.of, asked.year), contact_of(db, roster, county, asked.of, asked.last)
        found, days, contact = await asyncio.gather(open_now, year, heard)
        tallies: list[DayTally | None] = [*days.values()]
        return Patrolled(
            days=[*days],
            places=[TalliedPlace(code=asked.of, places=1, tallies=tallies)],
            ages=ages.ages_of(found, asked.today),
            contact=contact,
        )
    days_asked, is_county = working_days(asked.last, asked.days), asked.of == county
    due = reads.due_between(db, county, roster, days_asked[0], days_asked[-1])
    unheard = silent(db, roster, county, asked.today) if is_county else _not_asked()
    found, lines, count = await asyncio.gather(open_now, due, unheard)
    daily = [one for one in lines if one.plan.rhythm is Rhythm.DAILY]
    return Patrolled(
        days=days_asked,
        places=tallied(daily, days_asked, asked.of, is_county),
        ages=ages.ages_of(found, asked.today),
        untold={code: {**months} for code, months in ages.untold_of(found, roster, county, asked.today).items()},
        silent=count,
    )


async def _not_asked() -> None:
    """Of one organisation it is not asked: its places are listed with their contacts."""


def working_days(last: date, count: int) -> list[date]:
    """So many up to a day, in order."""
    found: list[date] = []
    while len(found) < count:
        if is_working_day(last):
            found.append(last)
        last -= timedelta(days=1)
    return found[::-1]


def tallied(lines: Iterable[DueLine], days: Sequence[date], of: str, is_county: bool) -> list[TalliedPlace]:
    """By township for the county; else each place that is the organisation, below it, or patrolled by it."""
    mine = [one for one in lines if is_county or of in (one.township, one.organisation, one.patroller)]
    by: dict[str, dict[date, list[DueLine]]] = {}
    for one in mine:
        key = one.township if is_county else one.organisation
        by.setdefault(key, {}).setdefault(one.day, []).append(one)
    return [_place(code, found, days) for code, found in sorted(by.items())]


def _place(code: str, found: Mapping[date, Sequence[DueLine]], days: Sequence[date]) -> TalliedPlace:
    places = {one.organisation for some in found.values() for one in some}
    tallies = [_tally(found[day]) if day in found else None for day in days]
    return TalliedPlace(code=code, places=len(places), tallies=tallies)


def _tally(lines: Sequence[DueLine]) -> DayTally:
    """A place that is due by two plans is due twice."""
    done, on_time = sum(one.done for one in lines), sum(one.on_time for one in lines)
    return DayTally(due=len(lines), done=done, on_time=on_time, closed=all(one.closed for one in lines))


async def _year(db: Database, county: str, code: str, year: int) -> dict[date, DayTally]:
    """The days on which a place was due or patrolled; the database looks through each day's tallies."""
    plans = {"$objectToArray": "$plans"}
    each = {
        "due": {"$in": [code, {"$ifNull": ["$$one.v.due", []]}]},
        "done": {"$in": [code, {"$map": {"input": _pairs("$$one.v.patrolled"), "as": "two", "in": "$$two.k"}}]},
        "on_time": {"$in": [code, {"$ifNull": ["$$one.v.on_time", []]}]},
    }
    steps: list[dict[str, Any]] = [
        {"$match": {"_id": {"$gte": f"{county}/{year}-01-01", "$lte": f"{county}/{year}-12-31"}}},
        {"$project": {"day": 1, "closed": 1, "plans": {"$map": {"input": plans, "as": "one", "in": each}}}},
    ]
    found: dict[date, DayTally] = {}
    async for raw in db[PatrolDay.collection].aggregate(steps):
        mine = [one for one in raw["plans"] if one["due"] or one["done"]]
        if mine:
            done, on_time = sum(one["done"] for one in mine), sum(one["on_time"] for one in mine)
            closed = bool(raw.get("closed"))
            found[_day(raw["day"])] = DayTally(due=len(mine), done=done, on_time=on_time, closed=closed)
    return dict(sorted(found.items()))


def _pairs(of: str) -> dict[str, Any]:
    return {"$objectToArray": {"$ifNull": [of, {}]}}


def _day(raw: Any) -> date:
    return date.fromisoformat(raw) if isinstance(raw, str) else raw.astimezone(CHINA).date()
