"""What takes long to find out is known from the last look, and looked at anew behind whoever asks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

HOLDS = 300.0
"""Seconds for which a look holds."""
PATIENCE = 0.5
"""Seconds for which whoever asks waits for a new one; then what was known before is told."""


@dataclass
class Rechecked:
    """A number; none until it was looked at once."""

    look: Callable[[], Awaitable[int]]
    _known: int | None = None
    _looked: float | None = None
    _looking: asyncio.Task[None] | None = None

    async def count(self) -> int | None:
        """As of the last look, which began within `HOLDS` or has been begun now."""
        if self._looking is None and (self._looked is None or time.monotonic() - self._looked > HOLDS):
            self._looking = asyncio.create_task(self._again())
        if self._looking is not None:
            await asyncio.wait({self._looking}, timeout=PATIENCE)
        return self._known

    async def _again(self) -> None:
        try:
            began = time.monotonic()
            self._known = await self.look()
            self._looked = began
        finally:
            self._looking = None
