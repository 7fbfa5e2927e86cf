"""What a form would like to know before it is sent: where the database does not answer it is sent without."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from shared.patience import is_fault

WAIT = 1.0
"""Seconds for which a form waits for it: nobody's form hangs on the database."""
T = TypeVar("T")


async def unless_away(read: Awaitable[T]) -> T | None:
    """What is read, or nothing in time."""
    try:
        async with asyncio.timeout(WAIT):
            return await read
    except Exception as error:
        if not is_fault(error):
            raise
        return None
