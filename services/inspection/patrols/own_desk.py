"""What an organisation has before it on a day: what to patrol, by which checklist, and what to put right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from services.inspection.patrols import reads as records
from services.inspection.patrols.measures import DueLine
from services.inspection.patrols.model.checklists import Checklist
from services.inspection.rectifications.lateness import is_overdue
from services.inspection.rectifications.model import OPEN, Rectification
from shared.calendar import is_working_day
from shared.database.mongo import Database
from shared.pages.words import name_of
from shared.roster.organisations import Roster


async def own_due(db: Database, county: str, roster: Roster, viewer: str, day: date) -> list[DueLine]:
    """What the organisation is to patrol on a day, due first first."""
    return due_of(viewer, await records.open_on(db, county, roster, day))


def due_of(viewer: str, lines: Iterable[DueLine]) -> list[DueLine]:
    """Its own of these, due first first."""
    own = (line for line in lines if line.patroller == viewer)
    return sorted(own, key=lambda line: (line.plan.deadline(line.day), line.plan.plan, line.organisation))


async def own_desk(db: Database, county: str, roster: Roster, viewer: str, day: date) -> dict[str, Any]:
    """The reference data of a station's agent."""
    due = await own_due(db, county, roster, viewer, day)
    known = {one.checklist: one for one in await records.checklists(db, county)}
    own = {viewer, *(line.organisation for line in due)}
    organisations = {code for one in own for code in (one, *roster.answers_for(one, day))}
    return {
        "organisation": {"code": viewer, "name": name_of(viewer, roster, day)},
        "day": day.isoformat(),
        "working_day": is_working_day(day),
        "due": [due_answer(line, known, roster, day) for line in due],
        "checklists": [answer for one in known.values() if (answer := checklist_answer(one, day))],
        "rectifications": await _rectifications(db, sorted(organisations), day),
    }


def due_answer(line: DueLine, known: Mapping[str, Checklist], roster: Roster, day: date) -> dict[str, Any]:
    """A place that is due; `until` is the moment by which it is on time."""
    listed = known.get(line.plan.checklist or "")
    version = listed.on(day) if listed else None
    return {
        "plan": line.plan.plan,
        "patrol": line.plan.patrol.value,
        "organisation": line.organisation,
        "name": name_of(line.organisation, roster, day),
        "patroller": line.patroller,
        "checklist": line.plan.checklist if version else None,
        "version": version.version if version else None,
        "due": line.day.isoformat(),
        "until": line.plan.deadline(line.day).replace(second=0, microsecond=0).isoformat(),
        "done": line.done,
        "on_time": line.on_time,
    }


def checklist_answer(checklist: Checklist, day: date) -> dict[str, Any] | None:
    """The version in force; None before the first is."""
    version = checklist.on(day)
    if version is None:
        return None
    return {
        "checklist": checklist.checklist,
        "version": version.version,
        "name": version.name,
        "items": [one.model_dump() for one in version.items],
    }


async def _rectifications(db: Database, organisations: Sequence[str], day: date) -> list[dict[str, Any]]:
    wanted = {"organisation": {"$in": organisations}, "stage": {"$in": [*OPEN]}}
    found: Iterable[Mapping[str, Any]] = await db[Rectification.collection].find(wanted).sort("_id", 1).to_list(None)
    names = ("rectification", "organisation", "item", "stage", "deadline")
    return [{name: one[name] for name in names} | {"overdue": _is_overdue(one, day)} for one in found]


def _is_overdue(one: Mapping[str, Any], day: date) -> bool:
    return is_overdue(one["stage"], date.fromisoformat(one["deadline"]), day)
