"""The documents that got a number in a year, in the order of their numbers: also those that became void since."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from services.feedback.awards.decision import decision
from services.feedback.awards.decision_pages import decided
from services.feedback.awards.model import GrantedAward, Nomination
from services.feedback.documents.model import FormerReport
from services.feedback.packages.letter import letter
from services.feedback.packages.model import FormerPackage, Package, PackageState
from services.feedback.packages.reads import reports_in
from services.feedback.papers.reading import sheet_now
from services.feedback.papers.sheet import Sheet
from services.feedback.reports import periods
from services.feedback.reports.model import Report
from shared.calendar import china_day
from shared.database.kept import document, documents
from shared.pages.words import name_of
from shared.web.visit import Visit

NUMBERED = re.compile(r"(.*)〔([0-9]{4})〕([0-9]+)号")
"""发文字号: whose and which series, year, number."""
VOID, CORRECTED, SENT_ANEW = "作废", "已更正", "已重新报送"
Numbered = Report | Package | GrantedAward


class FiledDocument(NamedTuple):
    """A document with its number, the day that it bears, what became of it since (`note`), and what it is made from."""

    number: str
    day: date
    note: str
    of: Numbered

    @property
    def turn(self) -> tuple[str, int]:
        """Its place: each series by itself, by number."""
        found = NUMBERED.fullmatch(self.number)
        return (found[1], int(found[3])) if found else (self.number, 0)


async def filed_in(here: Visit, year: int) -> list[FiledDocument]:
    """Of the county, in the order of their numbers."""
    db, county = here.parts.db, here.parts.settings.county
    of_year = {"$regex": f"〔{year}〕"}
    ours = {"$regex": f"^{county}"}
    reports, former, packages, replaced, awards = await asyncio.gather(
        documents(db, Report, {"number": of_year, "organisation": ours}),
        documents(db, FormerReport, {"report.number": of_year, "organisation": ours}),
        documents(db, Package, {"county": county, "number": of_year}),
        documents(db, FormerPackage, {"package.county": county, "package.number": of_year}),
        documents(db, GrantedAward, {"number": of_year, "organisation": ours}),
    )
    found = [
        *_of_reports(reports, [one.report for one in former]),
        *_of_packages(packages, [one.package for one in replaced]),
        *(FiledDocument(one.number, one.day, VOID if one.withdrawn else "", one) for one in awards if one.day),
    ]
    return sorted({one.number: one for one in found}.values(), key=lambda one: one.turn)


def _of_reports(now: Sequence[Report], former: Sequence[Report]) -> Iterator[FiledDocument]:
    """A void one that nothing took the place of lies in both."""
    for one in former:
        yield FiledDocument(one.number, china_day(one.issued), VOID if one.withdrawn else CORRECTED, one)
    for one in now:
        yield FiledDocument(one.number, china_day(one.issued), VOID if one.withdrawn else "", one)


def _of_packages(now: Sequence[Package], former: Sequence[Package]) -> Iterator[FiledDocument]:
    for note, packages in ((SENT_ANEW, former), ("", now)):
        for one in packages:
            is_void = one.state is PackageState.WITHDRAWN
            yield FiledDocument(one.number, china_day(one.sent), VOID if is_void else note, one)


async def sheet_filed(here: Visit, one: FiledDocument) -> Sheet:
    """As it was issued."""
    db = here.parts.db
    match one.of:
        case Report():
            return await sheet_now(db, here.roster, one.of)
        case Package():
            last = periods.last_day(str(one.of.year))
            reports = await reports_in(db, one.of.reports)
            return letter(one.of, reports, lambda code: name_of(code, here.roster, last))
        case GrantedAward():
            nomination = await document(db, Nomination, one.of.nomination)
            assert nomination is not None, "what was granted by it stays"
            return decision(await decided(here, nomination, one.of))


async def years_filed(here: Visit) -> list[int]:
    """Those in which something got a number, the newest first."""
    db, county = here.parts.db, here.parts.settings.county
    ours = {"number": {"$regex": "〔"}, "organisation": {"$regex": f"^{county}"}}
    numbers = [
        *await db[Report.collection].distinct("number", ours),
        *await db[GrantedAward.collection].distinct("number", ours),
        *await db[Package.collection].distinct("number", {"county": county}),
    ]
    return sorted({int(found[2]) for one in numbers if (found := NUMBERED.fullmatch(one))}, reverse=True)
