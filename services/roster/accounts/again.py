"""Whoever a browser remembers goes on with one press, after a session that nobody ended."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from services.roster.accounts import kept
from services.roster.accounts.letting_in import device_here, let_in
from services.roster.accounts.model import Account
from services.roster.accounts.rules import needs_second
from services.roster.accounts.signing_out import note_outs
from services.roster.accounts.step_pages import posts_of_day
from services.roster.people.reads import people_in
from services.roster.places import PAGES
from shared.identity.reading import SENT
from shared.identity.sessions import SignIn
from shared.web.posted import posted
from shared.web.reading import reads
from shared.web.sign_in_forms import Waiting
from shared.web.sign_in_page import MOST_BYTES, shown
from shared.web.signing_in import lapsed_session
from shared.web.told import Told
from shared.web.visit import Here, Visit

ANEW = Told("请用密码登录", "warn", ("本机不再记住本人，或者账号有了变动。",))
router = APIRouter(prefix="/roster/sign-in")


@router.post("/again", response_model=None, dependencies=[reads(SENT)])
async def again(request: Request, here: Here) -> Response:
    """By the session that was over by itself and what the browser keeps, both of them."""
    async with posted(request, MOST_BYTES) as sent:
        waiting = Waiting(*(sent.entered.values.get(name, "") for name in ("back", "kept")))
    session = lapsed_session(request, here.parts)
    account = await _remembered(request, here, session) if session else None
    if session is None or account is None:
        return await shown(request, here.parts, PAGES, waiting, ANEW, 401)
    return await let_in(request, here.parts, account, session.code, waiting, here.now, "remembered")


async def _remembered(request: Request, here: Visit, session: SignIn) -> Account | None:
    """Nobody whose account has changed since, who belongs there no longer, or who signs or administers.

    Both are of one browser, and nobody signed out there since: a copy of them is worth nothing afterwards.
    """
    parts, person = here.parts, session.person
    await note_outs(parts.db, parts.sessions)
    account = await kept.account_of(parts.db, person)
    has_ended = await parts.sessions.has_ended(session.id, person, session.epoch)
    if account.disabled or account.epoch != session.epoch or has_ended:
        return None
    device = await device_here(request, parts, person, here.now)
    belongs = (await people_in(parts.db)).belongs(person, session.code, here.today, here.roster)
    if device is None or device.is_out(session.since) or await kept.session_at(parts.db, session.id, device) is None:
        return None
    if not belongs or needs_second(await posts_of_day(here, person)):
        return None
    return account
