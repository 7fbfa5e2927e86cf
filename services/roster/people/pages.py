"""The pages of persons: whom one may read, and those of one organisation with its posts and its forms."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from functools import partial
from typing import Annotated
from uuid import uuid4

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import HTMLResponse, Response

from services.roster.people.entered import PeopleDesk
from services.roster.people.form import APPOINT, END, OF_AN_ORGANISATION, REGISTER
from services.roster.people.lines import (
    HEADS,
    PAGE,
    PeopleFilter,
    found,
    of_organisation,
    person_cells,
    person_lines,
    posts_in,
)
from services.roster.people.reads import Seals, known_of, may_enter, people_in
from services.roster.places import PAGES
from shared.events.labels import POSTS
from shared.events.roster.people import Appoint, EndPost, Post, RegisterPerson
from shared.forms import Entered, shown
from shared.identity.reading import PEOPLE, SENT
from shared.identity.sealing import SealKeys
from shared.pages.boards import Board
from shared.pages.cells import Cells
from shared.pages.paging import paging
from shared.roster.people import People
from shared.stretch import Stretch
from shared.web.again import in_its_page
from shared.web.exporting import exported_from
from shared.web.forms import Again, entered_in
from shared.web.offering import address, offering, submit_one_of
from shared.web.parameters import CodeAsked, CodeInPath, PageAsked
from shared.web.reading import reads
from shared.web.subjects import record_url
from shared.web.told import Told, told_of
from shared.web.visit import Here, Visit

SHOWN = 50
"""Persons on a page of the list: each is unsealed."""
NameAsked = Annotated[str, Query(max_length=40)]
router = APIRouter()


@router.get(PAGE, dependencies=[reads(PEOPLE)])
async def listed(
    here: Here,
    seals: Seals,
    name: NameAsked = "",
    organisation: CodeAsked | None = None,
    post: Post | None = None,
    page: PageAsked = 1,
) -> Response:
    """Those of the organisations that whoever looks may read."""
    if organisation is not None:
        here.reading.must(PEOPLE, organisation)
    asked = PeopleFilter(name.strip(), organisation or "", post or "")
    people, scope = await people_in(here.parts.db), here.reading.scope(PEOPLE)
    ids = found(people, scope, asked, here.today, here.roster)
    stretch = Stretch.of(len(ids), page, SHOWN)
    some = ids[stretch.skip : stretch.end]

    async def every() -> AsyncIterator[Cells]:
        for n in range(0, len(ids), SHOWN):
            more = ids[n : n + SHOWN]
            known = await known_of(here.parts.db, seals, more)
            for one in person_lines(more, people, known, here.roster, here.today):
                yield person_cells(one)

    under = paging(stretch, "人", asked.page, every)
    return exported_from(Board("人员", HEADS, (), "", under)) or PAGES.render(
        "people.html",
        "people",
        lines=person_lines(some, people, await known_of(here.parts.db, seals, some), here.roster, here.today),
        asked=asked,
        organisations=_choices(people, scope, here),
        posts=POSTS,
        own=of_organisation(here.who) if here.who else "",
        may_enter=may_enter(here),
        paging=under,
    )


@router.get(PAGE + "/of/{code}", dependencies=[reads(PEOPLE)])
async def of_one(here: Here, seals: Seals, code: CodeInPath, sent: str = "") -> Response:
    """Persons and posts of one organisation."""
    here.reading.must(PEOPLE, code)
    return await _page(here, seals, code, told=await told_of(here.parts, here.who, sent))


@router.post(PAGE + "/of/{code}/{key}", response_model=None, dependencies=[reads(SENT)])
async def send(request: Request, here: Here, seals: Seals, code: CodeInPath, key: str) -> Response:
    """One of its forms."""
    desk = replace(_desk(here, seals, code, await here.parts.people.current()), ended_too=True)
    sent = await submit_one_of(OF_AN_ORGANISATION, key, request, here, code, of_organisation(code), desk)
    if not isinstance(sent, Again):
        return sent
    here.reading.must(PEOPLE, code)
    page = _page(here, seals, code, again=sent)
    return await in_its_page(page, sent, address(of_organisation(code), sent.form), PAGES, "people")


def _choices(people: People, scope: frozenset[str] | None, here: Visit) -> dict[str, str]:
    """Organisations of which there are persons, by code."""
    codes = (one.id for one in people if one.names and (scope is None or one.id in scope))
    return {code: here.roster.called(code, here.today) for code in codes}


def _desk(here: Visit, seals: SealKeys | None, code: str, people: People) -> PeopleDesk:
    return PeopleDesk(code, here.roster, people, seals, here.today, here.who == here.parts.settings.county)


async def _page(
    here: Visit, seals: SealKeys | None, code: str, told: Told | None = None, again: Again | None = None
) -> HTMLResponse:
    standing = here.roster.known(code, here.now)
    if standing is None:
        raise HTTPException(404)
    db, people = here.parts.db, await people_in(here.parts.db)
    names = people.of(code).names
    desk, ids = _desk(here, seals, code, people), sorted(names, key=names.__getitem__)
    own = of_organisation(code)
    appoints = bool(desk.posts and desk.names) and here.admits(Appoint, code)
    ends = bool(desk.held) and _stands(here, code) and here.admits(EndPost, code)
    offered = offering([APPOINT] * appoints + [END] * ends, own, desk, told, again)
    kept = entered_in(REGISTER, again) or Entered({"person": str(uuid4())})
    is_new = here.admits(RegisterPerson, code) and not (again and again.form == REGISTER)
    return PAGES.render(
        "people_of.html",
        "people",
        offered.status,
        name=standing.name,
        code=code,
        board=PAGE,
        lines=person_lines(
            sorted(ids, key=people.of(code).names.__getitem__),
            people,
            await known_of(db, seals, ids),
            here.roster,
            here.today,
        ),
        posts=posts_in(code, people, here.roster, here.today, partial(record_url, here)),
        offering=offered,
        register=shown(REGISTER, address(own, REGISTER), desk, kept) if is_new else None,
    )


def _stands(here: Visit, code: str) -> bool:
    return here.roster.standing(code, here.now) is not None
