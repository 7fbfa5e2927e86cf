"""The roster for pages: as the bus has it now or, while the bus is away, as it was last known."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial

from shared.bus.connection import Bus
from shared.calendar import CHINA
from shared.countys_own import CountysOwn
from shared.patience import is_fault
from shared.roster.committees import own_of
from shared.roster.feed import RosterFeed
from shared.roster.organisations import Organisation, Roster, Standing

WAIT = 3.0
"""Seconds after which a page goes on with what is known."""


class KnownRoster:
    """Never fails: names are worth showing even when they may be some minutes old."""

    def __init__(self, bus: Bus, feed: RosterFeed) -> None:
        self._bus = bus
        self._feed = feed
        self._roster: Roster | None = None

    @property
    def is_known(self) -> bool:
        """Whether it was read at least once; one that was read and is empty is known."""
        return self._roster is not None

    async def current(self) -> Roster:
        """The newest roster that can be had within seconds."""
        if self._bus.connected:
            try:
                async with asyncio.timeout(WAIT):
                    self._roster = await self._feed.current()
            except Exception as error:
                if not is_fault(error):
                    raise
        return self.last

    async def organisation(self, code: str) -> Organisation | None:
        """As it is now; None of one that nobody registered, and of everybody while nothing was read (`is_known`)."""
        return (await self.current()).organisation(code)

    async def owns(self, county: str) -> Callable[[], CountysOwn]:
        """By which it is asked what the county's own is, while something is answered; the first time it is read."""
        if not self.is_known:
            await self.current()
        return partial(self.own, county)

    def own(self, county: str) -> CountysOwn:
        """What is the county's own as of today, as far as it is known."""
        return own_of(self.last, county, datetime.now(CHINA).date())

    @property
    def last(self) -> Roster:
        """As it was read last; empty before."""
        return self._roster if self._roster is not None else Roster()

    def last_standing(self, code: str) -> Standing | None:
        """How an organisation stood last, as far as it is known."""
        known = self._roster.organisation(code) if self._roster is not None else None
        return known.history[-1] if known else None
