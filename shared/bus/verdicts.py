"""The answer to a submission, waited for: a form and a program want the verdict, not a receipt."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from shared.bus.connection import Bus
from shared.bus.streams import VERDICTS
from shared.events.verdict import verdict_subject

VERDICT_WAIT = 5.0
"""Seconds for which a program that asks waits for its verdict, before it is answered that there is none yet."""
LOOK = 0.05


async def verdict_on(bus: Bus, submitter: str, submission: str) -> dict[str, Any] | None:
    """The verdict, or None while there is none."""
    message = await bus.last(VERDICTS.name, verdict_subject(submitter, submission))
    return json.loads(message.body) if message else None


async def verdict_within(bus: Bus, submitter: str, submission: str, seconds: float = VERDICT_WAIT) -> Any:
    """The verdict, or None when it did not come in time."""
    try:
        async with asyncio.timeout(seconds):
            while (found := await verdict_on(bus, submitter, submission)) is None:
                await asyncio.sleep(LOOK)
    except TimeoutError:
        return None
    return found
