"""The page of an issued report: the document, how far it is on its way, and what it prints that is no longer so."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from services.feedback.asking import Reread
from services.feedback.documents.delivery_pages import concerned, former_word, life_seen
from services.feedback.documents.draft_pages import EditionAsked
from services.feedback.documents.form import OF_REPORT
from services.feedback.documents.model import FormerReport
from services.feedback.documents.ordering import OF_ONE
from services.feedback.papers.formats import file_links
from services.feedback.places import PAGES
from services.feedback.reports import periods
from services.feedback.reports.changes import shown
from services.feedback.reports.model import Report, recipient_of
from services.feedback.reports.rereading import Rereading
from services.feedback.reports.sheet import sheet
from shared.calendar import china_day
from shared.database.kept import document
from shared.identity.reading import REPORTS, SENT
from shared.pages.chinese import time_text
from shared.pages.words import names_on
from shared.roster.committees import committee_on
from shared.web.again import in_its_page
from shared.web.exporting import exported_from
from shared.web.forms import Again
from shared.web.offering import address, submit_one_of
from shared.web.reading import reads
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

router = APIRouter()


@router.get("/feedback/reports/{report}", dependencies=[reads(REPORTS)])
@router.get("/feedback/api/reports/{report}.html", dependencies=[reads(REPORTS)])
async def report(
    here: Here, reread: Reread, report: str, edition: EditionAsked | None = None, sent: str = ""
) -> Response:
    """A report as a document, and above it what it prints that is no longer so; or as it was issued before."""
    if edition is not None and (former := await _former(here, report, edition)):
        return former
    return await _page(here, reread, report, await told_of(here.parts, here.who, sent))


async def _former(here: Visit, report: str, edition: int) -> Response | None:
    """What was issued before a correction, or became void; None of the one that stands."""
    here.reading.must(REPORTS, recipient_of(report))
    kept = await document(here.parts.db, FormerReport, f"{report}@{edition}")
    if kept is None:
        return None
    called, committee = _called(here, kept.report)
    shown_as = former_word(kept.report)
    page = f"/feedback/reports/{report}"
    return PAGES.render(
        "former_report.html", "deliveries", sheet=sheet(kept.report, called, committee), word=shown_as, now_url=page
    )


@router.post("/feedback/reports/{report}/{key}", response_model=None, dependencies=[reads(SENT)])
async def act(request: Request, here: Here, reread: Reread, report: str, key: str) -> Response:
    """Its recipient signs for it or sends it back; the office delivers it again, its signer withdraws it."""
    at, about = f"/feedback/reports/{report}", concerned(here, report, key)
    given = {} if key in OF_ONE else {"report": report}
    sent = await submit_one_of({**OF_REPORT, **OF_ONE}, key, request, here, about, at, given=given)
    if not isinstance(sent, Again):
        return sent
    return await in_its_page(_page(here, reread, report, again=sent), sent, address(at, sent.form), PAGES, "deliveries")


def _called(here: Visit, report: Report) -> tuple[dict[str, str], str]:
    """What places and the committee were called, as the report keeps it; of one of before as the roster says now."""
    called = names_on(here.roster, periods.last_day(report.period)) | report.names
    issued = china_day(report.issued)
    return called, report.committee or committee_on(here.roster, report.organisation, issued).name


async def _page(
    here: Visit, reread: Rereading, report: str, told: Told | None = None, again: Again | None = None
) -> Response:
    here.reading.must(REPORTS, recipient_of(report))
    found = await document(here.parts.db, Report, report)
    if found is None:
        raise HTTPException(404)
    called, committee = _called(here, found)
    differing = () if found.withdrawn else await reread.of(found)
    life = await life_seen(here, found, told, again, bool(differing))
    if life and (table := exported_from(life.history, *life.boards)):
        return table
    return PAGES.render(
        "report.html",
        "organisations",
        life.offering.status if life else 200,
        sheet=sheet(found, called, committee),
        files=file_links(found.id),
        changes=shown(found, differing, called),
        as_of=time_text(here.now),
        life=life,
    )
