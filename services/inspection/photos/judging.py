"""The loop under the judge of photos: hold the lease, take whose turn it is, wait for more."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress

import structlog

from services.inspection.photos.judge import Judge
from shared.database.lease import Lease
from shared.patience import again
from shared.pipeline.consumer import STANDBY

LEASE = "inspection-photos-judged"
IDLE = 1.0
"""Seconds after which it looks by itself: another copy may be the one that takes photos in."""

log = structlog.get_logger()


class Judging:
    """Watched, stopped and started again as the loops of subscriptions are."""

    def __init__(self, judge: Judge, lease: Lease, whole: asyncio.Event) -> None:
        self._judge, self._lease, self._whole = judge, lease, whole
        self._stopping = False
        self.beaten = time.monotonic()
        judge.beat = self.beat

    def beat(self) -> None:
        """A sign of life for the watchdog."""
        self.beaten = time.monotonic()

    def stop(self) -> None:
        """Finish the photo in hand, take no more."""
        self._stopping = True
        self._whole.set()

    @property
    def is_stopping(self) -> bool:
        """Told to stop; whoever told it waits no longer than it wants to."""
        return self._stopping

    async def run(self) -> None:
        """Photo after photo until stopped; every fault of bus and database is waited out."""
        try:
            await again(self._take_over, self.beat, f"lease {LEASE}")
            while not self._stopping:
                await self._turn()
        finally:
            await self._judge.close()
        with suppress(Exception):
            await self._lease.release()

    async def _take_over(self) -> None:
        while not self._stopping:
            self.beat()
            if await self._lease.acquire():
                log.info("deciding", subscription=LEASE)
                return
            await asyncio.sleep(STANDBY)

    async def _turn(self) -> None:
        """What becomes whole while it is looked for wakes it at once."""
        self._whole.clear()
        await again(self._lease.hold, self.beat, "lease")
        if whole := await again(self._judge.next, self.beat, "next photo"):
            await self._judge.answer(whole)
            return
        if not self._stopping:
            with suppress(TimeoutError):
                async with asyncio.timeout(IDLE):
                    await self._whole.wait()
