"""Documents of reports as files: one in each format, and a period's in one archive."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from services.feedback.papers import html, json
from services.feedback.papers.archive import archived
from services.feedback.papers.drawing_up import sheet_of
from services.feedback.papers.formats import MEDIA, Format, file_name
from services.feedback.papers.issued import issue_of
from services.feedback.papers.making import NotMade, Workshop
from services.feedback.papers.sheet import Sheet
from services.feedback.places import PAGES
from services.feedback.reports import periods
from services.feedback.reports.model import STANDS, Report, recipient_of
from shared.calendar import china_day
from shared.database.kept import document, documents
from shared.database.mongo import Database
from shared.identity.audit import AuditKind
from shared.identity.reading import REPORTS
from shared.pages.error_pages import Refusing
from shared.pages.words import names_on
from shared.roster.committees import committee_on
from shared.roster.organisations import Roster
from shared.web.asking import County, Db, Parts, RosterNow
from shared.web.auditing import audited
from shared.web.heavy import taking_turns
from shared.web.parameters import PeriodInPath
from shared.web.reading import Reads, reads, refusal

ZIP = "application/zip"
Finished = list[tuple[Sheet, dict[Format, bytes]]]
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
    made_as = _format(ending)
    found = await document(db, Report, report)
    if found is None:
        raise HTTPException(404)
    sheet = await _sheet(db, roster, found)
    if made_as is Format.HTML:
        return PAGES.render("paper.html", "organisations", paper=html.paper(sheet))
    if made_as is Format.JSON:
        return _file(request, sheet, made_as, json.written(sheet))
    async with taking_turns(request, parts), Workshop(parts.settings.fonts) as workshop:
        ((_, files),) = await _made(workshop, [sheet], [made_as])
    return _file(request, sheet, made_as, files[made_as])


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
    sheets = [await _sheet(db, roster, one) for one in sorted(issued, key=lambda one: one.organisation)]
    async with taking_turns(request, parts), Workshop(parts.settings.fonts) as workshop:
        content = archived(await _made(workshop, sheets, FILED))
    name = f"{periods.in_chinese(period)}反馈文件.zip"
    audited(request.scope, AuditKind.EXPORT, request.url.path, f"{name}，{len(sheets)}份")
    return _download(content, ZIP, name)


async def _made(workshop: Workshop, sheets: Sequence[Sheet], formats: Sequence[Format]) -> Finished:
    try:
        return [(sheet, await workshop.made(sheet, formats)) for sheet in sheets]
    except NotMade as no:
        raise Refusing(503, no.slug) from None


def _format(ending: str) -> Format:
    try:
        return Format(ending)
    except ValueError:
        raise Refusing(404, "unknown-format", format=ending[:20]) from None


async def _sheet(db: Database, roster: Roster, report: Report) -> Sheet:
    """As it was issued; a quarter's and a year's with what its months were told."""
    called = names_on(roster, periods.last_day(report.period)) | report.names
    committee = report.committee or committee_on(roster, report.organisation, china_day(report.issued)).name
    within = [month for month in periods.months_of(report.period) if month != report.period]
    wanted = {"organisation": report.organisation, "period": {"$in": within}, **STANDS}
    months = await documents(db, Report, wanted) if within else []
    return sheet_of(report, called, committee, issue_of(report, {one.period: one.measures for one in months}))


def _file(request: Request, sheet: Sheet, made_as: Format, content: bytes) -> Response:
    """A browser shows what it can; who took which document along is told to the auditor."""
    name = file_name(sheet, made_as)
    audited(request.scope, AuditKind.EXPORT, request.url.path, name)
    return _download(content, MEDIA[made_as], name, "inline" if made_as is Format.PDF else "attachment")


def _download(content: bytes, media: str, name: str, shown: str = "attachment") -> Response:
    called = f"{shown}; filename*=UTF-8''{quote(name)}"
    return Response(content, media_type=media, headers={"Content-Disposition": called})
