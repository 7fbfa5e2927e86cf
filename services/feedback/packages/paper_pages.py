"""The papers of a package as files: its letter, the figures for performance, and all of it as one sealed archive."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.feedback.documents.draft_pages import EditionAsked
from services.feedback.packages.letter import Called, letter, performance
from services.feedback.packages.model import Package
from services.feedback.packages.package_page import PackageInPath, found_for
from services.feedback.packages.pages import PAGE
from services.feedback.packages.reads import reports_in
from services.feedback.packages.words import package_name
from services.feedback.papers.formats import MADE_APART, Format
from services.feedback.papers.giving import ToPack, format_of, given_as, given_in_one
from services.feedback.papers.reading import sheet_now
from services.feedback.papers.seal import Seal
from services.feedback.reports import periods
from services.feedback.reports.model import Report
from shared.identity.reading import REPORTS
from shared.pages.error_pages import Refusing
from shared.pages.words import name_of
from shared.web.reading import reads, refusal
from shared.web.visit import Here, Visit

LETTER_FORMATS = (*MADE_APART, Format.JSON)
router = APIRouter(prefix=PAGE)


@router.get("/{package}/letter.{ending}", dependencies=[reads(REPORTS)])
async def letter_of(
    request: Request, here: Here, package: PackageInPath, ending: str, edition: EditionAsked | None = None
) -> Response:
    """The letter with its tables."""
    one = await _whole(request, here, package, edition)
    said = letter(one, await _reports(here, one), _called(here, one))
    return await given_as(request, here.parts, said, format_of(ending, LETTER_FORMATS))


@router.get("/{package}/performance.xlsx", dependencies=[reads(REPORTS)])
async def performance_of(
    request: Request, here: Here, package: PackageInPath, edition: EditionAsked | None = None
) -> Response:
    """The scores for performance."""
    one = await _whole(request, here, package, edition)
    return await given_as(request, here.parts, performance(one, await _reports(here, one)), Format.XLSX)


@router.get("/{package}.zip", dependencies=[reads(REPORTS)])
async def archive_of(
    request: Request, here: Here, package: PackageInPath, edition: EditionAsked | None = None
) -> Response:
    """All of its papers and every document that it reports, with a signed manifest of their sums."""
    one = await _whole(request, here, package, edition)
    secret, reports = here.parts.settings.token_secret, await _reports(here, one)
    if secret is None:
        raise Refusing(503, "seal-missing")
    name = f"{package_name(one.year)}_{one.number}.zip"
    return await given_in_one(request, here.parts, name, _papers(here, one, reports), Seal(secret))


async def _papers(here: Visit, one: Package, reports: Sequence[Report]) -> AsyncIterator[ToPack]:
    """The letter, the figures for performance, and each document that it reports."""
    yield ToPack("000_报送函", letter(one, reports, _called(here, one)), LETTER_FORMATS)
    yield ToPack("000_报送函", performance(one, reports), [Format.XLSX])
    for n, report in enumerate(reports, 1):
        yield ToPack(f"{n:03}_{report.organisation}", await sheet_now(here.parts.db, here.roster, report), [Format.PDF])


async def _whole(request: Request, here: Visit, package: str, edition: int | None) -> Package:
    """One in an edition, for whoever reads the reports of all."""
    if not here.reading.sees_all(REPORTS):
        raise refusal(REPORTS, request)
    return await found_for(here, package, edition)


async def _reports(here: Visit, one: Package) -> list[Report]:
    return await reports_in(here.parts.db, one.reports)


def _called(here: Visit, one: Package) -> Called:
    last = periods.last_day(str(one.year))
    return lambda code: name_of(code, here.roster, last)
