"""Who looks at a page or asks the API: an organisation by its code and token, or a person for an organisation.

Programs send code and token as HTTP Basic; who signs in on a page has a signed cookie for a working day, or until they
sign out. It is the same for all services, which share one origin and one secret. An organisation's holds which token
was shown, and is void when that token ends; a person's is void after half an hour without a sign of the person, and as
soon as the person is neither at home nor in a post there. Until the roster was read once nobody is believed, for it is
not known whose tokens have ended.
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

from shared.bus.streams import WORKING_DAY
from shared.identity.acting import ACTING, Acting, acting_now
from shared.identity.sessions import SignIn, lapsed, opened, sealed
from shared.pages.navigation import kind_of
from shared.pages.rendering import SIGNED_IN, WhoIsSignedIn
from shared.process.running import Running
from shared.roster.organisations import county_of
from shared.roster.posts import BY_TWO
from shared.web.cookie import REMEMBERED, cookie_of, write_cookie
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

    def is_seen_anew(self) -> bool:
        """Whether there is a newer sign of a person to be kept."""
        newer = self.session.seen_now() if self.session else None
        self.session = newer or self.session
        return newer is not None


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
        session, acting = await self._session(scope)
        is_program = scheme.lower() == "basic"
        if is_program:
            visitor = await self._by_password(scope, encoded)
            acting = Acting(visitor.code) if visitor.code else None
        else:
            visitor = Visitor(session.code if session else None, session)
        scope[VISITOR], scope[ACTING] = visitor, acting
        SIGNED_IN.set(await _named(session, self._parts, acting))
        await self._app(scope, receive, partial(_confidentially, scope, visitor, self._key, send))

    async def _session(self, scope: Scope) -> tuple[SignIn | None, Acting | None]:
        """That of the cookie and who acts by it, while it goes on: no key has ended since, the person belongs there."""
        session, parts = opened(_cookie(scope), self._key), self._parts
        if session is None or await parts.sessions.has_ended(session.id, session.person, session.epoch):
            return None, None
        acting = await _acting(session, parts)
        return (session, acting) if acting else (None, None)

    async def _by_password(self, scope: Scope, encoded: str) -> Visitor:
        try:
            code, _, token = b64decode(encoded, validate=True).decode().partition(":")
        except (NotBase64, ValueError):
            code, token = "", ""
        serial = await self._parts.tokens.serial(code, token)
        if serial is None and not is_too_early(self._parts):
            await not_let_in(self._parts, scope, "program", code)
        return Visitor(code if serial else None, None, serial)


async def _acting(session: SignIn, parts: Running) -> Acting | None:
    """An organisation while its token is good; a person with its posts of today, or at home there; else nobody.

    Whoever has become one who signs or administers since they signed in shows a second factor first.
    """
    if session.person:
        acting = await acting_now(session.code, session.person, parts.people, parts.roster)
        has_grown = acting is not None and not session.by_two and BY_TWO & (acting.posts or frozenset())
        return None if has_grown or acting is None else acting._replace(is_proven=session.is_proven_now())
    return Acting(session.code) if await parts.tokens.goes_on(session.code, session.serial) else None


def _cookie(scope: Scope) -> str:
    return HTTPConnection(scope).cookies.get(cookie_of(scope), "")


async def _confidentially(scope: Scope, visitor: Visitor, key: str, send: Send, message: Message) -> None:
    """Who has just signed in or out is given or taken the cookie; static files alone are kept."""
    if message["type"] == "http.response.start":
        headers = MutableHeaders(scope=message)
        if visitor.is_changed or (visitor.session and _is_of_a_person(scope) and visitor.is_seen_anew()):
            seconds = REMEMBERED if visitor.session and visitor.session.is_remembered else WORKING_DAY
            write_cookie(headers, scope, sealed(visitor.session, key) if visitor.session else None, seconds)
        is_anybodys = visitor.code is None and scope["method"] in ("GET", "HEAD")
        if not is_anybodys and "immutable" not in headers.get("cache-control", ""):
            headers["Cache-Control"] = "no-store"
    await send(message)


def _is_of_a_person(scope: Scope) -> bool:
    """Whether somebody is there: a page that asks anew by itself is no sign of it, and neither is what it loads."""
    asked_by = Headers(scope=scope).get("sec-fetch-mode", "navigate")
    return scope["method"] not in ("GET", "HEAD") or asked_by == "navigate"


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


async def signs_in(request: Request, parts: Running, session: SignIn) -> None:
    """What is answered from here on is answered to whoever has signed in just now."""
    _visitor(request).signs(session)
    request.scope[ACTING] = await _acting(session, parts)
    SIGNED_IN.set(await _named(session, parts, request.scope[ACTING]))


async def signs_out(request: Request, parts: Running) -> None:
    """The session ends in every service, whoever else may hold its cookie; also one that was over by itself."""
    visitor = _visitor(request)
    ended = visitor.session or lapsed_session(request, parts)
    visitor.signs(None)
    if ended is not None:
        await parts.sessions.end(ended.id)


def _visitor(request: Request) -> Visitor:
    """Nobody in a service without a secret."""
    visitor: Visitor = request.scope.get(VISITOR) or Visitor(None, None)
    return visitor


async def _named(session: SignIn | None, parts: Running, acting: Acting | None) -> WhoIsSignedIn:
    """By its name, and that of the person who signed in for it; with posts a row of what they open."""
    code, county = session.code if session else "", parts.settings.county
    person = (await parts.people.current()).name_of(session.person) if session and session.person else None
    posts = acting.posts if acting else None
    kind = kind_of(code, county, parts.roster.last_standing(code), posts)
    return WhoIsSignedIn(code, called(code, parts), county, kind, person or "", posts)


def called(code: str, parts: Running) -> str:
    """What an organisation is called; whoever signs in for the county does so for its committee."""
    standing = parts.roster.last_standing(code)
    if code and county_of(code) == code:
        return parts.roster.own(parts.settings.county).called.name
    return standing.name if standing else code


def session_of(request: Request) -> SignIn | None:
    """By which session somebody looks; None for a program, and for nobody."""
    return _visitor(request).session


def lapsed_session(request: Request, parts: Running) -> SignIn | None:
    """Of a person whose session on this browser is over by itself, without that anybody ended it."""
    secret = parts.settings.token_secret
    return lapsed(_cookie(request.scope), sealing_key(secret)) if secret else None


def who_asks(request: Request) -> str | None:
    """The code of the organisation that asks; None when it did not say who it is, or not rightly."""
    return _visitor(request).code


def token_shown(request: Request) -> str | None:
    """The serial of the token by which a program said who it is."""
    return _visitor(request).serial


class SignInNeeded(Exception):
    """A page is for those signed in: whoever asks signs in, and comes back to where they are or to the page `back`.

    A form that was sent waits meanwhile in the page, unless it holds what is secret.
    """

    def __init__(self, back: str = "", is_secret: bool = False) -> None:
        super().__init__(back)
        self.back, self.is_secret = back, is_secret
