"""Whoever the provider knows and an account is bound to comes in, as anybody else does who has shown a password."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.roster.accounts import kept
from services.roster.accounts.letting_in import device_here, goes_on
from services.roster.accounts.model import Account
from services.roster.accounts.step_pages import proven_one
from services.roster.people.reads import people_in
from services.roster.unified.flow import PATH
from services.roster.unified.marks import ENTER, Known, opened_known
from services.roster.unified.telling import no
from shared.identity.reading import SENT
from shared.web.posted import posted
from shared.web.reading import reads
from shared.web.sign_in_forms import Waiting
from shared.web.sign_in_page import MOST_BYTES
from shared.web.signing_in import session_of
from shared.web.visit import Here, Visit

WAY = "unified identity"
router = APIRouter(prefix=PATH)


@router.post("/enter", response_model=None, dependencies=[reads(SENT)])
async def enter(request: Request, here: Here) -> Response:
    """Once for each time that the provider said so; who signs or administers shows digits too, unless it saw two."""
    async with posted(request, MOST_BYTES) as sent:
        fields = dict(sent.entered.values)
    known = opened_known(fields.get("step", ""), here.parts.settings.token_secret or "", ENTER)
    waiting = Waiting(fields.get("back", ""))
    if known is None:
        return await no(request, here.parts, "late", waiting=waiting)
    unit, people = fields.get("unit", ""), await people_in(here.parts.db)
    if not people.belongs(known.person, unit, here.today, here.roster):
        return await no(request, here.parts, "no-unit", person=known.person)
    account = await kept.account_of(here.parts.db, known.person)
    if account.is_locked(here.now) and await device_here(request, here.parts, account.id, here.now) is None:
        return await no(request, here.parts, "locked", person=account.id)
    used = await _used(here, known)
    if used is None:
        return await _late(request, here, known, waiting)
    return await proven_one(request, here, used, unit, waiting, False, WAY, known.by_two)


async def _used(here: Visit, known: Known) -> Account | None:
    """The account while it is bound as it was and nothing has made void what was before; each time is worth once."""
    is_still = {
        "unified": known.mark,
        "epoch": known.epoch,
        "disabled": {"$ne": True},
        "unified_used": {"$not": {"$gte": known.began}},
    }
    return await kept.changed(here.parts.db, known.person, {"$set": {"unified_used": known.began}}, is_still)


async def _late(request: Request, here: Visit, known: Known, waiting: Waiting) -> Response:
    """Whose button was pressed twice is in by the first time."""
    session = session_of(request)
    if session and session.person == known.person:
        return goes_on(here.parts, waiting)
    return await no(request, here.parts, "late", person=known.person, waiting=waiting)
