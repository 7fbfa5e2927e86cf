"""Somebody is let in: a session that is noted, a device that is remembered if they want it, and where they go on."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from services.roster.accounts import kept
from services.roster.accounts.devices import DeviceToken, device_words, digest_of_device
from services.roster.accounts.model import Account, AccountSession, RememberedDevice
from services.roster.accounts.noted import noted
from services.roster.accounts.rules import DEVICE_GOOD_FOR, needs_second
from services.roster.places import PAGES
from shared.events.roster.people import Post
from shared.identity.sessions import SignIn
from shared.pages.navigation import ways
from shared.pages.rendering import SIGNED_IN, WhoIsSignedIn
from shared.process.running import Running
from shared.web.cookie import REMEMBERED, is_over_tls, write_named
from shared.web.failing import address_of
from shared.web.sealed_forms import unsealed
from shared.web.sign_in_forms import Waiting
from shared.web.sign_in_page import inside
from shared.web.signing_in import signs_in

OVER_TLS, AT_HOME = "__Secure-lianban-device", "lianban-device"
SENT_TO = "/roster/"
"""The only path below which a browser shows by what it is remembered."""


def _name_of_cookie(request: Request) -> str:
    return OVER_TLS if is_over_tls(request.scope) else AT_HOME


async def device_here(request: Request, parts: Running, person: str, now: datetime) -> RememberedDevice | None:
    """This browser, where it was told to remember the person."""
    token = request.cookies.get(_name_of_cookie(request), "")
    return await kept.device_of(parts.db, person, digest_of_device(token), now) if token else None


async def let_in(
    request: Request,
    parts: Running,
    account: Account,
    organisation: str,
    waiting: Waiting,
    now: datetime,
    way: str,
    is_remembering: bool = False,
    has_shown_two: bool = False,
) -> Response:
    """Signed in for the organisation, and on the way to where they wanted to go."""
    device = await device_here(request, parts, account.id, now)
    fresh = DeviceToken.new() if is_remembering and device is None else None
    words = device_words(request.headers.get("user-agent", ""))
    if fresh:
        until = now + DEVICE_GOOD_FOR
        device = RememberedDevice(id=fresh.digest, person=account.id, device=words, since=now, until=until, used=now)
        await kept.remember(parts.db, device)
    is_known, by_two = device is not None, bool(account.totp) or has_shown_two
    session = SignIn.begun(organisation, "", account.id, account.epoch, is_known, by_two)
    await kept.entered(parts.db, _record(request, session, now, words, way, device))
    await signs_in(request, parts, session)
    noted(request.scope, "signed in", account.id, way=way, organisation=organisation)
    answer = goes_on(parts, waiting)
    if fresh:
        name = _name_of_cookie(request)
        write_named(answer.headers, request.scope, name, fresh.token, REMEMBERED, SENT_TO)
    return answer


async def renewed(
    request: Request, parts: Running, account: Account, organisation: str, now: datetime, before: SignIn
) -> SignIn:
    """Another session in the place of one that was just now proven; it began when that did, which goes on no more."""
    device = await device_here(request, parts, account.id, now)
    begun = SignIn.begun(organisation, "", account.id, account.epoch, device is not None)
    session = begun._replace(since=before.since, by_two=before.by_two or bool(account.totp))
    words = device_words(request.headers.get("user-agent", ""))
    await kept.begun(parts.db, _record(request, session, now, words, "renewed", device))
    await kept.replaced(parts.db, before.id)
    return session


def _record(
    request: Request, session: SignIn, now: datetime, words: str, way: str, device: RememberedDevice | None
) -> AccountSession:
    return AccountSession(
        id=session.id,
        person=session.person,
        organisation=session.code,
        began=now,
        address=address_of(request.scope),
        device=words,
        way=way,
        epoch=session.epoch,
        remembered=device.id if device else "",
    )


def goes_on(parts: Running, waiting: Waiting) -> Response:
    """To the form that waits, which is sent from its own service; or to a page."""
    form = unsealed(waiting.kept, parts.settings.token_secret or "") if waiting.kept else None
    if form is not None:
        to = f"/{form.path.split('/')[1]}/send-on"
        return PAGES.render("go_on.html", action=to, kept=waiting.kept, had_files=form.had_files)
    return RedirectResponse(inside(waiting.back) or home(), 303)


def home() -> str:
    """Where whoever has just signed in begins."""
    who = SIGNED_IN.get() or WhoIsSignedIn()
    return next(ways(who.kind, who.code, "roster", "")).url


def owes_second(posts: Collection[Post], account: Account, device: RememberedDevice | None) -> bool:
    """Whether a one-time password is asked for: of who signs, administers or has one, unless remembered here.

    A browser that was told to remember somebody before they signed or administered spares them no setting up.
    """
    is_owed = needs_second(posts) and not account.totp
    return is_owed or (bool(account.totp) and device is None)
