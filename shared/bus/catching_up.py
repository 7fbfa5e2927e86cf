"""Reading a stream up to where it is now: a server that lags behind the one that leads it is waited for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

from shared.bus.connection import TIMEOUT, Bus, Message

PAGE = 1000
LAGS = 0.02
"""Seconds after which a server that has not the newest message yet is asked again."""


async def pages_up_to(bus: Bus, stream: str, subject: str, after: int, newest: int) -> AsyncIterator[list[Message]]:
    """What lies above `after`, a page at a time, until the message of sequence `newest`, or a later one, has come.

    A page is taken in before the next is asked for. `TimeoutError` when for seconds no server has what is missing.
    """
    until = time.monotonic() + TIMEOUT
    while after < newest:
        if page := await bus.following(stream, subject, after, PAGE):
            yield page
            after, until = page[-1].sequence, time.monotonic() + TIMEOUT
        elif time.monotonic() > until:
            raise TimeoutError(f"{stream} is read up to {after}, and no server has {newest}")
        else:
            await asyncio.sleep(LAGS)
