"""The sender: a line to the county whenever there can be one, and everything that goes over it.

A fault is said in words and tried again after a while that grows with each failure, never in a hot loop.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from nats.aio.client import Client

from services.station.line.delivery import deliver
from services.station.line.heartbeat import Heartbeat
from services.station.line.line import Connect, Line, line
from services.station.line.picture_post import send_pictures
from services.station.line.troubles import Trouble, explained
from services.station.line.verdicts import Verdicts
from services.station.outbox.notes import Notes
from services.station.outbox.outbox import Outbox
from services.station.outbox.pictures import Pictures
from shared.backoff import doubling, jittered
from shared.bus.publishing import SlowDown

LOOK = 1.0
"""Seconds after which the outbox is looked into again: another process may have put something there."""
LOOK_UP = timedelta(seconds=60)
"""How often verdicts are asked for that should have been heard by now."""
FIRST, LONGEST, REFUSED = 0.5, 60.0, 300.0
"""Seconds before the second try, the longest wait, and the wait after the county has refused the key; each is
jittered by half, so that a county that comes back is not met by all its stations at once."""
SOUND = 10.0
"""Seconds after which a line counts as one that held."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Condition:
    """How the line is now."""

    connected: bool = False
    trouble: Trouble | None = None


class Patience:
    """How long to wait before the next try."""

    def __init__(self) -> None:
        self._waits = doubling(FIRST, LONGEST)

    def after(self, trouble: Trouble, lasted: float) -> float:
        """`lasted` is for how many seconds the line held that has just ended."""
        if trouble.slug in ("not-permitted", "token-refused"):
            return jittered(REFUSED)
        if lasted > SOUND:
            self._waits = doubling(FIRST, LONGEST)
        return jittered(next(self._waits))


class Sender:
    """Of one station, from one outbox: what was saved under its code, and nothing else.

    One that `is_former` speaks for a code that this PC had before: it sends what waits under it and tells no condition.
    """

    def __init__(
        self,
        station: str,
        outbox: Outbox,
        pictures: Pictures,
        notes: Notes,
        connect: Connect,
        is_former: bool = False,
    ) -> None:
        self._is_former = is_former
        self._station = station
        self._outbox = outbox
        self._pictures = pictures
        self._notes = notes
        self._connect = connect
        self._woken = asyncio.Event()
        self.decided = asyncio.Event()
        self.condition = Condition()

    @property
    def station(self) -> str:
        """Under whose code it sends."""
        return self._station

    def wake(self) -> None:
        """Something was saved just now."""
        self._woken.set()

    async def run(self) -> None:
        """Until it is cancelled."""
        patience, loop = Patience(), asyncio.get_running_loop()
        while True:
            since = loop.time()
            trouble = await self._session()
            log.warning("line: %s %s", trouble.slug, trouble.detail)
            self.condition = Condition(trouble=trouble)
            await asyncio.sleep(patience.after(trouble, loop.time() - since))

    async def _session(self) -> Trouble:
        """One line from its making to its end, and why it ended."""
        try:
            async with line(self._connect) as one:
                await self._over(one)
        except Exception as error:
            trouble = explained(error)
            if trouble.slug == "unexpected":
                log.exception("unexpected")
            return trouble
        return Trouble("no-answer", "the connection was closed")

    async def _over(self, one: Line) -> None:
        """What goes over a line, until it is lost."""
        verdicts = Verdicts(one.client, self._outbox, self._pictures, self._station, self.decided)
        await verdicts.listen(f"verdict.{self._station}.*")
        self.condition = Condition(connected=True)
        working = [verdicts.noting(), self._delivering(one.client, verdicts)]
        if not self._is_former:
            working.append(Heartbeat(one.client, self._station, self._outbox, self._notes).beating())
        await first_to_end(self._lost(one), *working)

    async def _lost(self, one: Line) -> None:
        await one.lost.wait()
        if cause := one.client.last_error or one.said:
            raise cause

    async def _delivering(self, client: Client, verdicts: Verdicts) -> None:
        looked = datetime.now(UTC)
        await verdicts.look_up(looked)
        while True:
            try:
                await deliver(client, self._outbox, submitter=self._station)
                await send_pictures(client, self._outbox, self._pictures, submitter=self._station)
                self.condition = replace(self.condition, trouble=None)
            except SlowDown as no:
                self.condition = replace(self.condition, trouble=Trouble("county-busy", str(no)))
            if (now := datetime.now(UTC)) - looked > LOOK_UP:
                looked = now
                await verdicts.look_up(now - LOOK_UP / 2)
                self._sweep(now)
            await self._something_new()

    def _sweep(self, now: datetime) -> None:
        self._outbox.sweep(now)
        self._pictures.sweep(now)

    async def _something_new(self) -> None:
        try:
            async with asyncio.timeout(LOOK):
                await self._woken.wait()
        except TimeoutError:
            return
        self._woken.clear()


async def first_to_end(*working: Coroutine[Any, Any, None]) -> None:
    """Runs all until one ends; the others are ended with it, and what it failed by is raised."""
    tasks = [asyncio.create_task(one) for one in working]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in done:
        task.result()
