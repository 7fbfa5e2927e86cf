"""The facts behind one figure of an organisation in a period, as the ledger keeps them."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.feedback.documents.model import Draft
from services.feedback.facts.counting import COUNTED, Parts, parts_of
from services.feedback.measures.catalogue import Kind, is_award, measure_named
from services.feedback.placing.model import PlacedFact
from services.feedback.problems.listing import open_problems
from services.feedback.problems.model import STILL, Problem
from services.feedback.reports import periods
from services.feedback.reports.model import Report, report_id
from shared.calendar import china_day
from shared.database.kept import document, documents
from shared.database.mongo import Database
from shared.events import Fact
from shared.events.roster import DepartmentStationed
from shared.pipeline.ledger import FACTS, SUBMISSIONS, Entry, ledger
from shared.roster.organisations import Roster

DRAWN_UP = ("close-period", "redraft-reports", "order-revision", "order-locked-revision")
"""The submissions upon which figures are counted for a document."""
EVERY: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True)
class CountedFact:
    """One fact, or one thing that a stock consists of: whom it is about, when it was, and what it counts for.

    `submission` is what it followed from (`<submitter>/<id>`), empty where that is not one; `received` when the bus
    had it.
    """

    id: str
    organisation: str
    day: date
    parts: Parts
    fact: Fact | None = None
    problem: Problem | None = None
    submission: str = ""
    received: datetime | None = None


async def counted(
    db: Database, county: str, roster: Roster, organisation: str, measure: str, period: str
) -> list[CountedFact]:
    """All that count, the earliest first; their parts come to the figure."""
    kind = Kind.FLOW if is_award(measure) else measure_named(measure).kind
    match kind:
        case Kind.BALANCE:
            return await _open(db, county, roster, organisation, measure, period)
        case Kind.STOCK:
            return sorted(_stationed(roster, organisation, periods.last_day(period)), key=lambda one: (one.day, one.id))
        case _:
            return await _added(db, organisation, measure, periods.months_of(period))


async def _added(db: Database, organisation: str, measure: str, months: Sequence[str]) -> list[CountedFact]:
    return [found async for entry in under(db, organisation, months) for found in _counted(entry, measure)]


async def under(
    db: Database, organisation: str, months: Sequence[str], more: Mapping[str, Any] = EVERY
) -> AsyncIterator[Entry]:
    """The facts of some months by which figures are made, where each counts, the earliest first.

    That is where its organisation stood, unless it was placed anew.
    """
    anew = await documents(db, PlacedFact, {"month": {"$in": [*months]}})
    placed = {one.id: one.path for one in anew}
    below = re.compile(rf"(^|/){re.escape(organisation)}(/|$)")
    here = [id for id, path in placed.items() if below.search(path)]
    at: list[dict[str, Any]] = [
        {"path": {"$regex": below.pattern}},
        {"path": "", "organisation": organisation},
        {"_id": {"$in": here}},
    ]
    wanted = {"month": {"$in": [*months]}, "$or": at, "type": {"$in": COUNTED}, **more}
    async for entry in ledger(db, FACTS).find(wanted).sort([("happened", 1), ("_id", 1)]).allow_disk_use(True):
        if below.search(placed.get(entry["_id"], entry["path"] or entry["organisation"])):
            yield entry


def _counted(entry: Entry, measure: str) -> Iterator[CountedFact]:
    fact = Fact.kept(entry["type"], entry["body"])
    if parts := parts_of(fact, measure):
        submission = "/".join(entry["_id"].split("/")[1:3])
        day = china_day(datetime.fromisoformat(entry["time"]))
        yield CountedFact(
            entry["_id"], entry["organisation"], day, parts, fact, None, submission, entry.get("received")
        )


async def _open(
    db: Database, county: str, roster: Roster, organisation: str, balance: str, period: str
) -> list[CountedFact]:
    last = periods.last_day(period)
    wanted = {"county": county, "until": {"$gt": last.isoformat()[:7], "$lte": STILL}}
    found = open_problems(await documents(db, Problem, wanted), roster, organisation, last, balance)
    return [CountedFact(one.id, one.organisation, one.found or last, {"": 1}, problem=one) for one in found]


def _stationed(roster: Roster, organisation: str, day: date) -> Iterator[CountedFact]:
    """Those under it that have a window in a hall on a day, each with the day since when."""
    for one in roster:
        standing = one.on(day)
        if standing and standing.stationed and organisation in roster.place(one.id, day).split("/"):
            since = min(then.since for then in one.history if then.stationed and then.since <= day)
            fact = DepartmentStationed(hall=standing.stationed, valid_from=since)
            yield CountedFact(one.id, one.id, since, {"": 1}, fact)


@dataclass(frozen=True, slots=True)
class Printed:
    """What a document prints of a measure, and until when facts had been received that it counts."""

    value: Any
    is_issued: bool
    received: datetime | None


async def printed(
    db: Database, county: str, organisation: str, measure: str, period: str, sees_drafts: bool
) -> Printed | None:
    """Of the issued report, else of its draft for the office; None of what is in neither."""
    id = report_id(period, organisation)
    report = await document(db, Report, id)
    is_issued = report is not None and not report.withdrawn
    if not is_issued:
        draft = await document(db, Draft, id) if sees_drafts else None
        report = draft.report if draft else None
    if report is None or measure not in report.measures:
        return None
    return Printed(report.measures[measure], is_issued, await drawn_up(db, county, report))


async def drawn_up(db: Database, county: str, report: Report) -> datetime | None:
    """When the bus had the submission upon which a document's figures were counted; None where that is not known."""
    wanted = {"organisation": county, "type": {"$in": DRAWN_UP}, "happened": report.drafted or report.issued}
    entry = await ledger(db, SUBMISSIONS).find_one(wanted)
    return entry["received"] if entry else None
