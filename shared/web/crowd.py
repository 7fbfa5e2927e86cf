"""So many requests at a time: one more is told at once to come again, for those that are there are to be answered.

Whoever watches the service is let through.
"""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

MOST = 1_000
"""Requests of one process; each takes some 30 kB, and three hundred browsers at once are no crowd."""
WATCHING = ("/healthz", "/readyz", "/metrics")


class Crowd:
    """Stands before everything else: `otherwise` answers whoever finds it full."""

    def __init__(self, app: ASGIApp, otherwise: ASGIApp, most: int = MOST) -> None:
        self._app, self._otherwise, self._most = app, otherwise, most
        self._there = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As every ASGI application is called."""
        if scope["type"] != "http" or scope["path"].endswith(WATCHING):
            return await self._app(scope, receive, send)
        if self._there >= self._most:
            return await self._otherwise(scope, receive, send)
        self._there += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._there -= 1
