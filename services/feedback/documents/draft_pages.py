"""The page of one draft: what it says, who did what with it, its former editions; the office reviews it there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query, Request
from fastapi.responses import Response

from services.feedback.assessment.reads import approved_result
from services.feedback.documents.desk_pages import PAGE
from services.feedback.documents.form import (
    OF_DRAFT,
    REDRAFT_ONE,
    REVIEW,
    SEND_BACK_ONE,
    SIGN_MONTHLY_ONE,
    SIGN_ONE,
    begun_review,
)
from services.feedback.documents.model import Delivery, Draft, DraftState, FormerDraft
from services.feedback.documents.ordering import CANCEL, CANCEL_LOCKED, OF_REVISION
from services.feedback.documents.seen import draft_seen
from services.feedback.places import PAGES
from services.feedback.reports import periods
from services.feedback.reports.sheet import sheet
from shared.database.kept import document, documents
from shared.events.vocabulary import ReportKind
from shared.forms import Form
from shared.forms.reading import values_of
from shared.identity.reading import COMMITTEE, SENT
from shared.pages.words import Choice, names_on
from shared.roster.committees import committee_on
from shared.roster.posts import same_hand
from shared.web.again import in_its_page
from shared.web.confirming import each_confirmed
from shared.web.exporting import exported_from
from shared.web.forms import Again
from shared.web.offering import address, offering, submit_one_of
from shared.web.reading import reads
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

REPORT_PATTERN = r"^[0-9]{4}(-[0-9]{2}|-Q[1-4])?_[0-9A-Z-]{6,13}$"
ReportInPath = Annotated[str, Path(pattern=REPORT_PATTERN)]
TO_BE_NUMBERED = "（签发时编号）"
EditionAsked = Annotated[int, Query(ge=1, le=9999)]
router = APIRouter(prefix=PAGE)


@router.get("/{report}", dependencies=[reads(COMMITTEE)])
async def draft(here: Here, report: ReportInPath, edition: EditionAsked | None = None, sent: str = "") -> Response:
    """As it is now, or in a former edition."""
    return await _page(here, report, edition, await told_of(here.parts, here.who, sent))


@router.post("/{report}/{key}", response_model=None, dependencies=[reads(SENT)])
async def act(request: Request, here: Here, report: ReportInPath, key: str) -> Response:
    """One of its forms."""
    at = f"{PAGE}/{report}"
    sent = await submit_one_of({**OF_DRAFT, **OF_REVISION}, key, request, here, here.parts.settings.county, at)
    if not isinstance(sent, Again):
        return sent
    return await in_its_page(_page(here, report, None, again=sent), sent, address(at, sent.form), PAGES, "drafts")


async def _page(
    here: Visit, report: str, edition: int | None, told: Told | None = None, again: Again | None = None
) -> Response:
    db = here.parts.db
    now = await document(db, Draft, report)
    if now is None or now.county != here.parts.settings.county:
        raise HTTPException(404)
    one = now
    if edition is not None and edition != now.edition:
        former = await document(db, FormerDraft, f"{report}@{edition}")
        if former is None:
            raise HTTPException(404)
        one = former.draft
    is_now = one is now
    delivery = await document(db, Delivery, report) if now.state is DraftState.SIGNED else None
    forms = list(_forms(here, now)) if is_now else []
    begun = {
        form.key: values_of(form, {"drafts": [now.named], "report": now.id, **begun_review(now)}) for form in forms
    }
    offered = offering(forms, f"{PAGE}/{report}", None, told, again, begun)
    confirmed = replace(offered, forms=each_confirmed(here, forms, offered.forms, f"{PAGE}/{report}"))
    seen = await draft_seen(here, one, delivery if is_now else None, confirmed)
    called = names_on(here.roster, periods.last_day(one.period)) | one.report.names
    committee = committee_on(here.roster, one.organisation, here.today).name
    number = delivery.number if delivery and is_now else TO_BE_NUMBERED
    result = one.report.assessed if one.report.revision else await approved_result(db, report)
    shown = one.report.having(opinions=one.advice, required=one.required, number=number, assessed=result)
    return exported_from(seen.history) or PAGES.render(
        "draft.html",
        "drafts",
        offered.status,
        life=seen,
        sheet=sheet(shown, called, committee),
        editions=await _editions(here, now, one),
    )


async def _editions(here: Visit, now: Draft, shown: Draft) -> list[Choice]:
    """All of them, where there are several."""
    kept = await documents(here.parts.db, FormerDraft, {"_id": {"$regex": f"^{now.id}@"}})
    numbers = sorted({*(one.draft.edition for one in kept), now.edition})
    url = f"{PAGE}/{now.id}"
    found = [Choice(f"第{n}稿", url if n == now.edition else f"{url}?edition={n}", n == shown.edition) for n in numbers]
    return found if len(found) > 1 else []


def _forms(here: Visit, one: Draft) -> Iterator[Form]:
    """What there is to do with it now, and whoever looks may do: not in one hand with what was done before."""
    actor = here.acting.person if here.acting else ""
    if one.state is DraftState.REVIEWED:
        yield from _to_sign(here, one, actor)
    if one.state is not DraftState.SIGNED and here.does(REVIEW.submission):
        if not same_hand(actor, one.drafted_by):
            yield REVIEW
        yield REDRAFT_ONE
    if one.state is not DraftState.SIGNED and one.report.revision:
        yield from [form for form in (CANCEL_LOCKED, CANCEL) if here.does(form.submission)][:1]


def _to_sign(here: Visit, one: Draft, actor: str) -> Iterator[Form]:
    if not same_hand(actor, one.drafted_by, one.reviewed_by):
        if here.does(SIGN_ONE.submission):
            yield SIGN_ONE
        elif one.kind is ReportKind.MONTHLY and here.does(SIGN_MONTHLY_ONE.submission):
            yield SIGN_MONTHLY_ONE
    if here.does(SEND_BACK_ONE.submission):
        yield SEND_BACK_ONE
