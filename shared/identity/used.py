"""When a token was used last, to the day: said once a day by each service, kept in a bucket of the bus for a year."""

from __future__ import annotations

import asyncio
from datetime import date

from shared.bus.connection import Bus
from shared.bus.streams import TOKENS_USED
from shared.patience import is_fault

SUBJECT = "$KV.tokens_used."
MOST = 20_000
"""Tokens of a day that are remembered."""


class UsedTokens:
    """What a service has said already today; nothing waits for it, and what is lost is said tomorrow."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._day: date | None = None
        self._said: set[tuple[str, str]] = set()
        self._saying: set[asyncio.Task[None]] = set()

    def note(self, code: str, serial: str, day: date) -> None:
        """That it was used on a day."""
        if day != self._day or len(self._said) >= MOST:
            self._day, self._said = day, set()
        if (code, serial) in self._said or not self._bus.connected:
            return
        self._said.add((code, serial))
        task = asyncio.create_task(self._say(f"{SUBJECT}{code}.{serial}", day))
        self._saying.add(task)
        task.add_done_callback(self._saying.discard)

    async def _say(self, subject: str, day: date) -> None:
        try:
            await self._bus.client.publish(subject, day.isoformat().encode())
        except Exception as error:
            if not is_fault(error):
                raise


async def last_used(bus: Bus, code: str, serial: str) -> date | None:
    """None of one that nobody used within the time for which that is kept."""
    found = await bus.last(TOKENS_USED.name, f"{SUBJECT}{code}.{serial}")
    return date.fromisoformat(found.body.decode()) if found else None
