"""What changes something may only be sent from these pages: otherwise any web page could send it in a person's name."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
"""Methods that change nothing (RFC 9110, 9.2.1)."""


def is_same_origin(headers: Mapping[str, str]) -> bool:
    """Browsers say where a request comes from; a program that says nothing acts in its own name."""
    if headers.get("sec-fetch-site", "none") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or _host_in(origin) == headers.get("host")


def _host_in(origin: str) -> str:
    """With its port; empty when it is no address at all."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


class SameOrigin:
    """Stands before every route: `otherwise` answers what would change something and comes from another origin."""

    def __init__(self, app: ASGIApp, otherwise: ASGIApp) -> None:
        self._app, self._otherwise = app, otherwise

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As every ASGI application is called."""
        changes = scope["type"] == "http" and scope["method"] not in SAFE
        may = not changes or is_same_origin(Headers(scope=scope))
        await (self._app if may else self._otherwise)(scope, receive, send)
