"""大字: whoever looks chooses larger letters, signed in or not, which a cookie keeps for a year; it needs no script."""

from __future__ import annotations

from http.cookies import SimpleCookie

from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.pages.templates import LETTERS
from shared.web.cookie import is_over_tls
from shared.web.staying import came_from

COOKIE, LARGE = "lianban-letters", "large"
YEAR = 365 * 86400


class Letters:
    """Stands before every route: pages are in the letters that were chosen."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As every ASGI application is called."""
        if scope["type"] == "http":
            LETTERS.set(LARGE if HTTPConnection(scope).cookies.get(COOKIE) == LARGE else "")
        await self._app(scope, receive, send)


async def in_large(request: Request) -> Response:
    """From here on in large letters; back to the page on which they were chosen."""
    return _chosen(request, LARGE)


async def in_usual(request: Request) -> Response:
    """In the usual ones again."""
    return _chosen(request, "")


def _chosen(request: Request, letters: str) -> Response:
    answer = RedirectResponse(came_from(request) or "/", 303)
    cookie: SimpleCookie = SimpleCookie({COOKIE: letters})
    attributes = {"path": "/", "samesite": "strict", "httponly": True, "secure": is_over_tls(request.scope)}
    for name, value in {**attributes, "max-age": YEAR if letters else 0}.items():
        cookie[COOKIE][name] = value
    answer.headers.append("set-cookie", cookie[COOKIE].OutputString())
    return answer
