"""The page of e-supervision: who is signed in and which of its people looks, the devices, and the latest viewings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from pydantic import ValidationError

from services.inspection.places import PAGES
from services.inspection.supervision import reads as cameras
from services.inspection.supervision.lines import (
    NO_GRANT,
    NOT_THIS_LOOK,
    Opened,
    device_lines,
    is_this_look,
    of_now,
    opened,
    viewing_lines,
)
from services.inspection.supervision.rules import device_id
from shared.events.inspection import ViewDevice
from shared.pages.words import name_of
from shared.process.running import Running
from shared.roster.organisations import Roster
from shared.web.asking import Now, Parts, RosterNow, SignedIn
from shared.web.forms import Told, filled_in, submit_form, ticket_of

UNREADABLE = Told("填写有误", "bad", ("人员编号由字母、数字和连字符组成，不超过40位，请核对后重新提交。",))
PersonText = Annotated[str, Query(max_length=40)]


@dataclass(frozen=True, slots=True)
class Desk:
    """Whose page it is, and as of when."""

    who: str
    parts: Running
    roster: Roster
    now: datetime


async def desk(who: SignedIn, parts: Parts, roster: RosterNow, now: Now) -> Desk:
    """For those signed in alone."""
    return Desk(who, parts, roster, now)


Here = Annotated[Desk, Depends(desk)]
router = APIRouter(prefix="/inspection")


@router.get("/supervision")
async def devices(here: Here, person: PersonText = "") -> Response:
    """The devices that one of its people may look through."""
    return await _page(here, person.strip())


@router.post("/supervision")
async def view(request: Request, here: Here) -> Response:
    """The way to the device is shown once the viewing is accepted and found kept as this very look."""
    sent = await filled_in(request)
    try:
        asked = ViewDevice.model_validate({name: sent.get(name, "") for name in ("device", "organisation", "person")})
    except ValidationError:
        return await _page(here, "", UNREADABLE)
    ticket = of_now(ticket_of(sent), here.now)
    told = await submit_form(here.parts, ticket, asked, here.who, here.who)
    if not told.accepted:
        return await _page(here, asked.person, told)
    if not is_this_look(await cameras.viewing(here.parts.db, here.who, ticket.id), asked, here.now):
        return await _page(here, asked.person, NOT_THIS_LOOK)
    found = await cameras.device(here.parts.db, device_id(asked.organisation, asked.device))
    return await _page(here, asked.person, told, opened(found, here.roster, here.now.date()) if found else None)


async def _page(here: Desk, person: str, told: Told | None = None, way: Opened | None = None) -> Response:
    db, county, roster, today = here.parts.db, here.parts.settings.county, here.roster, here.now.date()
    found = await cameras.devices_for(db, county, roster, here.who, person, here.now) if person else []
    status = 422 if told and told.level == "bad" else 200
    told = NO_GRANT if found is None and told is None else told
    return PAGES.render(
        "supervision.html",
        "stations",
        status,
        within="supervision",
        who=name_of(here.who, roster, today),
        person=person,
        told=told,
        way=way,
        devices=device_lines(found or [], roster, today),
        viewings=viewing_lines(await cameras.viewings(db, county, here.who), roster),
    )
