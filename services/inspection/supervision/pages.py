"""The page of e-supervision: who is signed in and which of its people looks, the devices, and the latest viewings."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from services.inspection.places import PAGES
from services.inspection.supervision import reads as cameras
from services.inspection.supervision.form import LOOK, person_input
from services.inspection.supervision.lines import (
    AT_ONCE,
    NO_GRANT,
    PAST,
    VIEWING_HEADS,
    Opened,
    device_lines,
    is_open,
    opened,
    page_of,
    viewing_cells,
    viewing_lines,
)
from services.inspection.supervision.rules import device_id
from shared.events.inspection import ViewDevice
from shared.forms import shown
from shared.identity.acting import Acting, acting_in
from shared.identity.reading import OWN, SENT
from shared.identity.rights import may_submit
from shared.pages.boards import Board
from shared.pages.cells import Cells
from shared.pages.paging import paging
from shared.pages.tables import MOST_ROWS
from shared.pages.words import acting_name
from shared.process.running import Running
from shared.roster.organisations import Roster
from shared.web.again import in_its_page
from shared.web.asking import Now, Parts, RosterNow, SignedIn
from shared.web.exporting import exported_from
from shared.web.forms import Again, By, entered_in, submit
from shared.web.parameters import PageAsked
from shared.web.persons import page_of_people, persons_known
from shared.web.reading import Reading, Reads, reads
from shared.web.told import Told, named, told_of

PersonText = Annotated[str, Query(max_length=400)]
"""Longer than any person's number: what is none is said at its field."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose page it is, and as of when; a person looks in its own name, and nobody else's."""

    who: str
    parts: Running
    roster: Roster
    now: datetime
    reading: Reading
    acting: Acting | None = None

    def person(self, said: str) -> str:
        """Who looks: whoever is signed in as a person; else whom the organisation names."""
        return self.acting.person if self.acting and self.acting.person else said.strip()


class Looked(NamedTuple):
    """What became of a look, and the way that it opened."""

    told: Told | None = None
    way: Opened | None = None


NOT_YET = Looked()


async def desk(request: Request, who: SignedIn, parts: Parts, roster: RosterNow, now: Now, reading: Reads) -> Desk:
    """For those signed in alone."""
    return Desk(who, parts, roster, now, reading, acting_in(request.scope))


AtDesk = Annotated[Desk, Depends(desk)]
router = APIRouter(prefix="/inspection")


@router.get("/supervision", dependencies=[reads(OWN)])
async def devices(here: AtDesk, person: PersonText = "", sent: str = "", page: PageAsked = 1) -> Response:
    """The devices that one of its people may look through, and the way to one through which it looks just now."""
    person = here.person(person)
    return await _page(here, person, await _looked(here, person, sent), page=page)


@router.post("/supervision", dependencies=[reads(SENT)])
async def view(request: Request, here: AtDesk, person: PersonText = "") -> Response:
    """The way to the device is shown by the page to which an accepted look leads."""
    person = here.person(person)
    by, given = By(here.who, here.who), {"person": person}
    again = await submit(request, here.parts, LOOK, by, to=page_of(person), given=given, fresh=AT_ONCE)
    if not isinstance(again, Again):
        return again
    return await in_its_page(_page(here, person, again=again), again, page_of(person), PAGES, "supervision")


async def _looked(here: Desk, person: str, sent: str) -> Looked:
    """The way is shown once the look is accepted, to its viewer, and as long as it is one of now."""
    told = await told_of(here.parts, here.who, sent)
    if told is None or not told.accepted:
        return Looked(told)
    look = await cameras.viewing(here.parts.db, here.who, named(here.parts, here.who, sent))
    if look is None or not is_open(look, person, here.now):
        return Looked(PAST)
    found = await cameras.device(here.parts.db, device_id(look.organisation, look.device))
    cameras_allowed = here.parts.settings.allowed.cameras
    return Looked(told, opened(found, here.roster, here.now.date(), cameras_allowed) if found else None)


async def _page(
    here: Desk, person: str, looked: Looked = NOT_YET, again: Again | None = None, page: int = 1
) -> Response:
    db, county, roster, today = here.parts.db, here.parts.settings.county, here.roster, here.now.date()
    looks = bool(person) and may_submit(here.acting, ViewDevice.type)
    found = await cameras.devices_for(db, county, roster, here.who, person, here.now) if looks else []
    viewings, stretch = await cameras.viewings(db, county, here.who, page)
    everybody = await persons_known(here.parts, roster, here.reading)
    names = {one: everybody.within(one, here.who, today) for one in await cameras.viewers(db, here.who, here.now)}
    asked = person_input(person, names, may_focus=again is None)
    has_no_grant = found is None and not (looked.told or again or asked.wrong)
    status = again.status if again else 422 if asked.wrong else 200
    called = await cameras.devices_called(db, county)

    async def every() -> AsyncIterator[Cells]:
        async for one in cameras.every_viewing(db, county, here.who, MOST_ROWS + 1):
            yield viewing_cells(one, called, roster, everybody)

    under = paging(stretch, "次", lambda number: page_of(person, number), every)
    return exported_from(Board("电子监察查看记录", VIEWING_HEADS, (), "", under)) or PAGES.render(
        "supervision.html",
        "supervision",
        status,
        who=acting_name(here.who, roster, today),
        person=person,
        is_signed_in_person=bool(here.acting and here.acting.person),
        asked=asked,
        may_look=bool(names),
        people=page_of_people(here.who),
        refused=shown(LOOK, page_of(person), entered=entered_in(LOOK, again)),
        told=NO_GRANT if has_no_grant else looked.told,
        way=looked.way,
        devices=device_lines(found or [], person, roster, today),
        viewings=viewing_lines(viewings, called, roster, everybody),
        paging=under,
    )
