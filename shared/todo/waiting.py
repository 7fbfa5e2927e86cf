"""How much waits for whoever is signed in, as every page's header says it: counted once for some seconds, not kept."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Receive, Scope, Send

from shared.identity.acting import Acting, acting_in
from shared.pages.rendering import WAITING

LOOK = 10.0
"""Seconds for which a count holds for whoever asks for it."""
SHOWN = 300.0
"""Seconds for which a page shows the last one, until its script has asked."""
MOST = 2_000
"""People of whom a process remembers it."""


@dataclass
class WaitingCounts:
    """Of this process; by organisation and person."""

    _known: dict[tuple[str, str], tuple[int, float]] = field(default_factory=dict)
    _asking: dict[tuple[str, str], asyncio.Task[int]] = field(default_factory=dict)

    def last(self, acting: Acting | None) -> int | None:
        """Without asking anybody."""
        return self._within(acting, SHOWN) if acting is not None else None

    def learns(self, acting: Acting, count: int) -> None:
        """What was counted just now."""
        if len(self._known) >= MOST:
            self._known.clear()
        self._known[acting.code, acting.person] = (count, time.monotonic())

    async def of(self, acting: Acting, count: Callable[[], Awaitable[int]]) -> int:
        """Counted at most once in `LOOK` seconds, however many pages ask at once."""
        known = self._within(acting, LOOK)
        if known is not None:
            return known
        key = (acting.code, acting.person)
        if key not in self._asking:
            self._asking[key] = asyncio.create_task(self._counted(acting, count))
            self._asking[key].add_done_callback(lambda _: self._asking.pop(key, None))
        return await asyncio.shield(self._asking[key])

    async def _counted(self, acting: Acting, count: Callable[[], Awaitable[int]]) -> int:
        found = await count()
        self.learns(acting, found)
        return found

    def _within(self, acting: Acting, seconds: float) -> int | None:
        found = self._known.get((acting.code, acting.person))
        return found[0] if found and time.monotonic() - found[1] < seconds else None


class HeaderCount:
    """Tells the pages of a request what was counted last for whoever asks."""

    def __init__(self, app: ASGIApp, counts: WaitingCounts) -> None:
        self._app, self._counts = app, counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As every ASGI application is called."""
        if scope["type"] == "http":
            WAITING.set(self._counts.last(acting_in(scope)))
        await self._app(scope, receive, send)
