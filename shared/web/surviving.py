"""An accident in a route is answered, and its connection goes on: whoever comes next on it has done nothing.

The server would end it, and a gateway that keeps it may have sent the next form into its end.
"""

from __future__ import annotations

import structlog
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.failures import brief

log = structlog.get_logger()


class Surviving:
    """Around the whole application, outside of what answers errors in words; a broken answer still ends."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As every ASGI application is called."""
        begun, ended = False, False

        async def watched(message: Message) -> None:
            nonlocal begun, ended
            begun = True
            ended = message["type"] == "http.response.body" and not message.get("more_body", False)
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as error:
            if scope["type"] != "http" or (begun and not ended):
                raise
            if not begun:
                log.error("request failed", **brief(error))
                await PlainTextResponse("internal error\n", 500)(scope, receive, send)
