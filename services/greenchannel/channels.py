"""Green-channel services, open cases and limits as a page shows them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.greenchannel.model import Case, GreenService, Limit, ProcessLimits
from shared.database.documents import COUNTS
from shared.database.kept import documents, page_of_documents
from shared.database.mongo import Database
from shared.forms import Shown
from shared.hundredths import decimal
from shared.pages.chinese import CLIENT_UNITS, CLIENTS, MODES, day_text, due_text, grouped, limit_text
from shared.pages.paging import Paging, paging
from shared.pages.words import Choice, ShownState, name_of
from shared.pipeline.ledger import AS_STORED, FACTS, ledger
from shared.roster.organisations import Roster
from shared.stretch import Stretch

SHOWN = 30
"""Open cases on a page of the list: those due first."""
DUE_FIRST = (("due", 1), ("_id", 1))
Given = Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class ClientLine:
    """A client group with its own unit: enterprises in cases, vulnerable people in person-times."""

    name: str
    unit: str
    modes: tuple[str, ...]
    total: str


@dataclass(frozen=True, slots=True)
class CaseLine:
    """An open case; `done` is the form that completes it, where that is in the row, `more` what tells it apart."""

    organisation: str
    process: str
    opened: str
    limit: str
    due: str
    state: str
    level: str
    url: str
    more: str
    charge: str
    done: Shown | None = None


@dataclass(frozen=True, slots=True)
class LimitLine:
    """A process and the limit in force."""

    process: str
    limit: str
    since: str
    history: str


@dataclass(frozen=True, slots=True)
class Channels:
    """The whole page."""

    years: tuple[Choice, ...]
    modes: tuple[str, ...]
    clients: tuple[ClientLine, ...]
    cases: tuple[CaseLine, ...]
    paging: Paging
    limits: tuple[LimitLine, ...]
    has_services: bool


async def years(db: Database, county: str) -> list[str]:
    """The years in which services were given, newest first."""
    by_year = [{"$match": _of(county)}, {"$group": {"_id": {"$substrBytes": ["$day", 0, 4]}}}]
    return sorted([one["_id"] async for one in db[GreenService.collection].aggregate(by_year)], reverse=True)


async def given(db: Database, county: str, year: str) -> dict[tuple[str, str], int]:
    """How much was given in a year, by client group and mode."""
    counted: list[dict[str, Any]] = [
        {"$match": {**_of(county), "day": {"$gte": f"{year}-01-01", "$lte": f"{year}-12-31"}}},
        {"$group": {"_id": {"client": "$client", "mode": "$mode"}, "persons": {"$sum": "$persons"}}},
    ]
    found = db[GreenService.collection].aggregate(counted)
    return {(one["_id"]["client"], one["_id"]["mode"]): one["persons"] async for one in found}


async def open_cases(db: Database, county: str, among: Mapping[str, Any], asked: int) -> tuple[list[Case], Stretch]:
    """A page of the open cases among some of the county's, those that are due first, and how many there are."""
    return await page_of_documents(db, Case, {**_of(county), "completed": None, **among}, DUE_FIRST, asked, SHOWN)


async def limits(db: Database, county: str) -> list[ProcessLimits]:
    """Every process that the guide told of."""
    return await documents(db, ProcessLimits, {"_id": {"$regex": f"^{county}/"}})


async def process_names(db: Database) -> dict[str, str]:
    """What processes are called, from the guide's facts; the newest name counts."""
    facts = ledger(db, FACTS).find({"type": "guide-item-published"}, {"body": 1}).sort(AS_STORED)
    items = [json.loads(fact["body"]) for fact in await facts.to_list(None)]
    return {one["process"]: one["name"] for one in items}


def _of(county: str) -> dict[str, Any]:
    return {"organisation": {"$regex": f"^{county}"}, **COUNTS}


def year_links(known: Sequence[str], chosen: str | None) -> tuple[Choice, ...]:
    """The years, the chosen one marked."""
    shown = sorted({*known, chosen} if chosen else known)
    return tuple(Choice(f"{one}年", f"/greenchannel/?year={one}", one == chosen) for one in shown)


def channels(
    counted: Given,
    year_choices: tuple[Choice, ...],
    cases: Sequence[CaseLine],
    stretch: Stretch,
    known_limits: Sequence[ProcessLimits],
    names: Mapping[str, str],
    today: date,
) -> Channels:
    """The page of a year, cases and limits as of a day."""
    return Channels(
        years=year_choices,
        modes=tuple(MODES.values()),
        clients=client_lines(counted),
        cases=tuple(cases),
        paging=paging(stretch, "件", lambda number: page_url(year_choices, number)),
        limits=tuple(limit_line(one, names, today) for one in known_limits if one.limits),
        has_services=bool(counted),
    )


def page_url(years: Sequence[Choice], number: int) -> str:
    """A page of open cases beside the year that is chosen."""
    here = next((year.url for year in years if year.current), "/greenchannel/")
    return f"{here}{'&' if '?' in here else '?'}page={number}"


def client_lines(counted: Given) -> tuple[ClientLine, ...]:
    """A line for each group; their units differ, so there is no line that adds them."""
    return tuple(_client(client, name, counted) for client, name in CLIENTS.items())


def _client(client: str, name: str, counted: Given) -> ClientLine:
    numbers = [counted.get((client, mode), 0) for mode in MODES]
    return ClientLine(name, CLIENT_UNITS[client], tuple(grouped(one) for one in numbers), grouped(sum(numbers)))


def case_state(case: Case, today: date) -> ShownState:
    """Past its due day it is overdue while it is open, and was late when it was completed after."""
    if case.completed:
        return ShownState("超期办结", "warn") if case.completed > case.due else ShownState("按期办结", "good")
    return ShownState("已超期", "bad") if case.due < today else ShownState("办理中", "good")


def charge_text(case: Case) -> str:
    """What may be charged of it, where that is known."""
    if case.standard is None:
        return ""
    return f"收费不超过{decimal(case.standard)}元" if case.standard else "不收费"


def apart_text(case: Case) -> str:
    """By what one is told from others of its day: its own mark, or the end of its number as records show it."""
    return case.mark or f"编号末四位{case.id[-4:]}"


def case_url(case: Case) -> str:
    """The page of one."""
    return f"/greenchannel/cases/{case.id}"


def case_line(case: Case, names: Mapping[str, str], roster: Roster, today: date, done: Shown | None = None) -> CaseLine:
    """An open case."""
    state = case_state(case, today)
    return CaseLine(
        organisation=name_of(roster.answering(case.organisation, today), roster, today),
        process=names.get(case.process, case.process),
        opened=day_text(case.opened),
        limit=limit_text(case.limit_days),
        due=due_text(case.due, case.provisional),
        state=state.word,
        level=state.level,
        url=case_url(case),
        more=apart_text(case),
        charge=charge_text(case),
        done=done,
    )


def limit_line(process: ProcessLimits, names: Mapping[str, str], today: date) -> LimitLine:
    """The limit in force, or the first to come."""
    slug = process.id.split("/")[1]
    now = process.on(today) or process.limits[0]
    history = " → ".join(_limit(limit, today) for limit in process.limits)
    return LimitLine(names.get(slug, slug), limit_text(now.days), day_text(now.since), history)


def _limit(limit: Limit, today: date) -> str:
    """One that is to come says from when."""
    return limit_text(limit.days) + (f"（{day_text(limit.since)}起）" if limit.since > today else "")
