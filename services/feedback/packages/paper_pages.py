"""The papers of a package as files: its letter, the figures for performance, and all of it as one sealed archive."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.feedback.documents.draft_pages import EditionAsked
from services.feedback.packages.letter import Called, letter, performance
from services.feedback.packages.model import Package
from services.feedback.packages.package_page import PackageInPath, found_for
from services.feedback.packages.pages import PAGE
from services.feedback.packages.reads import reports_in
from services.feedback.packages.words import package_name
from services.feedback.papers.archive import Packed, about, packed
from services.feedback.papers.formats import MADE_APART, Format, file_name
from services.feedback.papers.giving import ZIP, download, format_of, given_as, made_in
from services.feedback.papers.making import Workshop
from services.feedback.papers.reading import sheet_now
from services.feedback.papers.seal import Seal
from services.feedback.papers.sheet import Sheet
from services.feedback.reports import periods
from services.feedback.reports.model import Report
from shared.identity.audit import AuditKind
from shared.identity.reading import REPORTS
from shared.pages.error_pages import Refusing
from shared.pages.words import name_of
from shared.web.auditing import audited
from shared.web.heavy import taking_turns
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
    of_units = [await sheet_now(here.parts.db, here.roster, report) for report in reports]
    async with taking_turns(request, here.parts), Workshop(here.parts.settings.fonts) as workshop:
        own = await _papers(workshop, here, one, reports)
        made = await made_in(workshop, of_units, [Format.PDF])
    documents = [
        _packed(f"{n:03}_{sheet.organisation}", sheet, Format.PDF, files[Format.PDF])
        for n, (sheet, files) in enumerate(made, 1)
    ]
    content, name = packed([*own, *documents], Seal(secret)), f"{package_name(one.year)}_{one.number}.zip"
    audited(request.scope, AuditKind.EXPORT, request.url.path, f"{name}，{len(own) + len(documents)}个文件")
    return download(content, ZIP, name)


async def _papers(workshop: Workshop, here: Visit, one: Package, reports: Sequence[Report]) -> list[Packed]:
    """The letter in each format, and the figures for performance."""
    said, figures = letter(one, reports, _called(here, one)), performance(one, reports)
    ((_, letters),) = await made_in(workshop, [said], LETTER_FORMATS)
    ((_, table),) = await made_in(workshop, [figures], [Format.XLSX])
    made = [(said, made_as, letters[made_as]) for made_as in sorted(letters)]
    return [_packed("000_报送函", *file) for file in (*made, (figures, Format.XLSX, table[Format.XLSX]))]


def _packed(folder: str, sheet: Sheet, made_as: Format, content: bytes) -> Packed:
    return Packed(f"{folder}/{file_name(sheet, made_as)}", content, about(sheet), sheet.made)


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
