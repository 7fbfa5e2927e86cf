"""What holds of every answer: its type is not guessed, nobody keeps it unasked, text reads as it is, HEAD is answered.

An answer that says itself how long it may be kept (static files, photos) is left as it is.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.pages.harmless import harmless
from shared.pages.headers import with_always


class EveryAnswer:
    """Stands around all routes; a HEAD is asked of them as a GET, and answered without the body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As every ASGI application is called."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_head, kind = scope["method"] == "HEAD", ""

        async def answered(message: Message) -> None:
            nonlocal kind
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                with_always(headers)
                kind = headers.get("content-type", "")
            elif message["type"] == "http.response.body":
                message = {**message, "body": b"" if is_head else harmless(kind, message.get("body", b""))}
            await send(message)

        await self._app({**scope, "method": "GET"} if is_head else scope, receive, answered)
