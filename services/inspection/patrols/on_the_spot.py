"""The pages of an inspector with a phone: what is due for the organisation signed in, and the form of one place."""

from __future__ import annotations

from datetime import date
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData, UploadFile

from services.inspection.patrols import reads as records
from services.inspection.patrols.form import Filled, Unfilled, card, inspection_of, patrol_form
from services.inspection.patrols.measures import DueLine
from services.inspection.patrols.model.checklists import ChecklistVersion
from services.inspection.patrols.own_desk import own_due
from services.inspection.photos.sending import send_photos, sent_before
from services.inspection.places import PAGES
from shared.events.inspection import LogInspection
from shared.pages.chinese import MARKS, SEVERITIES
from shared.pages.words import name_of
from shared.process.running import Running
from shared.roster.organisations import Roster
from shared.web.asking import County, Db, Parts, RosterNow, SignedIn, Today
from shared.web.forms import NOT_STORED, Ticket, Told, submit_form, ticket_of

RESUBMIT = "本次巡查尚未提交，请重新选择未上传的照片，或者直接再次提交。"


class Sent(NamedTuple):
    """What a form brought: its fields, the photos that were sent with it before, and those chosen now."""

    filled: Filled = {}
    photos: list[str] = []
    chosen: list[UploadFile] = []


class Asked(NamedTuple):
    """The place of a form, how it is marked, who fills it in, and on which day."""

    who: str
    line: DueLine
    version: ChecklistVersion | None
    roster: Roster
    today: date


async def asked(
    who: SignedIn, db: Db, county: County, roster: RosterNow, today: Today, plan: str, organisation: str
) -> Asked:
    """Only what is due for the organisation that signed in has a form."""
    due = await own_due(db, county, roster, who, today)
    line = next((one for one in due if (one.plan.plan, one.organisation) == (plan, organisation)), None)
    if line is None:
        raise HTTPException(404)
    listed = await records.checklist(db, county, line.plan.checklist) if line.plan.checklist else None
    return Asked(who, line, listed.on(today) if listed else None, roster, today)


Place = Annotated[Asked, Depends(asked)]
router = APIRouter(prefix="/inspection")


@router.get("/patrol")
async def due(who: SignedIn, parts: Parts, roster: RosterNow, today: Today) -> HTMLResponse:
    """What is still to be patrolled today."""
    return await _list(parts, who, roster, today)


@router.get("/patrol/{plan}/{organisation}")
async def form(place: Place) -> HTMLResponse:
    """The form of one place."""
    return _form(place, Ticket.new(), Sent())


@router.post("/patrol/{plan}/{organisation}")
async def send(request: Request, parts: Parts, place: Place) -> Response:
    """The form as it was filled in."""
    async with request.form() as sent:
        return await _send(parts, place, _sent(sent))


def _sent(form: FormData) -> Sent:
    """Fields by name; `photo` are digests, `photos` are files."""
    filled = {name: value for name, value in form.items() if isinstance(value, str)}
    before = sent_before(value for value in form.getlist("photo") if isinstance(value, str))
    return Sent(filled, before, [file for file in form.getlist("photos") if isinstance(file, UploadFile)])


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
        about = name_of(asked.line.organisation, asked.roster, asked.today)
        return await _list(parts, asked.who, asked.roster, asked.today, told, about)
    was_stored = NOT_STORED not in told.reasons
    return _form(asked, Ticket.new() if was_stored else ticket, sent, told)


async def _list(
    parts: Running, who: str, roster: Roster, today: date, told: Told | None = None, about: str = ""
) -> HTMLResponse:
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
        marks=MARKS.items(),
        severities=SEVERITIES.items(),
    )
