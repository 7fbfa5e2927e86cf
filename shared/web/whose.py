"""Whose pages these are: each says what the county's committee is called, and names what its catalogues list."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cache

from starlette.types import ASGIApp, Receive, Scope, Send

from shared.countys_own import OWN, CountysOwn


class Whose:
    """Stands before every route; it is asked for once, when something is shown first, by what is known then."""

    def __init__(self, app: ASGIApp, owns: Callable[[], Awaitable[Callable[[], CountysOwn]]]) -> None:
        self._app, self._owns = app, owns

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As every ASGI application is called."""
        if scope["type"] == "http":
            OWN.set(cache(await self._owns()))
        await self._app(scope, receive, send)
