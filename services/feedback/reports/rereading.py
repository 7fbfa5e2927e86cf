"""Issued reports read again beside what their months add up to now: of one organisation, of a year, or all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from services.feedback import store
from services.feedback.measures.balances import held_on
from services.feedback.measures.model import Balance, MonthlyDocument
from services.feedback.measures.totals import total
from services.feedback.reports import periods
from services.feedback.reports.changes import Change, ChangedReport, changes
from services.feedback.reports.model import STANDS, Report
from shared.database.kept import documents
from shared.database.mongo import Database
from shared.roster.organisations import Roster

Totals = dict[str, dict[str, Any]]
"""By organisation."""


class Rereading:
    """One look at a county's reports: what several periods need is read once."""

    def __init__(self, db: Database, county: str, roster: Roster) -> None:
        self._db, self._county, self._roster = db, county, roster
        self._balances: list[Balance] | None = None
        self._of_one: dict[str, dict[str, list[MonthlyDocument]]] = {}
        """An organisation's own by month, where all its reports are looked at."""

    async def of(self, report: Report) -> tuple[Change, ...]:
        """What one report prints that is no longer so."""
        (found,) = await self._compared([report], report.period, report.organisation)
        return found.changes

    async def changed(self, wanted: Iterable[str], organisation: str = "") -> list[ChangedReport]:
        """The reports of some periods that differ, of one organisation or of all."""
        if organisation:
            return await self._changed_of_one([*wanted], organisation)
        found: list[ChangedReport] = []
        for period in wanted:
            of = {"organisation": {"$regex": f"^{self._county}"}, "period": period, **STANDS}
            issued = await documents(self._db, Report, of)
            found += [one for one in await self._compared(issued, period, "") if one.changes]
        return found

    async def drafted(self, drafts: Sequence[Report]) -> list[ChangedReport]:
        """What is not issued yet, of one period, and would print otherwise now."""
        period = drafts[0].period if drafts else ""
        return [one for one in await self._compared(drafts, period, "") if one.changes]

    async def _changed_of_one(self, wanted: list[str], organisation: str) -> list[ChangedReport]:
        """They are few: all of them, and all their months, are read at once."""
        issued = await documents(self._db, Report, {"organisation": organisation, "period": {"$in": wanted}, **STANDS})
        spans = (span for one in issued for span in (one.period, periods.before(one.period)))
        months = {month for span in spans for month in periods.months_of(span)}
        kept: dict[str, list[MonthlyDocument]] = {month: [] for month in months}
        for document in await store.months(self._db, self._county, sorted(months), organisation):
            kept[document.month].append(document)
        self._of_one[organisation] = kept
        in_order = sorted(issued, key=lambda one: wanted.index(one.period))
        compared = [await self._compared([one], one.period, organisation) for one in in_order]
        return [one for (one,) in compared if one.changes]

    async def _months(self, months: Sequence[str], below: str) -> list[MonthlyDocument]:
        kept = self._of_one.get(below, {})
        if kept.keys() >= {*months}:
            return [one for month in months for one in kept[month]]
        return await store.months(self._db, self._county, months, below)

    async def _compared(self, issued: Sequence[Report], period: str, below: str) -> list[ChangedReport]:
        if not issued:
            return []
        codes = {one.organisation for one in issued}
        now = await self._totals(period, codes, below)
        before = await self._totals(periods.before(period), codes, below)
        return [ChangedReport(one, changes(one, now[one.organisation], before[one.organisation])) for one in issued]

    async def totals(self, period: str, codes: set[str]) -> Totals:
        """What organisations come to in a period now."""
        return await self._totals(period, codes, "")

    async def _totals(self, period: str, codes: set[str], below: str) -> Totals:
        if self._balances is None:
            self._balances = await store.balances(self._db, self._county)
        months = periods.months_of(period)
        held = held_on(self._balances, self._roster, periods.last_day(period), below)
        theirs: dict[str, list[MonthlyDocument]] = {code: [] for code in codes}
        for one in await self._months(months, below):
            for code in codes.intersection(one.path.split("/")):
                theirs[code].append(one)
        return {code: total(found, code, months, held) for code, found in theirs.items()}


async def periods_issued(db: Database, county: str, year: str = "") -> list[str]:
    """The periods of which reports were issued, in a year or ever."""
    wanted = {"organisation": {"$regex": f"^{county}"}, "period": {"$regex": f"^{year}"}}
    return sorted(await db[Report.collection].distinct("period", wanted))
