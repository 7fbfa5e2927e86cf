"""What is asked of packages: one in an edition, its documents as they were, and the years that are to be reported."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from services.feedback.documents.model import FormerReport
from services.feedback.packages.model import FormerPackage, Package, PackagedReport, PackageState, package_id
from services.feedback.reports import periods
from services.feedback.reports.making import recipients
from services.feedback.reports.model import STANDS, Report
from shared.calendar import china_day
from shared.database.kept import document, documents
from shared.database.mongo import Database
from shared.events.vocabulary import ReportKind
from shared.identity.reading import REPORTS
from shared.roster.organisations import Roster
from shared.web.reading import Reading

ON_ITS_WAY = (PackageState.SENT, PackageState.RECEIVED, PackageState.ADOPTED)


class YearToReport(NamedTuple):
    """A year whose documents are all issued, on which day the last was, and its package as far as there is one.

    `has_changed` says that documents were corrected since it was sent.
    """

    year: int
    issued: date
    package: Package | None
    has_changed: bool = False

    @property
    def is_to_send(self) -> bool:
        """Whether it is to be sent now: nothing is on its way, or something else than what is issued now."""
        return self.package is None or self.package.state not in ON_ITS_WAY or self.has_changed


def open_to(reading: Reading) -> dict[str, Any]:
    """The filter of packages that tell of an organisation whose reports are open to whoever looks."""
    scope = reading.scope(REPORTS)
    return {} if scope is None else {"reports.organisation": {"$in": sorted(scope)}}


async def package_in(db: Database, id: str, edition: int | None) -> Package | None:
    """As it is, or in a former edition."""
    now = await document(db, Package, id)
    if now is None or edition is None or edition == now.edition:
        return now
    kept = await document(db, FormerPackage, f"{id}@{edition}")
    return kept.package if kept else None


async def former_editions(db: Database, package: Package) -> list[Package]:
    """Those that are not the one that holds, the newest first."""
    kept = await documents(db, FormerPackage, {"_id": {"$regex": f"^{package.id}@"}})
    return sorted((one.package for one in kept), key=lambda one: one.edition, reverse=True)


async def reports_in(db: Database, named: Sequence[PackagedReport]) -> list[Report]:
    """Documents as they were reported, whatever was corrected since; by organisation."""
    ids = [one.report for one in named]
    now = {one.id: one for one in await documents(db, Report, {"_id": {"$in": ids}})}
    others = [f"{one.report}@{one.edition}" for one in named if now[one.report].edition != one.edition]
    then = {one.id: one.report for one in await documents(db, FormerReport, {"_id": {"$in": others}})}
    return [then.get(f"{one.report}@{one.edition}", now[one.report]) for one in named]


async def years_to_report(db: Database, county: str, roster: Roster) -> list[YearToReport]:
    """The newest first: those of which every recipient's document is issued with a number."""
    wanted = {"kind": ReportKind.ANNUAL.value, "number": {"$ne": ""}, "_id": {"$regex": f"^[0-9]{{4}}_{county}"}}
    shown = {"period": 1, "organisation": 1, "issued": 1, "edition": 1, "content": 1}
    issued = await db[Report.collection].find({**wanted, **STANDS}, shown).to_list(None)
    kept = {one.id: one for one in await documents(db, Package, {"county": county})}
    found = []
    for period in sorted({one["period"] for one in issued}, reverse=True):
        of_year = [one for one in issued if one["period"] == period]
        if recipients(roster, county, periods.last_day(period)).keys() <= {one["organisation"] for one in of_year}:
            package = kept.get(package_id(int(period), county))
            now = {one["_id"]: one["content"] for one in of_year}
            then = {one.report: one.content for one in package.reports} if package else {}
            last = max(china_day(datetime.fromisoformat(one["issued"])) for one in of_year)
            found.append(YearToReport(int(period), last, package, package is not None and now != then))
    return found
