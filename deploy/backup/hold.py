"""A county stands still for a moment: nothing is decided, everything decided is told, everything told is followed.

Stations, pages and the clock go on submitting, for the bus takes it; who looks at pages notices nothing. Services hold
still by their leases (`shared/database/lease.py`) and go on by themselves if this program dies.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from functools import partial
from secrets import token_hex

from pymongo.errors import PyMongoError

from deploy.embedded.trouble import Trouble
from shared.bus.connection import Bus
from shared.bus.draining import acknowledged, is_drained
from shared.bus.streams import CONSUMERS, FACTS, Subscription
from shared.database.lease import Lease, hold_back, hold_longer, let_go, standing_apart
from shared.database.mongo import Database

LASTS_MS = 20_000
"""A hold that nobody prolongs any more is over then."""
PROLONGED_EVERY = 5.0
PATIENCE = 60.0
"""Seconds in which everything must stand still; what was held goes on then, and nothing is saved."""
LOOK = 0.02
FOLLOWED = tuple(one for one in CONSUMERS if one.stream == FACTS.name)
OTHERS = tuple(one for one in CONSUMERS if one.stream != FACTS.name)
APART = "{}：总线与数据库不是同一时刻的数据，没有备份；请先执行 make adopt。 Bus and database do not fit together: {}"
NOT_HELD = (
    "{}的服务尚未启动，或者另一个备份正在进行，没有备份；请稍后重试。 It does not run, or is being saved already."
)
BUSY = "{:.0f}秒内没有办理完毕（{}），没有备份，各服务已继续办理；请稍后重试。 It did not come to rest in time."
LOST = "备份期间连接中断，暂停办理已自动解除，没有备份；请重试。 The hold was over before everything was saved."


class Hold:
    """What is held: of each service's database, by one name."""

    def __init__(self, databases: Mapping[str, Database], bus: Bus) -> None:
        self._databases, self._bus = databases, bus
        self._by = f"backup-{token_hex(4)}"
        self._held: list[Subscription] = []

    async def take(self, subscriptions: Sequence[Subscription]) -> None:
        """None of them commits anything from now on; `Trouble` where one cannot be held."""
        for service, db in self._databases.items():
            own = [one for one in subscriptions if one.name.startswith(f"{service}-")]
            self._held += own
            if not await hold_back(db, [one.name for one in own], self._by, LASTS_MS):
                raise Trouble(NOT_HELD.format(service))

    async def prolong(self) -> int:
        """How many are held still: one whose hold was over may have been decided for meanwhile."""
        return sum([await hold_longer(db, self._by, LASTS_MS) for db in self._databases.values()])

    async def has_lasted(self) -> None:
        """`Trouble` where it has not, all the time."""
        if await self.prolong() != len(self._held):
            raise Trouble(LOST)

    async def have_published(self, subscriptions: Sequence[Subscription]) -> None:
        """What they have committed is told and acknowledged."""
        for one in subscriptions:
            await _until(one.name, partial(self._has_published, one))

    async def have_followed(self) -> None:
        """Whoever follows others' facts has all there are."""
        for one in FOLLOWED:
            await _until(one.name, partial(is_drained, self._bus, one))

    async def _has_published(self, one: Subscription) -> bool:
        db = next(db for service, db in self._databases.items() if one.name.startswith(f"{service}-"))
        place = (await Lease(db, one.name, self._by).kept()).place
        return place is None or await acknowledged(self._bus, one) >= place.sequence

    async def let_go(self) -> None:
        """All goes on."""
        for db in self._databases.values():
            await let_go(db, self._by)


async def _until(name: str, true: Callable[[], Awaitable[bool]]) -> None:
    until = time.monotonic() + PATIENCE
    while not await true():
        if time.monotonic() > until:
            raise Trouble(BUSY.format(PATIENCE, name))
        await asyncio.sleep(LOOK)


@asynccontextmanager
async def standing_still(databases: Mapping[str, Database], bus: Bus) -> AsyncIterator[Hold]:
    """Bus and database are of one moment, and stay so until the block is left.

    What decides is held first: then followers come to an end of what they follow.
    """
    for db in databases.values():
        for name, why in (await standing_apart(db)).items():
            raise Trouble(APART.format(name, why))
    hold = Hold(databases, bus)
    prolonging = asyncio.create_task(_prolong(hold))
    try:
        await hold.take(OTHERS)
        await hold.have_published(OTHERS)
        await hold.have_followed()
        await hold.take(FOLLOWED)
        await hold.have_published(FOLLOWED)
        yield hold
        await hold.has_lasted()
    finally:
        prolonging.cancel()
        await hold.let_go()


async def _prolong(hold: Hold) -> None:
    """While the block lasts; what came too late, or not at all, is noticed at its end."""
    while True:
        await asyncio.sleep(PROLONGED_EVERY)
        with suppress(PyMongoError):
            await hold.prolong()
