"""The register of rectifications (整改台账) as pages and programs ask for it: counted, filtered, the overdue first."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from services.inspection.patrols.model.patrols import Inspection
from services.inspection.rectifications.lateness import is_overdue, overdue_on, whether_overdue_on
from services.inspection.rectifications.model import OPEN, Rectification, Source, Stage
from shared.database.kept import document, documents, every_document, page_of_documents
from shared.database.lists import listed, plain
from shared.database.mongo import Database
from shared.roster.organisations import Roster, county_of
from shared.stretch import Stretch

NEWEST_FIRST = (("found", -1), ("_id", 1))
LINES = 50
"""Rectifications on a page of the board."""
KEPT_BACK = (
    "steps",
    "added",
    "since",
    "look",
    "warned",
    "reminded",
    "too_late",
    "records",
    "counted_from",
    "counted",
    "given",
    "before",
)
"""How it is kept, and what only those concerned may read."""


NAMED_BY = ("report", "document", "number", "opinion", "finish_by")
"""Of an opinion: which it is, and its day."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; what is done stays with whoever it was found at and who was above it then.

    What is open is asked for where it is answered for now: at those of `places`, as `placed` finds them. What is
    overdue is so on a `day`.
    """

    county: str
    stage: Stage | None = None
    organisation: str | None = None
    township: str | None = None
    overdue: bool | None = None
    places: tuple[str, ...] | None = None
    day: date = date.min
    source: Source | None = None

    @property
    def filter(self) -> dict[str, Any]:
        """As MongoDB understands it."""
        named = {"county": self.county, "stage": self.stage}
        found: list[Mapping[str, Any]] = [{name: value for name, value in named.items() if value is not None}]
        if self.overdue is not None:
            late = overdue_on(self.day)
            found.append(late if self.overdue else {"$nor": [late]})
        if self.source is not None:
            found.append(of_source(self.source))
        return {"$and": [*found, self._there]}

    @property
    def _there(self) -> dict[str, Any]:
        """While nothing is known of today's places, all is asked for where it was found."""
        named = {"organisation": self.organisation, "above": self.township}
        found = {name: value for name, value in named.items() if value is not None}
        if self.places is None:
            return found
        is_over, is_open = {"stage": {"$nin": [*OPEN]}}, {"stage": {"$in": [*OPEN]}}
        return {"$or": [is_over | found, is_open | {"organisation": {"$in": [*self.places]}}]}


def of_source(source: Source) -> Mapping[str, Any]:
    """The filter of what comes from it; what was kept before there were opinions comes from findings."""
    return {"opinion": None if source is Source.FINDING else {"$ne": None}}


def placed(wanted: Wanted, roster: Roster, today: date) -> Wanted:
    """As of today, with those whose open findings the organisation, or whoever is under the township, answers for."""
    wanted = replace(wanted, day=today)
    if (wanted.organisation is None and wanted.township is None) or not len(roster):
        return wanted
    return replace(wanted, places=tuple(one.id for one in roster if _is_there(one.id, wanted, roster, today)))


def _is_there(code: str, wanted: Wanted, roster: Roster, today: date) -> bool:
    if county_of(code) != wanted.county:
        return False
    own = roster.answering(code, today)
    return wanted.organisation in (None, own, code) and wanted.township in (None, above(own, roster, today))


def above(code: str, roster: Roster, day: date) -> str:
    """Who is above an organisation on a day; empty above a county."""
    standing = roster.standing(code, day)
    return (standing and standing.parent) or ""


async def items(db: Database, wanted: Wanted, limit: int, after: str | None) -> dict[str, Any]:
    """A list for programs, by id."""
    found = await listed(db, Rectification.collection, wanted.filter, limit, after)
    found["items"] = [shown(one, wanted.day) for one in found["items"]]
    return found


def shown(raw: Mapping[str, Any], today: date) -> dict[str, Any]:
    """What anybody may know of a rectification: neither notes nor photos, and of an opinion not what it says."""
    kept = {name: value for name, value in raw.items() if name not in KEPT_BACK}
    if opinion := raw.get("opinion"):
        kept["opinion"] = {name: opinion[name] for name in NAMED_BY}
    return kept | {"overdue": is_overdue(raw["stage"], date.fromisoformat(raw["deadline"]), today)}


async def one(db: Database, organisation: str, rectification: str) -> Rectification | None:
    """One rectification with its history."""
    return await document(db, Rectification, f"{organisation}/{rectification}")


async def found_in(db: Database, found: Rectification) -> Inspection | None:
    """The inspection that found it, while it is kept."""
    wanted = {"organisation": found.organisation, "inspection": found.rectification.partition("/")[0]}
    return next(iter(await documents(db, Inspection, wanted)), None)


def answer(found: Rectification, with_history: bool, today: date) -> dict[str, Any]:
    """One rectification for programs; the history with its notes and photos for those concerned."""
    raw = found.to_store()
    for_all = shown(plain(raw), today)
    return for_all | {name: raw[name] for name in ("steps", "added", "opinion")} if with_history else for_all


async def page(db: Database, wanted: Wanted, number: int) -> tuple[list[Rectification], Stretch]:
    """A page of the board: what is over newest first, everything else overdue first; and how many there are."""
    if wanted.stage not in (None, *OPEN):
        return await page_of_documents(db, Rectification, wanted.filter, NEWEST_FIRST, number, LINES)
    total = await db[Rectification.collection].count_documents(_unfinished(wanted))
    stretch = Stretch.of(total, number, LINES)
    return [one async for one in _overdue_first(db, wanted, stretch.skip, LINES)], stretch


async def every(db: Database, wanted: Wanted, most: int) -> AsyncIterator[Rectification]:
    """All of them in the same order, one after the other, no more than `most`."""
    if wanted.stage not in (None, *OPEN):
        async for one in every_document(db, Rectification, wanted.filter, NEWEST_FIRST, most):
            yield one
        return
    async for one in _overdue_first(db, wanted, 0, most):
        yield one


async def _overdue_first(db: Database, wanted: Wanted, skip: int, most: int) -> AsyncIterator[Rectification]:
    steps: list[dict[str, Any]] = [
        {"$match": _unfinished(wanted)},
        {"$set": {"waits": {"$not": [whether_overdue_on(wanted.day)]}}},
        {"$sort": {"waits": 1, "deadline": 1, "_id": 1}},
        {"$skip": skip},
        {"$limit": most},
    ]
    async for raw in db[Rectification.collection].aggregate(steps):
        yield Rectification.stored(raw)


def _unfinished(wanted: Wanted) -> dict[str, Any]:
    if wanted.stage is not None:
        return wanted.filter
    return {"$and": [wanted.filter, {"stage": {"$in": [*OPEN]}}]}


Counts = Mapping[tuple[str, Stage, bool], int]
"""How many, by the organisation above, the stage, and whether they are overdue."""


async def counts(db: Database, county: str, roster: Roster, today: date, source: Source | None = None) -> Counts:
    """A county's rectifications, counted: what is open under whoever is above those that answer for it now."""
    there = {"organisation": "$organisation", "above": "$above"}
    steps: list[dict[str, Any]] = [
        {"$match": {"county": county, **(of_source(source) if source else {})}},
        {"$group": {"_id": {**there, "stage": "$stage", "late": whether_overdue_on(today)}, "count": {"$sum": 1}}},
    ]
    counted: Counter[tuple[str, Stage, bool]] = Counter()
    async for group in db[Rectification.collection].aggregate(steps):
        of, stage = group["_id"], Stage(group["_id"]["stage"])
        is_open = stage in OPEN
        whose = above(roster.answering(of["organisation"], today), roster, today) if is_open else of["above"]
        counted[whose, stage, of["late"]] += group["count"]
    return counted
