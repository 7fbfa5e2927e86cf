"""Whoever sends so slowly that it only holds a place is let go; where places are short, who has been silent longest.

A body that comes at any person's or program's speed never waits for this.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from shared.web.same_origin import SAFE

STALLED, SLOWEST = 60.0, 1024
"""Seconds without a byte, as long as a page's own upload waits; and bytes a second, on the whole, from then on."""
MOST = 400
"""Bodies that are on their way at a time; each takes some 40 kB of a process."""


class SlowBody:
    """One body on its way."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock, self._begun, self._came = clock, clock(), 0
        self._limit: asyncio.Timeout | None = None
        self._is_let_go = False

    async def next_of(self, receive: Receive) -> Message:
        """Its next piece; 408 when it is too slow, or was let go."""
        try:
            async with asyncio.timeout(0 if self._is_let_go else STALLED) as self._limit:
                message = await receive()
        except TimeoutError:
            raise HTTPException(408) from None
        self._came += len(message.get("body", b""))
        if message.get("more_body") and self._is_too_slow():
            raise HTTPException(408)
        return message

    def _is_too_slow(self) -> bool:
        lasts = self._clock() - self._begun
        return lasts > STALLED and self._came < SLOWEST * lasts

    def let_go(self) -> None:
        """Nothing more of it is waited for."""
        self._is_let_go = True
        if self._limit is not None and not self._limit.expired():
            self._limit.reschedule(asyncio.get_running_loop().time())


class Senders:
    """Stands before every route that takes a body."""

    def __init__(self, app: ASGIApp, most: int = MOST, clock: Callable[[], float] = time.monotonic) -> None:
        self._app, self._most, self._clock = app, most, clock
        self._sending: dict[SlowBody, None] = {}
        """Who was heard of last comes last."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As every ASGI application is called."""
        if scope["type"] != "http" or scope["method"] in SAFE:
            return await self._app(scope, receive, send)
        one = SlowBody(self._clock)
        self._sending[one] = None
        if len(self._sending) > self._most:
            (silent := next(iter(self._sending))).let_go()
            del self._sending[silent]
        try:
            await self._app(scope, self._until_all_came(one, receive), send)
        finally:
            self._sending.pop(one, None)

    def _until_all_came(self, one: SlowBody, receive: Receive) -> Callable[[], Awaitable[Message]]:
        is_all_there = False

        async def received() -> Message:
            nonlocal is_all_there
            if is_all_there:
                return await receive()
            message = await one.next_of(receive)
            is_all_there = not message.get("more_body")
            self._heard_of(one, is_all_there)
            return message

        return received

    def _heard_of(self, one: SlowBody, is_all_there: bool) -> None:
        if one in self._sending:
            del self._sending[one]
            if not is_all_there:
                self._sending[one] = None
