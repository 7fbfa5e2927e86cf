"""Where a subscription goes on: bus and database are compared, and while they do not fit nothing is decided."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Protocol

import structlog

from shared.bus.puller import Puller, Seen
from shared.bus.streams import Subscription
from shared.database.lease import Kept, Lease
from shared.pipeline.moments import GoesOn, Misfit, compared

APART_WAIT = 5.0
"""Seconds after which bus and database that do not fit together are compared again."""

log = structlog.get_logger()


class Begins(Protocol):
    """What is asked of whoever decides, before its first batch and after each return of the bus."""

    async def begin(self) -> None:
        """The bus may have been away, or may be another one: called before the first batch, and after each return."""

    async def beyond_ledger(self) -> int:
        """The sequence of a fact that others have heard from it and its database knows nothing of; 0 without one."""


class Beginning:
    """One subscription's look at bus and database, and the way back to what is not done."""

    def __init__(
        self, decider: Begins, of: Subscription, puller: Puller, lease: Lease, stopping: asyncio.Event
    ) -> None:
        self._decider = decider
        self._of = of
        self._puller = puller
        self._lease = lease
        self._stopping = stopping
        self._apart: Misfit | None = None

    async def done(self) -> int | None:
        """The sequence up to which all is done, and the bus hands out what follows; None while they do not fit.

        Then it is said, once for each reason, and waited: for `APART_WAIT` seconds, or until told to stop.
        """
        await self._decider.begin()
        seen = await self._puller.look()
        kept = await self._lease.kept()
        is_behind = kept.place is not None and seen.done > kept.place.sequence
        beyond = await self._decider.beyond_ledger() if is_behind and self._of.trims else 0
        match compared(kept, seen, beyond):
            case GoesOn() as place:
                return await self._goes_on(place, seen)
            case Misfit() as why:
                await self._stands_apart(why, kept, seen)
                return None

    async def _goes_on(self, at: GoesOn, seen: Seen) -> int:
        await self._lease.goes_on_at(at.place, at.forgives)
        self._lease.stream = seen.stream
        await self._puller.rewind(at.place.sequence if at.again else None)
        self._apart = None
        return at.place.sequence if at.again else seen.done

    async def _stands_apart(self, why: Misfit, kept: Kept, seen: Seen) -> None:
        if why is not self._apart:
            log.critical("apart", subscription=self._of.name, why=why, kept=kept.place, seen=seen)
        self._apart = why
        await self._lease.stands_apart({"why": why, **seen._asdict()})
        with suppress(TimeoutError):
            async with asyncio.timeout(APART_WAIT):
                await self._stopping.wait()
