"""The page of e-supervision: who is signed in and which of its people looks, the devices, and the latest viewings."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
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
from shared.calendar import CHINA
from shared.events.inspection import ViewDevice
from shared.pages.words import name_of
from shared.process.running import Running
from shared.roster.known import KnownRoster
from shared.roster.organisations import Roster
from shared.web.forms import Filled, Told, filled_in, submit_form, ticket_of
from shared.web.signing_in import to_sign_in, viewer

UNREADABLE = Told("填写有误", "bad", ("人员编号由字母、数字和连字符组成，不超过40位，请核对后重新提交。",))
PersonText = Annotated[str, Query(max_length=40)]


def pages(parts: Running, roster: KnownRoster) -> APIRouter:
    """/inspection/supervision"""
    router = APIRouter(prefix="/inspection")

    @router.get("/supervision")
    async def devices(request: Request, person: PersonText = "") -> Response:
        who = viewer(request)
        if who is None:
            return to_sign_in(request, parts)
        return await _page(parts, await roster.current(), who, person.strip())

    @router.post("/supervision")
    async def view(request: Request) -> Response:
        who = viewer(request)
        if who is None:
            return to_sign_in(request, parts)
        return await _view(parts, await roster.current(), who, await filled_in(request))

    return router


async def _view(parts: Running, roster: Roster, who: str, sent: Filled) -> Response:
    """The way to the device is shown once the viewing is accepted and found kept as this very look."""
    try:
        asked = ViewDevice.model_validate({name: sent.get(name, "") for name in ("device", "organisation", "person")})
    except ValidationError:
        return await _page(parts, roster, who, "", UNREADABLE)
    now = _now()
    ticket = of_now(ticket_of(sent), now)
    told = await submit_form(parts, ticket, asked, who, who)
    if not told.accepted:
        return await _page(parts, roster, who, asked.person, told)
    if not is_this_look(await cameras.viewing(parts.db, who, ticket.id), asked, now):
        return await _page(parts, roster, who, asked.person, NOT_THIS_LOOK)
    found = await cameras.device(parts.db, device_id(asked.organisation, asked.device))
    return await _page(parts, roster, who, asked.person, told, opened(found, roster, now.date()) if found else None)


async def _page(
    parts: Running, roster: Roster, who: str, person: str, told: Told | None = None, way: Opened | None = None
) -> Response:
    now, county = _now(), parts.settings.county
    found = await cameras.devices_for(parts.db, county, roster, who, person, now) if person else []
    status = 422 if told and told.level == "bad" else 200
    told = NO_GRANT if found is None and told is None else told
    return PAGES.render(
        "supervision.html",
        "stations",
        status,
        within="supervision",
        who=name_of(who, roster, now.date()),
        person=person,
        told=told,
        way=way,
        devices=device_lines(found or [], roster, now.date()),
        viewings=viewing_lines(await cameras.viewings(parts.db, county, who), roster),
    )


def _now() -> datetime:
    return datetime.now(CHINA)
