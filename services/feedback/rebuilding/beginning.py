"""A rebuild is begun by whoever runs the county, one at a time, and gone on with by a process of its own."""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from uuid import uuid4

import structlog
from pymongo.errors import DuplicateKeyError

from services.feedback.rebuilding.model import Rebuild
from shared.database.mongo import Database
from shared.patience import again
from shared.process.running import Running

log = structlog.get_logger()
LOOK_EVERY = 30.0
"""Seconds between two looks whether one stands still."""


async def begun(db: Database, county: str, by: str, person: str, now: datetime) -> Rebuild | None:
    """A new one; None while another runs."""
    one = Rebuild(id=str(uuid4()), county=county, by=by, person=person, begun=now, beat=now)
    with suppress(DuplicateKeyError):
        await db[Rebuild.collection].insert_one(one.to_store())
        return one
    return None


async def runs(db: Database, county: str) -> Rebuild | None:
    """The one that is under way."""
    raw = await db[Rebuild.collection].find_one({"county": county, "is_running": True})
    return Rebuild.stored(raw) if raw else None


class Workers:
    """The processes that go on with rebuilds: one at a time, ended with the one that started it."""

    def __init__(self, parts: Running) -> None:
        self._parts = parts
        self._process: asyncio.subprocess.Process | None = None

    async def start(self, of: Rebuild) -> None:
        """A process for it, unless one is at work here."""
        if self._process is not None and self._process.returncode is None:
            return
        command = ("-m", "services.feedback.rebuilding", of.id, str(os.getpid()))
        self._process = await asyncio.create_subprocess_exec(sys.executable, *command)
        log.info("rebuild goes on", rebuild=of.id)

    async def keep_going(self) -> None:
        """What stands still, for its process ended, is gone on with: after a restart of the service as well."""
        county = self._parts.settings.county
        while True:
            one = await again(lambda: runs(self._parts.db, county), _no_beat, "look for a rebuild")
            if one is not None and one.is_unheard(datetime.now(UTC)):
                await self.start(one)
            await asyncio.sleep(LOOK_EVERY)


def _no_beat() -> None:
    """Nobody watches: what waits for the database here keeps nobody waiting."""
