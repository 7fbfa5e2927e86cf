"""The pages of organisations: the county's list, and one with its history, where the committee enters its end."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from services.roster.organisations.form import CHANGE, DISSOLVE, FORMS, STATION, WITHDRAW, as_it_stands
from services.roster.organisations.lines import PAGE, organisation_lines, organisation_page, page_of
from services.roster.organisations.listing import standing_board
from services.roster.organisations.others import Others
from services.roster.organisations.rules import may_move_in
from services.roster.places import PAGES
from shared.database.kept import documents
from shared.events.roster import DissolveOrganisation, RegisterOrganisation, StationDepartment, WithdrawDissolution
from shared.forms import Form
from shared.identity.reading import KEYS, REPORTS, SENT, SIGNED_IN
from shared.roster.organisations import Organisation, Roster
from shared.web.again import in_its_page
from shared.web.boards import Address
from shared.web.exporting import exported_from
from shared.web.forms import Again
from shared.web.offering import offering, submit_one_of
from shared.web.parameters import CategoryAsked, CodeAsked, CodeInPath, PageAsked, WordsAsked
from shared.web.reading import reads
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

router = APIRouter()


@router.get(PAGE, dependencies=[reads(SIGNED_IN)])
async def organisations(
    here: Here,
    category: CategoryAsked | None = None,
    above: CodeAsked | None = None,
    words: WordsAsked = "",
    page: PageAsked = 1,
    sent: str = "",
) -> Response:
    """All of the county's, those that end first; those that stand by kind, by who is above them, by name or code."""
    roster, county = await _roster(here), here.parts.settings.county
    lines = organisation_lines(roster, county, here.today)
    standing = [one for one in lines if not one.last_day]
    address = Address(PAGE, {"category": category, "above": above, "words": words})
    board = standing_board(standing, address, page)
    return exported_from(board) or PAGES.render(
        "organisations.html",
        "organisations",
        ending=[one for one in lines if one.last_day],
        board=board,
        told=await told_of(here.parts, here.who, sent),
        may_register=here.admits(RegisterOrganisation, county),
    )


@router.get(PAGE + "/{code}", dependencies=[reads(SIGNED_IN)])
async def one(here: Here, code: CodeInPath, sent: str = "") -> Response:
    """One of them; the committee is offered what it may do."""
    return await _page(here, code, told=await told_of(here.parts, here.who, sent))


@router.post(PAGE + "/{code}/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, code: CodeInPath, key: str) -> Response:
    """One of its forms."""
    others = Others(code, here.roster, here.today)
    stood = here.roster.organisation(code)
    given = {"code": code, "kind": stood.history[-1].kind} if stood and key == CHANGE.key else {}
    sent = await submit_one_of(FORMS, key, request, here, code, page_of(code), others, given)
    if not isinstance(sent, Again):
        return sent
    return await in_its_page(_page(here, code, again=sent), sent, page_of(code), PAGES, "organisations")


async def _roster(here: Visit) -> Roster:
    return Roster({one.id: one for one in await documents(here.parts.db, Organisation, {})})


async def _page(here: Visit, code: str, told: Told | None = None, again: Again | None = None) -> Response:
    roster = await _roster(here)
    found = roster.organisation(code)
    if found is None:
        raise HTTPException(404)
    offered = _offered(here, found)
    begun = {CHANGE.key: as_it_stands(found)}
    forms = offering(offered, page_of(code), Others(code, roster, here.today), told, again, begun)
    has_pc = here.reading.may(KEYS, code) and code != here.parts.settings.county
    return PAGES.render(
        "organisation.html",
        "organisations",
        forms.status,
        seen=organisation_page(found, roster, here.today, here.reading.may(REPORTS, code)),
        board=PAGE,
        offering=forms,
        station_url=f"{page_of(code)}/pc" if has_pc else "",
    )


def _offered(here: Visit, found: Organisation) -> list[Form]:
    """What the committee may enter of an organisation but itself, as it stands."""
    if found.id == here.who:
        return []
    if found.history[-1].ended:
        return [WITHDRAW] * here.admits(WithdrawDissolution, found.id)
    moves = may_move_in(found, here.today) is not None and here.admits(StationDepartment, found.id)
    changes = here.admits(RegisterOrganisation, found.id)
    return [CHANGE] * changes + [STATION] * moves + [DISSOLVE] * here.admits(DissolveOrganisation, found.id)
