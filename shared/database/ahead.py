"""What is read in pieces, a piece ahead: the database makes the next ready while one is worked on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import TypeVar

T = TypeVar("T")


async def ahead(pieces: AsyncIterator[T]) -> AsyncIterator[T]:
    """The same in the same order; two of them are in memory at a time. Closed early, it asks for no more."""

    async def following() -> T:
        return await anext(pieces)

    coming = asyncio.create_task(following())
    try:
        while True:
            try:
                piece = await coming
            except StopAsyncIteration:
                return
            coming = asyncio.create_task(following())
            await asyncio.sleep(0)  # asked before whoever works on this one keeps the loop to itself
            yield piece
    finally:
        coming.cancel()
