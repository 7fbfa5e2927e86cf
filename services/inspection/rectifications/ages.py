"""How old open rectifications are: not due yet, or by how many days they are overdue."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.inspection.rectifications.model import OPEN, Rectification, Stage
from services.inspection.rectifications.reads import Wanted, placed
from shared.asks.patrolled import Ages
from shared.database.mongo import Database
from shared.events.vocabulary import OrganisationKind
from shared.roster.organisations import Roster

WEEK, MONTH = 7, 30
"""Days overdue up to which a rectification is of the first and of the second age."""


async def of(db: Database, county: str, roster: Roster, code: str, day: date) -> Ages:
    """All of the county's, of a township with its villages, or of one organisation, as they are answered for today."""
    steps: list[dict[str, Any]] = [
        {"$match": {"$and": [_wanted(county, roster, code, day).filter, {"stage": {"$in": [*OPEN]}}]}},
        {"$group": {"_id": {"stage": "$stage", "deadline": "$deadline"}, "count": {"$sum": 1}}},
    ]
    found = Ages()
    async for group in db[Rectification.collection].aggregate(steps):
        age = age_of(Stage(group["_id"]["stage"]), date.fromisoformat(group["_id"]["deadline"]), day)
        found = found.model_copy(update={age: getattr(found, age) + group["count"]})
    return found


def _wanted(county: str, roster: Roster, code: str, day: date) -> Wanted:
    if code == county:
        return Wanted(county)
    standing = roster.known(code, day)
    is_township = standing is not None and standing.kind is OrganisationKind.TOWNSHIP
    asked = Wanted(county, township=code) if is_township else Wanted(county, organisation=code)
    return placed(asked, roster, day)


def age_of(stage: Stage, deadline: date, day: date) -> str:
    """Which of `Ages` counts one: submitted work waits for whoever verifies it, however late it was."""
    overdue = (day - deadline).days
    if stage is Stage.SUBMITTED:
        return "waiting"
    if overdue <= 0:
        return "not_due"
    return "week" if overdue <= WEEK else "month" if overdue <= MONTH else "longer"
