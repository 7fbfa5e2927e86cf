"""When each station and window was heard from: its newest submission, its last heartbeat, whether it is silent."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.inspection.patrols.model.plans import PatrolPlans
from services.inspection.patrols.reads import plans_of
from services.inspection.stations.model import Connection
from services.inspection.stations.watch import Contact
from shared.asks.patrolled import LastContact
from shared.calendar import china_day, working_days_between
from shared.database.mongo import Database
from shared.events.inspection import LogInspection
from shared.events.vocabulary import PatrolKind
from shared.pipeline.ledger import SUBMISSIONS, Entry, ledger
from shared.roster.organisations import Roster

SILENT_AFTER_DAYS = 1
"""Working days that a place may be silent when no daily plan covers it."""


async def read_contacts(db: Database) -> dict[str, Contact]:
    """What all copies have heard of stations' heartbeats, by station."""
    raw = await db[CONTACTS].find().to_list(None)
    return {one["_id"]: _contact(one) for one in raw}


def _contact(raw: Mapping[str, Any]) -> Contact:
    kept = ("since", "heard", "waiting", "oldest", "version", "clock_off_seconds")
    return Contact(station=raw["_id"], **{name: raw[name] for name in kept})


async def newest(db: Database, county: str) -> dict[str, Entry]:
    """The newest submission by which each place was heard: when, and what became of it.

    What a place says of itself, whatever the verdict, and another's patrol of it that was accepted: a window has no
    machine of its own. What others try about it, and what the committee, its clock and its watch say, is no sign of it.
    """
    found = {one["_id"]: one["entry"] async for one in db[SUBMISSIONS].aggregate(NEWEST_OF_EACH)}
    heard = {code: entry for code, entry in found.items() if _is_heard_by(entry, county)}
    others = [code for code in found if code not in heard]
    before = await asyncio.gather(*(_before(db, code, county) for code in others))
    return heard | {code: entry for code, entry in zip(others, before, strict=True) if entry}


def _is_heard_by(entry: Entry, county: str) -> bool:
    by = entry["submitter"]
    is_patrol = entry["type"] == LogInspection.type and entry["verdict"] == "accepted"
    return by == entry["organisation"] or (is_patrol and by != county)


async def _before(db: Database, code: str, county: str) -> Entry | None:
    """As `_is_heard_by` has it."""
    patrol = {"submitter": {"$ne": county}, "type": LogInspection.type, "verdict": "accepted"}
    wanted = {"organisation": code, "$or": [{"submitter": code}, patrol]}
    return await ledger(db).find_one(wanted, sort=[("received", -1)])


@dataclass(frozen=True, slots=True)
class _Known:
    """All that is known of all places."""

    entries: Mapping[str, Entry]
    contacts: Mapping[str, Contact]
    connections: Mapping[str, bool]
    plans: PatrolPlans
    roster: Roster
    today: date


async def stations(db: Database, roster: Roster, county: str, today: date) -> list[dict[str, Any]]:
    """Every station and window with its last contact, the longest silent first; never heard comes before all."""
    connections = await db[Connection.collection].find({"county": county}).to_list(None)
    known = _Known(
        entries=await newest(db, county),
        contacts=await read_contacts(db),
        connections={one["_id"]: one["connected"] for one in connections},
        plans=await plans_of(db, county),
        roster=roster,
        today=today,
    )
    lines = [_line(code, kind, known) for code, kind in roster.patrolled(county, today).items()]
    return sorted(lines, key=lambda line: (line["last_heard"] or "", line["code"]))


async def silent(db: Database, roster: Roster, county: str, today: date) -> int:
    """How many of them are silent, and how many of these were never heard: together."""
    return sum(one["silent"] for one in await stations(db, roster, county, today))


async def contact_of(db: Database, roster: Roster, county: str, code: str, today: date) -> LastContact | None:
    """One place's; None for what nobody patrols."""
    kind = roster.patrolled(county, today).get(code)
    if kind is None:
        return None
    raw, line = await db[CONTACTS].find_one({"_id": code}), await db[Connection.collection].find_one({"_id": code})
    entry, contact = await _before(db, code, county), _contact(raw) if raw else None
    heard = max((at for at in (entry and entry["received"], contact and contact.heard) if at), default=None)
    allowed_days = allowed(code, kind, await plans_of(db, county), roster, today)
    return LastContact(
        heard=heard,
        is_silent=is_silent(heard, today, allowed_days),
        connected=line["connected"] if line else None,
        waiting=contact.waiting if contact else None,
    )


def _line(code: str, kind: PatrolKind, known: _Known) -> dict[str, Any]:
    entry, contact = known.entries.get(code), known.contacts.get(code)
    standing = known.roster.standing(code, known.today)
    parent = known.roster.standing(standing.parent, known.today) if standing and standing.parent else None
    heard = max((at for at in (entry and entry["received"], contact and contact.heard) if at), default=None)
    return {
        "id": code,
        "code": code,
        "name": standing.name if standing else code,
        "kind": kind.value,
        "above": parent.name if parent else "",
        "last_contact": entry["received"].isoformat() if entry else None,
        "last_happened": entry["happened"].isoformat() if entry else None,
        "last_verdict": entry["verdict"] if entry else None,
        "connected": known.connections.get(code),
        "last_heartbeat": contact.heard.isoformat() if contact else None,
        "waiting": contact.waiting if contact else None,
        "last_heard": heard.isoformat() if heard else None,
        "silent": is_silent(heard, known.today, allowed(code, kind, known.plans, known.roster, known.today)),
    }


def allowed(code: str, kind: PatrolKind, plans: PatrolPlans, roster: Roster, day: date) -> int:
    """So many working days a place may be silent by the daily plan that it follows."""
    plan = plans.daily(kind, code, roster, day)
    return plan.silent_after_days if plan else SILENT_AFTER_DAYS


def is_silent(heard: datetime | None, today: date, allowed_days: int) -> bool:
    """More working days than allowed have begun since it was heard; one never heard from is silent."""
    return heard is None or working_days_between(china_day(heard), today) > allowed_days


__all__ = ["allowed", "contact_of", "is_silent", "newest", "read_contacts", "stations"]


NEWEST_OF_EACH: list[dict[str, Any]] = [
    {"$match": {"organisation": {"$gte": ""}}},
    {"$sort": {"organisation": 1, "received": -1}},
    {"$group": {"_id": "$organisation", "entry": {"$first": "$$ROOT"}}},
]
"""Said so that the index alone tells which one it is, and no other submission is read: any text is `$gte` none."""
CONTACTS = "contacts"
"""When each station's heartbeat was last heard and what it said; no decision leans on it but the watch's."""
