"""Who looks at a page or asks the API: an organisation, signed in with its code and its token.

Programs send both as HTTP Basic; people type them once on a page and have a signed cookie for a working day. The
cookie holds the code and how many keys of the organisation had ended, and is the same for all services, which share one
origin and one secret: when a key is revoked, token and cookie are void with it. Until the roster was read once nobody
is believed, for it is not known whose keys have ended.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fastapi import FastAPI, Request
from starlette.datastructures import Headers
from starlette.middleware.sessions import SessionMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.identity.tokens import is_token_of
from shared.pages.chinese import COMMITTEE
from shared.pages.rendering import SIGNED_IN, WhoIsSignedIn
from shared.process.running import Running
from shared.roster.organisations import Roster, county_of

COOKIE = "lianban"
WORKING_DAY = 10 * 3600
"""Seconds after which a person signs in again."""
ASKS = "lianban.asks"
"""Where a request holds the code of the organisation that asks."""


class _WhoAsks:
    """Finds out, once for each request, who asks; a page is told who signed in, so that it can say so."""

    def __init__(self, app: ASGIApp, parts: Running) -> None:
        self._app, self._parts = app, parts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As every ASGI application is called."""
        if scope["type"] == "http":
            authorization = Headers(scope=scope).get("authorization", "")
            scheme, _, encoded = authorization.partition(" ")
            signed_in = await self._by_cookie(scope["session"])
            scope[ASKS] = await self._by_password(encoded) if scheme.lower() == "basic" else signed_in
            SIGNED_IN.set(_named(signed_in or "", self._parts))
        await self._app(scope, receive, send)

    async def _by_cookie(self, session: Mapping[str, Any]) -> str | None:
        code = session.get("code")
        if code is None:
            return None
        ended = await self._parts.roster.keys_ended(code)
        return str(code) if ended is not None and session.get("keys_ended") == ended else None

    async def _by_password(self, encoded: str) -> str | None:
        try:
            code, _, token = b64decode(encoded, validate=True).decode().partition(":")
        except (NotBase64, ValueError):
            return None
        return code if await is_token(self._parts, code, f"Bearer {token}") else None


async def is_token(parts: Running, code: str, authorization: str) -> bool:
    """Whether an Authorization header bears the token that the organisation has now; never before that is known."""
    secret = parts.settings.token_secret
    if secret is None:
        return False
    ended = await parts.roster.keys_ended(code)
    return ended is not None and is_token_of(code, authorization, secret, ended)


def is_too_early(parts: Running) -> bool:
    """Whether a no to a token means only that no roster was read yet, so that the same again may be a yes."""
    return parts.settings.token_secret is not None and not parts.roster.is_known


def remember_who_asks(app: FastAPI, parts: Running) -> None:
    """Puts the signed cookie under every page of a service that has a secret to sign it with."""
    secret = parts.settings.token_secret
    if secret is None:
        return
    key = hmac.new(secret.encode(), b"lianban/session", hashlib.sha256).hexdigest()
    app.add_middleware(_WhoAsks, parts=parts)
    app.add_middleware(
        SessionMiddleware, secret_key=key, session_cookie=COOKIE, max_age=WORKING_DAY, same_site="strict"
    )


def remembered(request: Request, parts: Running, code: str) -> None:
    """What is answered from here on is answered to this organisation, which has signed in just now."""
    request.scope[ASKS] = code
    SIGNED_IN.set(_named(code, parts))


def _named(code: str, parts: Running) -> WhoIsSignedIn:
    """By its name; whoever signs in for the county does so for its committee."""
    is_committee = bool(code) and county_of(code) == code
    return WhoIsSignedIn(code, COMMITTEE if is_committee else parts.roster.name_of(code) if code else "")


def who_asks(request: Request) -> str | None:
    """The code of the organisation that asks; None when it did not say who it is, or not rightly."""
    asks: str | None = request.scope.get(ASKS)
    return asks


def may_see(code: str | None, organisation: str, office: str | None, roster: Roster, at: datetime) -> bool:
    """An organisation's own matters are seen by itself, by those above it, and by the holder of an office for it."""
    return code is not None and roster.may_speak_for(code, organisation, office, at)


class SignInNeeded(Exception):
    """A page is for those signed in: whoever asks signs in, and comes back to where they are or to the page `back`."""

    def __init__(self, back: str = "") -> None:
        super().__init__(back)
        self.back = back
