"""Whose pages these are: each says above and below what the county's committee is called now."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from shared.countys_own import CALLED, CommitteeName


class Whose:
    """Stands before every route; the name is asked for once something is shown, by what is known then."""

    def __init__(self, app: ASGIApp, calls: Callable[[], Awaitable[Callable[[], CommitteeName]]]) -> None:
        self._app, self._calls = app, calls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As every ASGI application is called."""
        if scope["type"] == "http":
            CALLED.set(await self._calls())
        await self._app(scope, receive, send)
