"""Who looks at a page or asks the API: an organisation, signed in with its code and its token.

Programs send both as HTTP Basic; people type them once on a page and have a signed cookie for a working day, or until
they sign out. The cookie holds the code and which token was shown, and is the same for all services, which share one
origin and one secret: when that token ends, the cookie is void with it. Until the roster was read once nobody is
believed, for it is not known whose tokens have ended.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b64decode
from binascii import Error as NotBase64
from dataclasses import dataclass
from functools import partial

from fastapi import FastAPI, Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.identity.acting import ACTING, Acting, acting_now
from shared.identity.sessions import SignIn, opened, sealed
from shared.pages.chinese import COMMITTEE
from shared.pages.navigation import kind_of
from shared.pages.rendering import SIGNED_IN, WhoIsSignedIn
from shared.process.running import Running
from shared.roster.organisations import county_of
from shared.web.cookie import cookie_of, write_cookie
from shared.web.failing import not_let_in

VISITOR = "lianban.visitor"
"""Where a request holds who asks."""


@dataclass
class Visitor:
    """Who asks, by which session if by one, and whether one begins or ends with this request."""

    code: str | None
    session: SignIn | None
    serial: str | None = None
    """Of the token that a program showed."""
    is_changed: bool = False

    def signs(self, session: SignIn | None) -> None:
        """In, or out."""
        self.code, self.session, self.is_changed = session.code if session else None, session, True


class _WhoAsks:
    """Finds out, once for each request, who asks; a page is told who signed in, so that it can say so.

    What is answered to somebody signed in is kept by no browser and nobody on the way.
    """

    def __init__(self, app: ASGIApp, parts: Running, key: str) -> None:
        self._app, self._parts, self._key = app, parts, key

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As every ASGI application is called."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        authorization = Headers(scope=scope).get("authorization", "")
        scheme, _, encoded = authorization.partition(" ")
        session = await self._session(scope)
        signed_in = session.code if session else None
        is_program = scheme.lower() == "basic"
        visitor = scope[VISITOR] = (
            await self._by_password(scope, encoded) if is_program else Visitor(signed_in, session)
        )
        SIGNED_IN.set(_named(signed_in or "", self._parts))
        scope[ACTING] = await _acting(visitor, self._parts)
        await self._app(scope, receive, partial(_confidentially, scope, visitor, self._key, send))

    async def _session(self, scope: Scope) -> SignIn | None:
        """That of the cookie, while it goes on and no key has ended since."""
        session = opened(HTTPConnection(scope).cookies.get(cookie_of(scope), ""), self._key)
        if session is None or not await self._parts.tokens.goes_on(session.code, session.serial):
            return None
        return None if await self._parts.sessions.has_ended(session.id) else session

    async def _by_password(self, scope: Scope, encoded: str) -> Visitor:
        try:
            code, _, token = b64decode(encoded, validate=True).decode().partition(":")
        except (NotBase64, ValueError):
            code, token = "", ""
        serial = await self._parts.tokens.serial(code, token)
        if serial is None and not is_too_early(self._parts):
            await not_let_in(self._parts, scope, "program", code)
        return Visitor(code if serial else None, None, serial)


async def _acting(visitor: Visitor, parts: Running) -> Acting | None:
    """A person holds its posts as of today; whoever shows a token is the organisation itself."""
    if visitor.code is None:
        return None
    person = visitor.session.person if visitor.session else ""
    return await acting_now(visitor.code, person, parts.people, parts.roster) if person else Acting(visitor.code)


async def _confidentially(scope: Scope, visitor: Visitor, key: str, send: Send, message: Message) -> None:
    """Who has just signed in or out is given or taken the cookie; static files alone are kept."""
    if message["type"] == "http.response.start":
        headers = MutableHeaders(scope=message)
        if visitor.is_changed:
            write_cookie(headers, scope, sealed(visitor.session, key) if visitor.session else None)
        is_anybodys = visitor.code is None and scope["method"] in ("GET", "HEAD")
        if not is_anybodys and "immutable" not in headers.get("cache-control", ""):
            headers["Cache-Control"] = "no-store"
    await send(message)


async def is_token(parts: Running, code: str, authorization: str) -> bool:
    """Whether an Authorization header bears a token that the organisation has now; never before that is known."""
    scheme, _, token = authorization.partition(" ")
    return await parts.tokens.serial(code, token if scheme == "Bearer" else "") is not None


def is_too_early(parts: Running) -> bool:
    """Whether a no to a token means only that no roster was read yet, so that the same again may be a yes."""
    return parts.settings.token_secret is not None and not parts.roster.is_known


def remember_who_asks(app: FastAPI, parts: Running) -> None:
    """Puts the signed cookie under every page of a service that has a secret to sign it with."""
    secret = parts.settings.token_secret
    if secret is None:
        return
    app.add_middleware(_WhoAsks, parts=parts, key=sealing_key(secret))


def sealing_key(secret: str) -> str:
    """That of the cookies, the same in every service."""
    return hmac.new(secret.encode(), b"lianban/session", hashlib.sha256).hexdigest()


def signs_in(request: Request, parts: Running, session: SignIn) -> None:
    """What is answered from here on is answered to this organisation, which has signed in just now."""
    _visitor(request).signs(session)
    request.scope[ACTING] = Acting(session.code)
    SIGNED_IN.set(_named(session.code, parts))


async def signs_out(request: Request, parts: Running) -> None:
    """The session ends in every service, whoever else may hold its cookie."""
    visitor = _visitor(request)
    ended = visitor.session
    visitor.signs(None)
    if ended is not None:
        await parts.sessions.end(ended.id)


def _visitor(request: Request) -> Visitor:
    """Nobody in a service without a secret."""
    visitor: Visitor = request.scope.get(VISITOR) or Visitor(None, None)
    return visitor


def _named(code: str, parts: Running) -> WhoIsSignedIn:
    """By its name; whoever signs in for the county does so for its committee."""
    county, standing = parts.settings.county, parts.roster.last_standing(code)
    name = COMMITTEE if code and county_of(code) == code else standing.name if standing else code
    return WhoIsSignedIn(code, name, county, kind_of(code, county, standing))


def who_asks(request: Request) -> str | None:
    """The code of the organisation that asks; None when it did not say who it is, or not rightly."""
    return _visitor(request).code


def token_shown(request: Request) -> str | None:
    """The serial of the token by which a program said who it is."""
    return _visitor(request).serial


class SignInNeeded(Exception):
    """A page is for those signed in: whoever asks signs in, and comes back to where they are or to the page `back`."""

    def __init__(self, back: str = "") -> None:
        super().__init__(back)
        self.back = back
