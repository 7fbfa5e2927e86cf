"""The standing check for whoever asks: one recomputation at a time, however many ask.

Whoever asks while one is under way shares the next with all others that wait: it begins after they asked, so that no
answer is older than its question.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from services.feedback.measures.recompute import differences, months_kept
from shared.database.mongo import Database

EVERY, LATEST = "every", "latest"
"""What may be asked for beside one month by its name."""
Found = dict[str, list[dict[str, Any]]]
"""Differing documents by month; a month in order has none."""


class Checking:
    """A process has one: pages and answers ask the same."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._one_at_a_time = asyncio.Lock()
        self._next: dict[str, asyncio.Task[Any]] = {}

    async def check(self, asked: str) -> Found:
        """What differs in a month, in the latest or in every one; who goes away meanwhile stops it for nobody else."""
        found: Found = await self.alone(asked, lambda: self._differing(asked))
        return found

    async def alone(self, asked: str, look: Callable[[], Awaitable[Any]]) -> Any:
        """A look at much that is kept, by its name: whoever asks for the same shares it, all others wait."""
        if asked not in self._next:
            self._next[asked] = asyncio.create_task(self._run(asked, look))
        return await asyncio.shield(self._next[asked])

    async def _run(self, asked: str, look: Callable[[], Awaitable[Any]]) -> Any:
        async with self._one_at_a_time:
            del self._next[asked]
            return await look()

    async def _differing(self, asked: str) -> Found:
        return {month: await differences(self._db, month) for month in await self._months(asked)}

    async def _months(self, asked: str) -> list[str]:
        if asked not in (EVERY, LATEST):
            return [asked]
        months = await months_kept(self._db)
        return months if asked == EVERY else months[-1:]
