"""Room for what many send at once: what is large is let in when there is room for it, first come, first served."""

from __future__ import annotations

import asyncio
from asyncio import Future
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Room:
    """So many bytes of a process's memory; nothing may ask for more than all of it."""

    def __init__(self, most: int) -> None:
        self._free = most
        self._waiting: deque[tuple[int, Future[None]]] = deque()

    @asynccontextmanager
    async def of(self, size: int, patience: float) -> AsyncIterator[None]:
        """Taken while the block lasts; TimeoutError when there was none within `patience` seconds."""
        await self._taken(size, patience)
        try:
            yield
        finally:
            self._given_back(size)

    async def _taken(self, size: int, patience: float) -> None:
        turn = asyncio.get_running_loop().create_future()
        self._waiting.append((size, turn))
        self._let_in()
        try:
            async with asyncio.timeout(patience):
                await turn
        except BaseException:
            self._given_up(size, turn)
            raise

    def _given_up(self, size: int, turn: Future[None]) -> None:
        """Also by who was let in and ended before it knew."""
        was_let_in = turn.done() and not turn.cancelled()
        self._waiting = deque(one for one in self._waiting if one[1] is not turn)
        self._given_back(size if was_let_in else 0)

    def _given_back(self, size: int) -> None:
        self._free += size
        self._let_in()

    def _let_in(self) -> None:
        while self._waiting and self._waiting[0][0] <= self._free:
            size, turn = self._waiting.popleft()
            if not turn.done():
                self._free -= size
                turn.set_result(None)
