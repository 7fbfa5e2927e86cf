"""Documents of reports as files: one in each format, and a period's in one archive."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from services.feedback.papers import html
from services.feedback.papers.formats import Format
from services.feedback.papers.giving import ToPack, format_of, given_as, given_in_one
from services.feedback.papers.reading import sheet_now
from services.feedback.places import PAGES
from services.feedback.reports import periods
from services.feedback.reports.model import STANDS, Report, recipient_of
from shared.database.kept import document, documents
from shared.identity.reading import REPORTS
from shared.web.asking import County, Db, Parts, RosterNow
from shared.web.parameters import PeriodInPath
from shared.web.reading import Reads, reads, refusal

FILED = (Format.PDF, Format.DOCX, Format.XLSX, Format.JSON)
"""What an archive has of each document."""

router = APIRouter()


@router.get("/feedback/reports/{report}.{ending}", dependencies=[reads(REPORTS)])
async def paper(
    request: Request,
    db: Db,
    parts: Parts,
    roster: RosterNow,
    reading: Reads,
    report: str,
    ending: str,
) -> Response:
    """A report's document in one format, as it was issued."""
    reading.must(REPORTS, recipient_of(report))
    made_as = format_of(ending)
    found = await document(db, Report, report)
    if found is None:
        raise HTTPException(404)
    sheet = await sheet_now(db, roster, found)
    if made_as is Format.HTML:
        return PAGES.render("paper.html", "organisations", paper=html.paper(sheet))
    return await given_as(request, parts, sheet, made_as)


@router.get("/feedback/report-archives/{period}.zip", dependencies=[reads(REPORTS)])
async def archive(
    request: Request,
    db: Db,
    parts: Parts,
    county: County,
    roster: RosterNow,
    reading: Reads,
    period: PeriodInPath,
) -> Response:
    """All documents of a period that were issued, with a manifest of their sums: for the office alone."""
    if not reading.sees_all(REPORTS):
        raise refusal(REPORTS, request)
    issued = await documents(db, Report, {"period": period, "organisation": {"$regex": f"^{county}"}, **STANDS})
    if not issued:
        raise HTTPException(404)

    async def documents_in_order() -> AsyncIterator[ToPack]:
        for one in sorted(issued, key=lambda one: one.organisation):
            yield ToPack(one.organisation, await sheet_now(db, roster, one), FILED)

    return await given_in_one(request, parts, f"{periods.in_chinese(period)}反馈文件.zip", documents_in_order())
