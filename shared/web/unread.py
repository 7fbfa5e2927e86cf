"""An answer goes out piece by piece as it is taken, so that nobody who reads none of it fills a process's memory.

Whoever takes nothing for a minute is left; where many answers are on their way, whoever has stood still longest is.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import suppress

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = structlog.get_logger()
PIECE = 64 * 1024
"""Bytes: the server holds as many of an answer that are not taken before it waits."""
STILL = 60.0
"""Seconds in which a thin line takes thirty pieces."""
MOST = 48 * 1024 * 1024
"""Bytes of answers on their way in one process, beside the hundred that it holds anyhow: some fifty of the largest."""


CONNECTION = "connection"
"""In the state of a request, its connection: closed in order, it would stay open for what is still to be written."""


class NotTaken(Exception):
    """Whoever asked reads no more: the connection ends."""


class OnItsWay:
    """An answer of which some is still here, and how long its next piece is waited for."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._patience = asyncio.timeout(None)

    def patience(self) -> asyncio.Timeout:
        """For one more piece."""
        self._patience = asyncio.timeout(STILL)
        return self._patience

    def is_left(self) -> None:
        """Whoever waits for its next piece to be taken waits no longer."""
        self._patience.reschedule(asyncio.get_running_loop().time())


class Unread:
    """Around the whole application, next to the server."""

    def __init__(self, app: ASGIApp, most: int = MOST) -> None:
        self._app, self._most = app, most
        self._on_their_way: dict[OnItsWay, None] = {}
        self._bytes = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As every ASGI application is called."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_left = False

        async def by_pieces(message: Message) -> None:
            nonlocal is_left
            is_left = True
            await (self._sent(message, send) if message["type"] == "http.response.body" else send(message))
            is_left = False

        with suppress(NotTaken):
            await self._app(scope, receive, by_pieces)
        if is_left:
            log.info("answer not taken", path=scope["path"])
            scope["state"][CONNECTION].abort()

    async def _sent(self, message: Message, send: Send) -> None:
        """All of it has been taken but for what the server and the lines hold."""
        answer = OnItsWay(len(message.get("body", b"")))
        self._has_room(answer.size)
        self._stands(answer)
        try:
            for piece in _pieces(message):
                async with answer.patience():
                    await send(piece)
                self._stands(answer)
        except TimeoutError:
            raise NotTaken from None
        finally:
            self._goes(answer)

    def _has_room(self, size: int) -> None:
        while self._on_their_way and self._bytes + size > self._most:
            longest = next(iter(self._on_their_way))
            self._goes(longest)
            longest.is_left()

    def _stands(self, answer: OnItsWay) -> None:
        """Behind all that have not moved since."""
        self._goes(answer)
        self._on_their_way[answer] = None
        self._bytes += answer.size

    def _goes(self, answer: OnItsWay) -> None:
        if answer in self._on_their_way:
            del self._on_their_way[answer]
            self._bytes -= answer.size


def _pieces(message: Message) -> Iterator[Message]:
    """The end comes by itself: the server writes it when there is room for more."""
    body, more = message.get("body", b""), message.get("more_body", False)
    if len(body) <= PIECE:
        yield message
        return
    for start in range(0, len(body), PIECE):
        yield {**message, "body": body[start : start + PIECE], "more_body": True}
    yield {**message, "body": b"", "more_body": more}
