"""An agent in this process, in domain words: it saves patrols and services, and sends while a block lasts."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from services.station.commands.running import put_together
from services.station.folder import Folder, Hub
from services.station.outbox.drafts import Draft, draft
from services.station.outbox.outbox import Outbox
from services.station.outbox.rows import Saved, State
from services.station.page.parts import Parts
from shared.events import Submission
from shared.events.greenchannel import RecordGreenService
from shared.events.vocabulary import ClientGroup, ServiceMode
from tests.submitters import A_MONDAY, station

STATION = station.code
NOWHERE = "http://127.0.0.1:1"
PATIENCE = 120.0


def a_service(persons: int = 1) -> Submission:
    """A green-channel service, which any station may record."""
    return RecordGreenService(client=ClientGroup.VULNERABLE, mode=ServiceMode.AGENCY, persons=persons)


def drafts(count: int, at: datetime = A_MONDAY, about: str = STATION) -> list[Draft]:
    """So many services, told apart by their persons and, beyond what one service may be of, by the second."""
    twenties = (divmod(n, 20) for n in range(count))
    return [draft(a_service(few + 1), STATION, about, at + timedelta(seconds=more)) for more, few in twenties]


@dataclass(frozen=True)
class Agent:
    """One agent over its folder."""

    folder: Folder
    parts: Parts

    @classmethod
    def enrolled(cls, folder: Folder, bus: Sequence[str], url: str = NOWHERE) -> Agent:
        """As enrolment leaves it, on a bus without keys."""
        hub = Hub(STATION, "测试村", url, tuple(bus), "token")
        folder.keep_hub(hub)
        return cls(folder, put_together(folder, hub, Outbox(folder.outbox)))

    @property
    def outbox(self) -> Outbox:
        return self.parts.outbox

    def saves(self, *made: Draft) -> list[str]:
        """The ids of what is now in the outbox."""
        self.outbox.save(made, A_MONDAY)
        self.parts.sender.wake()
        return [one.id for one in made]

    def row(self, id: str) -> Saved:
        """What the outbox says of it."""
        row = self.outbox.one(id)
        assert row is not None
        return row

    @asynccontextmanager
    async def sending(self) -> AsyncIterator[None]:
        """The sender works, until the block is left."""
        task = asyncio.create_task(self.parts.sender.run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def all_decided(self) -> None:
        """Nothing is pending or without a verdict."""
        await until(lambda: not self.open())

    def open(self) -> int:
        """How many are on their way."""
        counts = self.outbox.counts()
        return counts[State.PENDING] + counts[State.DELIVERED]

    def close(self) -> None:
        """The file is closed."""
        self.outbox.close()


@contextmanager
def room_of(disk: Path, room: int) -> Iterator[None]:
    """No more than so many bytes of the disk are free when the block begins."""
    filler, left = disk / "filler", os.statvfs(disk)
    filler.write_bytes(b"0" * (left.f_bavail * left.f_frsize - room))
    yield
    filler.unlink()


async def until(is_so: Callable[[], object], patience: float = PATIENCE) -> None:
    """Returns when it is so."""
    async with asyncio.timeout(patience):
        while not is_so():
            await asyncio.sleep(0.02)
