"""How documents become files in answers: made apart, named, handed out, and told to the auditor."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import Response

from services.feedback.papers.drawing_up import sheet_of
from services.feedback.papers.formats import MEDIA, Format, file_name
from services.feedback.papers.issued import issue_of
from services.feedback.papers.making import NotMade, Workshop
from services.feedback.papers.sheet import Sheet
from services.feedback.reports import periods
from services.feedback.reports.model import STANDS, Report
from shared.calendar import china_day
from shared.database.kept import documents
from shared.database.mongo import Database
from shared.identity.audit import AuditKind
from shared.pages.error_pages import Refusing
from shared.pages.words import names_on
from shared.roster.committees import committee_on
from shared.roster.organisations import Roster
from shared.web.auditing import audited

ZIP = "application/zip"
Finished = list[tuple[Sheet, dict[Format, bytes]]]


async def all_made(workshop: Workshop, sheets: Sequence[Sheet], formats: Sequence[Format]) -> Finished:
    try:
        return [(sheet, await workshop.made(sheet, formats)) for sheet in sheets]
    except NotMade as no:
        raise Refusing(503, no.slug) from None


def format_of(ending: str, among: Sequence[Format] = tuple(Format)) -> Format:
    """As the end of an address says it."""
    if ending not in {one.value for one in among}:
        raise Refusing(404, "unknown-format", format=ending[:20])
    return Format(ending)


async def sheet_now(db: Database, roster: Roster, report: Report) -> Sheet:
    """As it was issued; a quarter's and a year's with what its months were told."""
    called = names_on(roster, periods.last_day(report.period)) | report.names
    committee = report.committee or committee_on(roster, report.organisation, china_day(report.issued)).name
    within = [month for month in periods.months_of(report.period) if month != report.period]
    wanted = {"organisation": report.organisation, "period": {"$in": within}, **STANDS}
    months = await documents(db, Report, wanted) if within else []
    return sheet_of(report, called, committee, issue_of(report, {one.period: one.measures for one in months}))


def as_file(request: Request, sheet: Sheet, made_as: Format, content: bytes) -> Response:
    """A browser shows what it can; who took which document along is told to the auditor."""
    name = file_name(sheet, made_as)
    audited(request.scope, AuditKind.EXPORT, request.url.path, name)
    return download(content, MEDIA[made_as], name, "inline" if made_as is Format.PDF else "attachment")


def download(content: bytes, media: str, name: str, shown: str = "attachment") -> Response:
    called = f"{shown}; filename*=UTF-8''{quote(name)}"
    return Response(content, media_type=media, headers={"Content-Disposition": called})
