"""The pages of organisations: the county's list, and one with its history, where the committee enters its end."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from services.roster.organisations.form import DISSOLVE, FORMS, WITHDRAW, Others
from services.roster.organisations.lines import PAGE, organisation_lines, organisation_page, page_of
from services.roster.places import PAGES
from shared.database.kept import documents
from shared.identity.reading import REPORTS, SENT, SIGNED_IN
from shared.pages.paging import paging
from shared.roster.organisations import Organisation, Roster
from shared.stretch import Stretch
from shared.web.again import in_its_page
from shared.web.asking import County, Db, Today
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.parameters import CodeInPath, PageAsked
from shared.web.reading import reads
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

SHOWN = 50
"""Organisations on a page of the list."""

router = APIRouter()


@router.get(PAGE, dependencies=[reads(SIGNED_IN)])
async def organisations(db: Db, county: County, today: Today, page: PageAsked = 1) -> HTMLResponse:
    """All of the county's, page by page, below those that end."""
    roster = Roster({one.id: one for one in await documents(db, Organisation, {})})
    lines = organisation_lines(roster, county, today)
    standing = [one for one in lines if not one.last_day]
    stretch = Stretch.of(len(standing), page, SHOWN)
    return PAGES.render(
        "organisations.html",
        "organisations",
        ending=[one for one in lines if one.last_day],
        standing=standing[stretch.skip : stretch.end],
        paging=paging(stretch, "个单位", lambda number: f"{PAGE}?page={number}"),
    )


@router.get(PAGE + "/{code}", dependencies=[reads(SIGNED_IN)])
async def one(here: Here, code: CodeInPath, sent: str = "") -> Response:
    """One of them; the committee is offered what it may do."""
    return await _page(here, code, told=await told_of(here.parts, here.who, sent))


@router.post(PAGE + "/{code}/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, code: CodeInPath, key: str) -> Response:
    """One of its forms."""
    others = Others(code, here.roster, here.today)
    sent = await submit_one_of(FORMS, key, request, here, code, page_of(code), others)
    if not isinstance(sent, Again):
        return sent
    return await in_its_page(_page(here, code, again=sent), sent, page_of(code), PAGES, "organisations")


async def _roster(here: Visit) -> Roster:
    return Roster({one.id: one for one in await documents(here.parts.db, Organisation, {})})


async def _page(here: Visit, code: str, told: Told | None = None, again: Again | None = None) -> HTMLResponse:
    roster = await _roster(here)
    found = roster.organisation(code)
    if found is None:
        raise HTTPException(404)
    may = here.who == here.parts.settings.county and code != here.who
    form = WITHDRAW if found.history[-1].ended else DISSOLVE
    forms = offering([form] if may else [], page_of(code), Others(code, roster, here.today), told, again)
    return PAGES.render(
        "organisation.html",
        "organisations",
        forms.status,
        seen=organisation_page(found, roster, here.today, here.reading.may(REPORTS, code)),
        board=PAGE,
        offering=forms,
    )
