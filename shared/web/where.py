"""Where a request leads: what is shown knows the address of its page, and with it the page's help."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from shared.pages.templates import ASKED


class Where:
    """Stands before every route."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As every ASGI application is called."""
        if scope["type"] == "http":
            ASKED.set(scope["path"])
        await self._app(scope, receive, send)
