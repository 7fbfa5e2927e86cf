"""Who looks at a page or asks the API: an organisation, signed in with its code and its token.

Programs send both as HTTP Basic; people type them once on a page and have a signed cookie for a working day. The
cookie holds the code and how many keys of the organisation had ended, and is the same for all services, which share one
origin and one secret: when a key is revoked, token and cookie are void with it. Until the roster was read once nobody
is believed, for it is not known whose keys have ended.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, FastAPI, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import Headers
from starlette.middleware.sessions import SessionMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.identity.tokens import is_token_of
from shared.pages.rendering import SIGNED_IN, Pages, SignedIn
from shared.process.running import Running
from shared.roster.organisations import Roster
from shared.web.same_origin import same_origin

COOKIE = "lianban"
WORKING_DAY = 10 * 3600
"""Seconds after which a person signs in again."""
IS_PATH = re.compile(r"/([!-.0-\[\]-~][!-\[\]-~]*)?").fullmatch
"""One slash, then visible ASCII without a backslash: what a browser cannot read as another host."""
NOT_YOURS = "组织机构代码与访问令牌不符，请核对后重新登录；令牌遗失的，请向联合党委申领。"
TOO_EARLY = "消息总线暂时无法连接，无法核对访问令牌，请稍后重新登录。"
ASKS = "lianban.asks"
"""Where a request holds the code of the organisation that asks."""


class _WhoAsks:
    """Finds out, once for each request, who asks; a page is told who signed in, so that it can say so."""

    def __init__(self, app: ASGIApp, parts: Running) -> None:
        self._app, self._parts = app, parts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As every ASGI application is called."""
        if scope["type"] == "http":
            told = Headers(scope=scope).get("authorization", "")
            scheme, _, encoded = told.partition(" ")
            signed_in = await self._by_cookie(scope["session"])
            scope[ASKS] = await self._by_password(encoded) if scheme.lower() == "basic" else signed_in
            SIGNED_IN.set(SignedIn(signed_in, self._parts.roster.name_of(signed_in)) if signed_in else SignedIn())
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


def viewer(request: Request) -> str | None:
    """The code of the organisation that asks; None when it did not say who it is, or not rightly."""
    asks: str | None = request.scope.get(ASKS)
    return asks


def may_see(code: str | None, organisation: str, office: str | None, roster: Roster, at: datetime) -> bool:
    """An organisation's own matters are seen by itself, by those above it, and by the holder of an office for it."""
    return code is not None and roster.may_speak_for(code, organisation, office, at)


def signing_in(parts: Running, pages: Pages) -> APIRouter:
    """The page on which a person signs in, under the service's own path; it goes on where they wanted to go."""
    router = APIRouter(prefix=f"/{parts.service}", include_in_schema=False)

    @router.get("/sign-in")
    async def form(back: str = "") -> HTMLResponse:
        return pages.render("sign_in.html", action=f"/{parts.service}/sign-in", back=back, no="", code="")

    @router.post("/sign-in", dependencies=[Depends(same_origin)])
    async def sign_in(request: Request, code: str = Form(""), token: str = Form(""), back: str = Form("")) -> Response:
        code = code.strip()
        if not await is_token(parts, code, f"Bearer {token.strip()}"):
            status, no = (503, TOO_EARLY) if is_too_early(parts) else (401, NOT_YOURS)
            action = f"/{parts.service}/sign-in"
            return pages.render("sign_in.html", status=status, action=action, back=back, no=no, code=code)
        request.session.clear()
        request.session.update(code=code, keys_ended=await parts.roster.keys_ended(code))
        return RedirectResponse(_inside(back) or f"/{parts.service}/", 303)

    @router.post("/sign-out", dependencies=[Depends(same_origin)])
    async def sign_out(request: Request) -> Response:
        request.scope.get("session", {}).clear()
        return RedirectResponse(f"/{parts.service}/sign-in", 303)

    return router


def to_sign_in(request: Request, parts: Running, back: str = "") -> Response:
    """Sends a person to the sign-in page and back to where they are now, or to the page of the form they sent.

    As a path, for the host is the gateway's.
    """
    asked = back or request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/{parts.service}/sign-in?{urlencode({'back': asked})}", 303)


def _inside(back: str) -> str:
    """Only a path of this origin: nobody is sent elsewhere by a link."""
    return back if IS_PATH(back) else ""
