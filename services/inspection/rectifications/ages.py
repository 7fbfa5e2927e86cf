"""How old open findings are: not due yet, or by how many days overdue; and what nobody has told of it yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from services.inspection.rectifications.lateness import is_overdue
from services.inspection.rectifications.model import OPEN, Rectification, Source, Stage
from services.inspection.rectifications.reads import Wanted, placed
from shared.asks.patrolled import Ages
from shared.database.mongo import Database
from shared.events.vocabulary import OrganisationKind
from shared.roster.organisations import Roster

WEEK, MONTH = 7, 30
"""Days overdue up to which a rectification is of the first and of the second age."""
Untold = Mapping[str, Mapping[str, int]]
"""By an organisation with all below it, and the month in which that began."""


class OpenOnes(NamedTuple):
    """So many with one deadline at one organisation; `is_marked` says that the clock has told them overdue."""

    organisation: str
    stage: Stage
    deadline: date
    is_marked: bool
    number: int


async def open_ones(db: Database, county: str, roster: Roster, code: str, day: date) -> list[OpenOnes]:
    """All of the county's, of a township with its villages, or of one organisation, as they are answered for today.

    As the figures of findings count them: opinions of documents are counted apart.
    """
    by = {"organisation": "$organisation", "stage": "$stage", "deadline": "$deadline"}
    steps: list[dict[str, Any]] = [
        {"$match": {"$and": [_wanted(county, roster, code, day).filter, {"stage": {"$in": [*OPEN]}}]}},
        {"$group": {"_id": {**by, "marked": {"$ne": ["$marked", None]}}, "count": {"$sum": 1}}},
    ]
    found = [(raw["_id"], raw["count"]) async for raw in db[Rectification.collection].aggregate(steps)]
    return [
        OpenOnes(of["organisation"], Stage(of["stage"]), date.fromisoformat(of["deadline"]), of["marked"], count)
        for of, count in found
    ]


def ages_of(found: Iterable[OpenOnes], day: date) -> Ages:
    """How many of each age."""
    counted: Counter[str] = Counter()
    for one in found:
        counted[age_of(one.stage, one.deadline, day)] += one.number
    return Ages(**counted)


def untold_of(found: Iterable[OpenOnes], roster: Roster, county: str, day: date) -> Untold:
    """What is overdue on a day and was not told, so that no month has it; less than nothing where too much was."""
    counted: dict[str, Counter[str]] = {}
    for one in found:
        late = is_overdue(one.stage, one.deadline, day)
        more = one.number * (int(late) - int(one.is_marked and one.stage is not Stage.SUBMITTED))
        since = min(one.deadline + timedelta(days=1), day)
        for code in (roster.place(one.organisation, day) or f"{county}/{one.organisation}").split("/") if more else ():
            counted.setdefault(code, Counter())[f"{since:%Y-%m}"] += more
    return counted


def _wanted(county: str, roster: Roster, code: str, day: date) -> Wanted:
    if code == county:
        return Wanted(county, source=Source.FINDING)
    standing = roster.known(code, day)
    is_township = standing is not None and standing.kind is OrganisationKind.TOWNSHIP
    asked = Wanted(county, township=code) if is_township else Wanted(county, organisation=code)
    return placed(replace(asked, source=Source.FINDING), roster, day)


def age_of(stage: Stage, deadline: date, day: date) -> str:
    """Which of `Ages` counts one: submitted work waits for whoever verifies it, however late it was."""
    if stage is Stage.SUBMITTED:
        return "waiting"
    if not is_overdue(stage, deadline, day):
        return "not_due"
    overdue = (day - deadline).days
    return "week" if overdue <= WEEK else "month" if overdue <= MONTH else "longer"
