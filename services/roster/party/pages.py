"""The pages of Party organisations: the county's list, and one with its history and its form."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from services.roster.party.form import BRANCH, NAME, sharers
from services.roster.party.lines import HEADS, PAGE, branch_line, history, page_of, party_cells, party_lines
from services.roster.party.model import JointBranch, PartyOrganisation
from services.roster.people.reads import people_in
from services.roster.places import PAGES
from shared.database.documents import COUNTS
from shared.database.kept import document, documents
from shared.events.roster import RegisterJointBranch, RegisterPartyOrganisation
from shared.identity.reading import SENT, SIGNED_IN
from shared.pages.boards import Board
from shared.pages.paging import paging
from shared.stretch import Stretch
from shared.web.again import in_its_page
from shared.web.boards import every_line
from shared.web.exporting import exported_from
from shared.web.forms import Again
from shared.web.offering import address, offering, submit_one_of
from shared.web.parameters import CodeInPath
from shared.web.reading import reads
from shared.web.subjects import record_url
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

router = APIRouter()


@router.get(PAGE, dependencies=[reads(SIGNED_IN)])
async def listed(here: Here, sent: str = "") -> Response:
    """Members of the committee, and the joint branches."""
    return await _list(here, told=await told_of(here.parts, here.who, sent))


@router.post(PAGE + "/branch", response_model=None, dependencies=[reads(SENT)])
async def branch(request: Request, here: Here) -> Response:
    """A joint branch is set up."""
    county = here.parts.settings.county
    sent = await submit_one_of({BRANCH.key: BRANCH}, BRANCH.key, request, here, county, PAGE)
    if not isinstance(sent, Again):
        return sent
    return await in_its_page(_list(here, again=sent), sent, address(PAGE, BRANCH), PAGES, "party")


@router.get(PAGE + "/{code}", dependencies=[reads(SIGNED_IN)])
async def one(here: Here, code: CodeInPath, sent: str = "") -> Response:
    """How one was called from when on."""
    return await _page(here, code, told=await told_of(here.parts, here.who, sent))


@router.post(PAGE + "/{code}/name", response_model=None, dependencies=[reads(SENT)])
async def name(request: Request, here: Here, code: CodeInPath) -> Response:
    """It is called so from a day on."""
    others = sharers(code, here.who or "", here.roster, here.today)
    sent = await submit_one_of({NAME.key: NAME}, NAME.key, request, here, code, page_of(code), others)
    if not isinstance(sent, Again):
        return sent
    return await in_its_page(_page(here, code, again=sent), sent, address(page_of(code), NAME), PAGES, "party")


async def _list(here: Visit, told: Told | None = None, again: Again | None = None) -> Response:
    db, county = here.parts.db, here.parts.settings.county
    kept, people = await documents(db, PartyOrganisation, {}), await people_in(db)
    offered = offering([BRANCH] * here.admits(RegisterJointBranch, county), PAGE, None, told, again)
    lines = party_lines(kept, people, here.roster, county, here.today, here.reading.reader)
    every = every_line([party_cells(one) for one in lines])
    under = paging(Stretch.of(len(lines), 1, len(lines) or 1), "个", lambda _: PAGE, every)
    return exported_from(Board("成员党组织", HEADS, (), "", under)) or PAGES.render(
        "party.html",
        "party",
        offered.status,
        lines=lines,
        paging=under,
        branches=[branch_line(one) for one in await documents(db, JointBranch, dict(COUNTS))],
        offering=offered,
    )


async def _page(here: Visit, code: str, told: Told | None = None, again: Again | None = None) -> HTMLResponse:
    standing = here.roster.known(code, here.now)
    if standing is None:
        raise HTTPException(404)
    may = here.admits(RegisterPartyOrganisation, code)
    others = sharers(code, here.who or "", here.roster, here.today) if may else None
    offered = offering([NAME] if may else [], page_of(code), others, told, again)
    kept = await document(here.parts.db, PartyOrganisation, code)
    return PAGES.render(
        "party_one.html",
        "party",
        offered.status,
        name=standing.name,
        board=PAGE,
        history=history(kept, here.roster, here.today, partial(record_url, here)),
        offering=offered,
    )
