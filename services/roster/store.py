"""Where the roster lies, and what its pages ask of it."""

from __future__ import annotations

from datetime import date
from typing import Any

from pymongo import IndexModel

from services.roster.enrolment import Enrolment, RevokedKey, StationKey
from services.roster.model import Certificate, GuideList, Idea, Issue, Process, Subplan, Turn
from shared.ledger import LEDGER_INDEXES
from shared.mongo import Database
from shared.reading import MOST, listed, one
from shared.roster import Organisation, Roster, Standing
from shared.web import page_of

INDEXES: dict[str, list[IndexModel]] = {
    "ledger": LEDGER_INDEXES,
    "leases": [],
    Organisation.collection: [],
    "duties": [],
    Turn.collection: [IndexModel([("county", 1), ("begins", 1)])],
    Process.collection: [],
    GuideList.collection: [],
    Issue.collection: [],
    Subplan.collection: [],
    Certificate.collection: [IndexModel([("certificate", 1)])],
    Idea.collection: [],
    "lessons": [],
    "attendances": [],
    Enrolment.collection: [IndexModel([("invitation.code_digest", 1)]), IndexModel([("used", 1)])],
    StationKey.collection: [],
    RevokedKey.collection: [],
}


def organisation_line(organisation: Organisation, standing: Standing, roster: Roster, day: date) -> dict[str, Any]:
    """An organisation as lists show it, as it stood on a day."""
    return {
        "id": organisation.id,
        "code": organisation.id,
        "path": roster.path(organisation.id, day),
        **standing.model_dump(mode="json", exclude={"offices"}),
    }


def organisations(roster: Roster, day: date, wanted: dict[str, Any], limit: int, after: str | None) -> dict[str, Any]:
    """The organisations that stood so on a day, by code."""
    lines = []
    for organisation in sorted(roster, key=lambda organisation: organisation.id):
        standing = organisation.on(day)
        if standing is None or (after and organisation.id <= after) or not _fits(standing, wanted):
            continue
        lines.append(organisation_line(organisation, standing, roster, day))
        if len(lines) > limit:
            break
    return page_of(lines, max(1, min(limit, MOST)))


def _fits(standing: Standing, wanted: dict[str, Any]) -> bool:
    for name, value in wanted.items():
        held = getattr(standing, name)
        if (bool(held) if isinstance(value, bool) else held) != value:
            return False
    return True


async def turns(db: Database, county: str) -> dict[str, Any]:
    """The county's turns, oldest first, with what was done in them."""
    found = await listed(db, Turn.collection, {"county": county}, MOST)
    for turn in found["items"]:
        turn["turn"] = turn["id"].split("/")[1]
    return found


async def process(db: Database, county: str, name: str) -> dict[str, Any] | None:
    """An item of the guide with its dated limits."""
    found = await one(db, Process.collection, f"{county}/{name}")
    if found:
        found["process"] = name
        found["limits"] = [{"from": limit["since"], "days": limit["days"]} for limit in found["limits"]]
    return found
