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
from services.feedback.reports.model import Report
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

    async def of(self, report: Report) -> tuple[Change, ...]:
        """What one report prints that is no longer so."""
        (found,) = await self._compared([report], report.period, report.organisation)
        return found.changes

    async def changed(self, wanted: Iterable[str], organisation: str = "") -> list[ChangedReport]:
        """The reports of some periods that differ, of one organisation or of all."""
        of = {"organisation": organisation or {"$regex": f"^{self._county}"}}
        found: list[ChangedReport] = []
        for period in wanted:
            issued = await documents(self._db, Report, {**of, "period": period})
            found += [one for one in await self._compared(issued, period, organisation) if one.changes]
        return found

    async def _compared(self, issued: Sequence[Report], period: str, below: str) -> list[ChangedReport]:
        if not issued:
            return []
        codes = {one.organisation for one in issued}
        now = await self._totals(period, codes, below)
        before = await self._totals(periods.before(period), codes, below)
        return [ChangedReport(one, changes(one, now[one.organisation], before[one.organisation])) for one in issued]

    async def _totals(self, period: str, codes: set[str], below: str) -> Totals:
        if self._balances is None:
            self._balances = await store.balances(self._db, self._county)
        months = periods.months_of(period)
        held = held_on(self._balances, self._roster, periods.last_day(period))
        theirs: dict[str, list[MonthlyDocument]] = {code: [] for code in codes}
        for one in await store.months(self._db, self._county, months, below):
            for code in codes.intersection(one.path.split("/")):
                theirs[code].append(one)
        return {code: total(found, code, months, held) for code, found in theirs.items()}


async def periods_issued(db: Database, county: str, year: str = "") -> list[str]:
    """The periods of which reports were issued, in a year or ever."""
    wanted = {"organisation": {"$regex": f"^{county}"}, "period": {"$regex": f"^{year}"}}
    return sorted(await db[Report.collection].distinct("period", wanted))
