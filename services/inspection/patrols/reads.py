"""What pages and answers read of patrols: plans, who was patrolled, checklists, single inspections."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from services.inspection.patrols.measures import DueLine, due_lines, due_or_closed
from services.inspection.patrols.model.checklists import Checklist, checklist_id
from services.inspection.patrols.model.patrols import Inspection, PatrolDay, PatrolRound
from services.inspection.patrols.model.plans import PatrolPlans, first_plans, week_of
from services.inspection.rectifications.reads import shown
from shared.database.documents import COUNTS
from shared.database.kept import BY_ID, document, documents, page_of_documents
from shared.database.lists import listed, one, plain
from shared.database.mongo import Database
from shared.identity.reading import PLACES
from shared.pages.tables import MOST_ROWS
from shared.pipeline.ledger import ledger
from shared.roster.organisations import Roster, county_of
from shared.stretch import Stretch
from shared.web.reading import Reading

AT_A_TIME = 200
"""Inspections of which it is asked at once when each was received."""


async def plans_of(db: Database, county: str) -> PatrolPlans:
    """The county's plans with their history."""
    return await document(db, PatrolPlans, county) or first_plans(county)


async def due_between(db: Database, county: str, roster: Roster, first: date, last: date) -> list[DueLine]:
    """Who is due on the days from the first to the last, and whether it was patrolled.

    What was closed is due on the day it was closed for, though its plan has come to name another day of that week.
    """
    plans = await plans_of(db, county)
    begins, ends = week_of(first)[0], week_of(last)[-1]
    days = (begins + timedelta(days=n) for n in range((ends - begins).days + 1))
    due = [(plan, day) for day in days for plan in plans.due_on(day) if not plans.gives_way(plan, roster, day)]
    rounds = await _rounds(db, {plan.round_id(county, day) for plan, day in due})
    placed = (due_or_closed(plans, rounds.get(plan.round_id(county, day)), plan, day) for plan, day in due)
    return list(due_lines([one for one in placed if first <= one[1] <= last], rounds, roster, county))


async def open_on(db: Database, county: str, roster: Roster, day: date) -> list[DueLine]:
    """Who may be patrolled on a day: for that day itself, for its week, or for a campaign that lasts."""
    plans = await plans_of(db, county)
    due = [one for one in plans.open_on(day) if not plans.gives_way(one[0], roster, day)]
    rounds = await _rounds(db, {plan.round_id(county, day) for plan, day in due})
    return list(due_lines(due, rounds, roster, county))


async def _rounds(db: Database, ids: Iterable[str]) -> dict[str, PatrolRound]:
    wanted = {"_id": {"$in": sorted(ids)}}
    found: dict[str, PatrolRound] = {}
    for kind in (PatrolDay, PatrolRound):
        async for raw in db[kind.collection].find(wanted):
            found[raw["_id"]] = kind.stored(raw)
    return found


async def checklists(db: Database, county: str) -> list[Checklist]:
    """Every checklist with its versions."""
    return await documents(db, Checklist, {"county": county})


async def checklist(db: Database, county: str, slug: str) -> Checklist | None:
    """One checklist."""
    return await document(db, Checklist, checklist_id(county, slug))


def places(county: str, roster: Roster, reading: Reading, organisation: str | None = None) -> list[str]:
    """Those whose inspections whoever asks may read: all of the county's that are open to it, or the one asked for."""
    if organisation is not None:
        reading.must(PLACES, organisation)
        return [organisation]
    scope = reading.scope(PLACES)
    return [one.id for one in roster if county_of(one.id) == county] if scope is None else sorted(scope)


async def inspections(
    db: Database, codes: Sequence[str], day: date | None, limit: int, after: str | None
) -> dict[str, Any]:
    """Inspections with the time at which each was captured and the one at which it was received.

    A day's are looked up place by place: one index serves, and every patrol is spared the keeping of a second.
    """
    found = await listed(db, Inspection.collection, _of(codes, day), limit, after)
    return found | {"items": await _with_received(db, found["items"])}


async def inspections_on(
    db: Database, codes: Sequence[str], day: date, asked: int, size: int
) -> tuple[list[dict[str, Any]], Stretch]:
    """One page of a day's inspections, by id, and how many there are."""
    found, stretch = await page_of_documents(db, Inspection, _of(codes, day), BY_ID, asked, size)
    return await _with_received(db, [plain(one.to_store()) for one in found]), stretch


async def every_on(db: Database, codes: Sequence[str], day: date) -> AsyncIterator[dict[str, Any]]:
    """All of them in the same order, some at a time; as many as a table takes."""
    last: dict[str, Any] = {}
    for _ in range(0, MOST_ROWS + 1, AT_A_TIME):
        cursor = db[Inspection.collection].find(_of(codes, day) | last).sort(list(BY_ID)).limit(AT_A_TIME)
        found = [plain(raw) for raw in await cursor.to_list(None)]
        for inspected in await _with_received(db, found):
            yield inspected
        if len(found) < AT_A_TIME:
            return
        last = {"_id": {"$gt": found[-1]["id"]}}


def _of(codes: Sequence[str], day: date | None) -> dict[str, Any]:
    return {"organisation": {"$in": [*codes]}, **COUNTS} | ({"day": day.isoformat()} if day else {})


async def _with_received(db: Database, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    received = await _received(db, [item["id"] for item in items])
    return [item | {"received": received.get(item["id"])} for item in items]


async def open_inspection(
    db: Database, reading: Reading, submitter: str, id: str, today: date
) -> dict[str, Any] | None:
    """As below, for its submitter, the place inspected and those above; others learn not even whether it is there."""
    found = await inspection(db, f"{submitter}/{id}", today)
    reading.must(PLACES, submitter, *([found["organisation"]] if found else []))
    return found


async def inspection(db: Database, id: str, today: date) -> dict[str, Any] | None:
    """One inspection, captured and received, with what anybody may know of the findings that it told."""
    found = await one(db, Inspection.collection, id)
    if found is None:
        return None
    wanted = {"organisation": found["organisation"], "rectification": {"$regex": f"^{found['inspection']}/"}}
    opened = await db["rectifications"].find(wanted).sort("_id", 1).to_list(None)
    received = (await _received(db, [id])).get(id)
    return found | {"received": received, "rectifications": [shown(plain(raw), today) for raw in opened]}


async def _received(db: Database, ids: list[str]) -> dict[str, str]:
    """When the bus stored them, as the ledger has it."""
    cursor = ledger(db).find({"_id": {"$in": ids}}, {"received": 1})
    return {entry["_id"]: entry["received"].isoformat() async for entry in cursor}


async def days(db: Database, county: str, closed: bool | None, limit: int, after: str | None) -> dict[str, Any]:
    """Patrol days, newest first: expected and done, without the long list of who."""
    wanted = {"county": county} if closed is None else {"county": county, "closed": closed}
    found = await listed(db, PatrolDay.collection, wanted, limit, after, newest_first=True)
    found["items"] = [_day_line(day) for day in found["items"]]
    return found


def _day_line(raw: dict[str, Any]) -> dict[str, Any]:
    """All daily plans of a day together."""
    tallies = list(PatrolDay.model_validate(raw).plans.values())
    return {
        **{name: raw[name] for name in ("id", "day", "closed")},
        "day_off": raw.get("day_off", False),
        "expected": sum(len(tally.due or ()) for tally in tallies),
        "missed": [code for tally in tallies for code in tally.missed],
        "done": sum(tally.done for tally in tallies),
    }


async def day(db: Database, county: str, date: str) -> dict[str, Any] | None:
    """One patrol day with everything."""
    return await one(db, PatrolDay.collection, f"{county}/{date}")
