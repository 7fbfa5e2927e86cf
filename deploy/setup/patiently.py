"""Set-up waits for bus and database where they start beside it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from shared.patience import is_fault

LOOK = 0.5
"""Seconds between two tries."""
Tried = TypeVar("Tried")


async def patiently(work: Callable[[], Awaitable[Tried]], seconds: float) -> Tried:
    """Tried again for so many seconds where bus or database are at fault; what they refuse is the caller's at once."""
    until = time.monotonic() + seconds
    while True:
        try:
            return await work()
        except Exception as error:
            if not is_fault(error) or time.monotonic() > until:
                raise
        await asyncio.sleep(LOOK)
