"""What takes long to put together takes turns: a light page waits for those at work, not for all that wait."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import Depends, HTTPException, Request

from shared.process.running import Running
from shared.web.asking import Parts

PATIENCE = 30.0
"""Seconds for a turn; the gateway waits a little longer."""


@asynccontextmanager
async def taking_turns(request: Request, parts: Running) -> AsyncIterator[None]:
    """While it is put together, however slowly the answer is read; whoever has gone meanwhile takes none."""
    try:
        async with asyncio.timeout(PATIENCE):
            await parts.turns.acquire()
    except TimeoutError:
        raise HTTPException(503) from None
    try:
        if await request.is_disconnected():
            raise HTTPException(503)
        yield
    finally:
        parts.turns.release()


async def turn(request: Request, parts: Parts) -> AsyncIterator[None]:
    """The same for a whole route."""
    async with taking_turns(request, parts):
        yield


HEAVY = Depends(turn, scope="function")
"""Among a route's `dependencies`: one that reads a long stretch or recomputes."""
