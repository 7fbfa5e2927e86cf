"""The pages of an inspector with a phone: what is due for the organisation signed in, and the form of one place."""

from __future__ import annotations

from datetime import date, datetime
from typing import NamedTuple

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData, UploadFile

from services.inspection.patrols import reads as records
from services.inspection.patrols.form import MARKS, SEVERITIES, Filled, Unfilled, card, inspection_of, patrol_form
from services.inspection.patrols.measures import DueLine
from services.inspection.patrols.model.checklists import ChecklistVersion
from services.inspection.patrols.own_desk import own_due
from services.inspection.photos.sending import send_photos, sent_before
from services.inspection.places import PAGES
from shared.calendar import CHINA
from shared.events.inspection import LogInspection
from shared.pages.words import name_of
from shared.process.running import Running
from shared.roster.known import KnownRoster
from shared.roster.organisations import Roster
from shared.web.forms import NOT_STORED, Ticket, Told, submit_form, ticket_of
from shared.web.signing_in import to_sign_in, viewer

RESUBMIT = "本次巡查尚未提交，请重新选择未上传的照片，或者直接再次提交。"


class Sent(NamedTuple):
    """What a form brought: its fields, the photos that were sent with it before, and those chosen now."""

    filled: Filled = {}
    photos: list[str] = []
    chosen: list[UploadFile] = []


class Asked(NamedTuple):
    """The place of a form, how it is marked, and who fills it in."""

    who: str
    line: DueLine
    version: ChecklistVersion | None
    roster: Roster


def pages(parts: Running, roster: KnownRoster) -> APIRouter:
    """/inspection/patrol"""
    router = APIRouter(prefix="/inspection")

    @router.get("/patrol")
    async def due(request: Request) -> Response:
        who = viewer(request)
        return await _list(parts, who, await roster.current()) if who else to_sign_in(request, parts)

    @router.get("/patrol/{plan}/{organisation}")
    async def form(request: Request, plan: str, organisation: str) -> Response:
        who = viewer(request)
        if who is None:
            return to_sign_in(request, parts)
        asked = await _asked(parts, who, plan, organisation, await roster.current())
        return _form(asked, Ticket.new(), Sent())

    @router.post("/patrol/{plan}/{organisation}")
    async def send(request: Request, plan: str, organisation: str) -> Response:
        who = viewer(request)
        if who is None:
            return to_sign_in(request, parts)
        asked = await _asked(parts, who, plan, organisation, await roster.current())
        async with request.form() as sent:
            return await _send(parts, asked, _sent(sent))

    return router


def _sent(form: FormData) -> Sent:
    """Fields by name; `photo` are digests, `photos` are files."""
    filled = {name: value for name, value in form.items() if isinstance(value, str)}
    before = sent_before(value for value in form.getlist("photo") if isinstance(value, str))
    return Sent(filled, before, [file for file in form.getlist("photos") if isinstance(file, UploadFile)])


async def _asked(parts: Running, who: str, plan: str, organisation: str, roster: Roster) -> Asked:
    """Only what is due for the organisation that signed in has a form."""
    county, today = parts.settings.county, _today()
    due = await own_due(parts.db, county, roster, who, today)
    line = next((one for one in due if (one.plan.plan, one.organisation) == (plan, organisation)), None)
    if line is None:
        raise HTTPException(404)
    listed = await records.checklist(parts.db, county, line.plan.checklist) if line.plan.checklist else None
    return Asked(who, line, listed.on(today) if listed else None, roster)


async def _send(parts: Running, asked: Asked, sent: Sent) -> Response:
    """Photos first, so that none is chosen twice: if one was not taken, or a field is wrong, the form comes again."""
    photos, refused = await send_photos(parts, asked.who, sent.chosen, sent.photos)
    sent = sent._replace(photos=photos)
    ticket = ticket_of(sent.filled)
    if refused:
        return _form(asked, ticket, sent, Told("照片未全部上传", "bad", (*refused, RESUBMIT)))
    try:
        data = inspection_of(asked.line, asked.version, sent.filled, photos)
    except Unfilled as no:
        return _form(asked, ticket, sent, Told("填写有误", "bad", (str(no),)))
    return await _submit(parts, asked, ticket, data, sent)


async def _submit(parts: Running, asked: Asked, ticket: Ticket, data: LogInspection, sent: Sent) -> Response:
    """Accepted or under way: on to the next place. Otherwise the form again, with what was filled in."""
    told = await submit_form(parts, ticket, data, asked.who, asked.line.organisation)
    if told.level != "bad":
        return await _list(
            parts, asked.who, asked.roster, told, name_of(asked.line.organisation, asked.roster, _today())
        )
    was_stored = NOT_STORED not in told.reasons
    return _form(asked, Ticket.new() if was_stored else ticket, sent, told)


async def _list(parts: Running, who: str, roster: Roster, told: Told | None = None, about: str = "") -> HTMLResponse:
    today = _today()
    lines = await own_due(parts.db, parts.settings.county, roster, who, today)
    cards = [card(line, roster) for line in lines]
    return PAGES.render(
        "patrol.html",
        "stations",
        within="patrol",
        who=name_of(who, roster, today),
        open=[one for one in cards if not one.done],
        done=[one for one in cards if one.done],
        told=told,
        about=about,
    )


def _form(asked: Asked, ticket: Ticket, sent: Sent, told: Told | None = None) -> HTMLResponse:
    form = patrol_form(asked.line, asked.version, asked.roster, ticket, sent.filled, sent.photos)
    status = 422 if told else 200
    return PAGES.render(
        "patrol_form.html",
        "stations",
        status,
        within="patrol",
        form=form,
        told=told,
        marks=MARKS,
        severities=SEVERITIES,
    )


def _today() -> date:
    return datetime.now(CHINA).date()
