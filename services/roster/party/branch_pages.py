"""The page of one joint branch or topic group: its members, and who of whose own belongs to it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Request
from fastapi.responses import HTMLResponse, Response

from services.roster.party.form import JOIN, LEAVE
from services.roster.party.lines import PAGE, branch_line, member_lines
from services.roster.party.model import JointBranch
from services.roster.people.reads import people_in
from services.roster.places import PAGES
from shared.database.kept import document
from shared.events.roster import JoinBranch, LeaveBranch
from shared.events.vocabulary import SLUG_PATTERN
from shared.forms import Form
from shared.identity.reading import SENT, SIGNED_IN
from shared.roster.organisations import of_county
from shared.roster.people import People
from shared.web.again import in_its_page
from shared.web.forms import Again, By, submit
from shared.web.offering import Offering, address, offering, sender
from shared.web.reading import reads
from shared.web.subjects import record_url
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

BranchInPath = Annotated[str, Path(pattern=SLUG_PATTERN, max_length=60)]
FORMS: Mapping[str, Form] = {form.key: form for form in (JOIN, LEAVE)}
router = APIRouter(prefix=PAGE + "/branches")


@router.get("/{branch}", dependencies=[reads(SIGNED_IN)])
async def one(here: Here, branch: BranchInPath, sent: str = "") -> Response:
    """With the members that whoever looks may read."""
    return await _page(here, branch, told=await told_of(here.parts, here.who, sent))


@router.post("/{branch}/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, branch: BranchInPath, key: str) -> Response:
    """Somebody of whoever is signed in joins or leaves."""
    if key not in FORMS:
        raise HTTPException(404)
    who, own = sender(here.who, _page_of(branch)), _page_of(branch)
    names = (await here.parts.people.current()).of(who).names
    sent = await submit(request, here.parts, FORMS[key], By(who, who), own, names, {"branch": branch})
    if not isinstance(sent, Again):
        return sent
    return await in_its_page(_page(here, branch, again=sent), sent, address(own, sent.form), PAGES, "party")


async def _page(here: Visit, slug: str, told: Told | None = None, again: Again | None = None) -> HTMLResponse:
    branch = await document(here.parts.db, JointBranch, of_county(here.parts.settings.county, slug))
    if branch is None or branch.withdrawn:
        raise HTTPException(404)
    people = await people_in(here.parts.db)
    offered = _offered(here, branch, people, _page_of(slug), told, again)
    return PAGES.render(
        "branch.html",
        "party",
        offered.status,
        line=branch_line(branch),
        board=PAGE,
        members=member_lines(branch, people, here.roster, here.today, here.reading.reader, partial(record_url, here)),
        offering=offered,
    )


def _offered(
    here: Visit, branch: JointBranch, people: People, own: str, told: Told | None, again: Again | None
) -> Offering:
    """Who has persons of its own says which of them belong."""
    names = people.of(here.who or "").names
    inside = {one.person for one in branch.members if one.until is None}
    joins = bool(names.keys() - inside) and here.does(JoinBranch)
    leaves = bool(names.keys() & inside) and here.does(LeaveBranch)
    forms = [JOIN] * joins + [LEAVE] * leaves
    return offering(forms, own, names, told, again)


def _page_of(slug: str) -> str:
    return f"{PAGE}/branches/{slug}"
