"""What answers over HTTP, as it is recorded: only a request that has submitted something, in the submission's trace."""

from __future__ import annotations

import time

from opentelemetry.trace import SpanKind
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.events.tracing import place_in
from shared.tracing.bus import ASKED
from shared.tracing.spans import Span, Spans, Value


class TracedApp:
    """Around an application; reading is not recorded."""

    def __init__(self, app: ASGIApp, spans: Spans) -> None:
        self._app, self._spans = app, spans

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI calls it."""
        if scope["type"] != "http" or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        status = 500

        async def sends(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        began, token = time.time_ns(), ASKED.set({})
        try:
            await self._app(scope, receive, sends)
        finally:
            self._record(scope, began, status)
            ASKED.reset(token)

    def _record(self, scope: Scope, began: int, status: int) -> None:
        asked, over = ASKED.get() or {}, time.time_ns()
        route = getattr(scope.get("route"), "path", "")
        about: dict[str, Value] = {
            "http.request.method": "POST",
            "http.response.status_code": status,
            **({"http.route": route} if route else {}),
        }
        links = [said] if (said := place_in(Headers(scope=scope))) else []
        for place in asked.values():
            name = f"POST {route}".strip()
            self._spans.record(Span(name, place, began, over, SpanKind.SERVER, None, links, about))
