"""Where feedback lies, and what its pages ask of it: totals merged when read, and the standing check."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pymongo import IndexModel

from services.feedback.addressees.model import PartyNames
from services.feedback.assessment.model import Assessed, Assessment, AssessmentScheme, Veto
from services.feedback.awards.model import GrantedAward, Nomination
from services.feedback.documents.model import (
    Delivery,
    DocumentScheme,
    Draft,
    FormerDraft,
    FormerReport,
    NumbersGiven,
)
from services.feedback.measures.balances import held_on
from services.feedback.measures.catalogue import OF_AWARDS, awards_in, number
from services.feedback.measures.model import Balance, MonthlyDocument
from services.feedback.measures.totals import awards_of, months_filter, total
from services.feedback.operations.backups import Backup
from services.feedback.operations.books import Comparison
from services.feedback.packages.model import FormerPackage, Package
from services.feedback.placing.model import PlacedFact
from services.feedback.problems.model import Problem
from services.feedback.rebuilding.model import Rebuild
from services.feedback.reports import periods
from services.feedback.reports.model import STANDS, PeriodRecord, Report, ReportingScheme
from services.feedback.training_up.model import TrainingUpProposal
from shared.database.indexes import FACT_LEDGER_INDEXES, LEDGER_INDEXES
from shared.database.kept import documents
from shared.database.lists import listed
from shared.database.mongo import Database
from shared.events.roster.appraisals import AppraisalStepDone
from shared.pipeline.corrections import Correction
from shared.roster.organisations import Roster
from shared.todo import aside, reminding
from shared.web import acts

SHEETS = IndexModel(
    [("type", 1), ("month", 1)], name="sheets", partialFilterExpression={"type": AppraisalStepDone.type}
)
"""What roster tells of Party members' sheets, asked for once a year."""
INDEXES: dict[str, list[IndexModel]] = {
    "ledger": LEDGER_INDEXES,
    "fact_ledger": [*FACT_LEDGER_INDEXES, SHEETS],
    "leases": [],
    "alive": [],
    Correction.collection: [],
    **acts.INDEXES,
    **reminding.INDEXES,
    **aside.INDEXES,
    MonthlyDocument.collection: [IndexModel([("county", 1), ("month", 1)])],
    Balance.collection: [IndexModel([("county", 1)])],
    PlacedFact.collection: [IndexModel([("month", 1)]), IndexModel([("organisation", 1)])],
    Problem.collection: [IndexModel([("county", 1), ("until", 1)])],
    PartyNames.collection: [IndexModel([("county", 1)])],
    Backup.collection: [],
    Comparison.collection: [],
    ReportingScheme.collection: [],
    PeriodRecord.collection: [],
    Report.collection: [IndexModel([("organisation", 1), ("period", 1)]), IndexModel([("kind", 1), ("period", 1)])],
    GrantedAward.collection: [IndexModel([("award", 1), ("year", 1)])],
    Nomination.collection: [IndexModel([("county", 1), ("day", -1)]), IndexModel([("granted", 1)])],
    TrainingUpProposal.collection: [
        IndexModel([("county", 1), ("day", -1)]),
        IndexModel([("organisation", 1), ("due", 1)]),
    ],
    DocumentScheme.collection: [],
    Draft.collection: [
        IndexModel([("county", 1), ("state", 1), ("due", 1)]),
        IndexModel([("county", 1), ("waits.due", 1)]),
    ],
    FormerDraft.collection: [IndexModel([("organisation", 1), ("period", 1)])],
    NumbersGiven.collection: [],
    Delivery.collection: [
        IndexModel([("organisation", 1), ("issued", -1)]),
        IndexModel([("county", 1), ("state", 1), ("due", 1)]),
        IndexModel([("county", 1), ("waits.due", 1)]),
    ],
    FormerReport.collection: [IndexModel([("organisation", 1), ("period", 1)])],
    Rebuild.collection: [
        IndexModel([("county", 1)], name="one_at_a_time", unique=True, partialFilterExpression={"is_running": True}),
        IndexModel([("county", 1), ("begun", -1)]),
    ],
    AssessmentScheme.collection: [],
    Assessment.collection: [IndexModel([("county", 1), ("state", 1)])],
    Assessed.collection: [
        IndexModel([("county", 1), ("period", 1)]),
        IndexModel([("organisation", 1), ("period", -1)]),
    ],
    Package.collection: [IndexModel([("county", 1), ("year", -1)])],
    FormerPackage.collection: [],
    Veto.collection: [IndexModel([("county", 1), ("period", 1)])],
}


async def months(db: Database, county: str, wanted: Sequence[str], below: str = "") -> list[MonthlyDocument]:
    """A county's documents of some months, and the earlier ones that set a stock; of an organisation and all below."""
    there = {"path": {"$regex": f"(^|/){re.escape(below)}(/|$)"}} if below else {}
    raw = await db[MonthlyDocument.collection].find({**months_filter(county, wanted), **there}).to_list(None)
    return [MonthlyDocument.stored(one) for one in raw]


async def balances(db: Database, county: str) -> list[Balance]:
    """What a county's organisations hold."""
    return await documents(db, Balance, {"county": county})


async def totals(db: Database, county: str, roster: Roster, organisation: str, period: str) -> dict[str, Any]:
    """The measures of an organisation and all below it over a period, as of now."""
    wanted = periods.months_of(period)
    held = held_on(await balances(db, county), roster, periods.last_day(period), organisation)
    found = await months(db, county, wanted, organisation)
    return total(found, organisation, wanted, held, awards_of(roster, county))


async def series(
    db: Database, county: str, roster: Roster, organisation: str, wanted: Sequence[str]
) -> dict[str, list[float | None]]:
    """Each measure month by month, for a chart; None where there is no value."""
    kept, stocks = await months(db, county, wanted, organisation), await balances(db, county)
    held = {month: held_on(stocks, roster, periods.last_day(month), organisation) for month in wanted}
    given = (name.removeprefix(OF_AWARDS) for name in awards_in(*(one.add for one in kept)))
    listed_awards = {*awards_of(roster, county), *given}
    by_month = [total(kept, organisation, [month], held[month], listed_awards) for month in wanted]
    return {
        name: [number(one[name]) for one in by_month]
        for name, value in by_month[0].items()
        if not isinstance(value, dict) or "value" in value
    }


async def reports(
    db: Database,
    among: Mapping[str, Any],
    period: str | None,
    period_year: str | None,
    kind: str | None,
    limit: int,
    after: str | None,
) -> dict[str, Any]:
    """Those among some by period, year and kind, by id, without their measures; none that is void."""
    asked: dict[str, Any] = {"period": period, "kind": kind}
    wanted = {**STANDS, **among, **{name: value for name, value in asked.items() if value is not None}}
    if period_year:
        wanted["period"] = {"$regex": f"^{re.escape(period_year)}(-|$)"}
    found = await listed(db, Report.collection, wanted, limit, after)
    for report in found["items"]:
        for long in ("measures", "before", "peers"):
            report.pop(long)
    return found
