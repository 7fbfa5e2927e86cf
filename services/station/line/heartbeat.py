"""Every half minute the county hears that this station is there and what waits here; its answer tells the time."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

import nats.errors
from nats.aio.client import Client

from services.station.outbox.notes import CLOCK, CONTACT, Notes
from services.station.outbox.outbox import Outbox
from services.station.outbox.rows import State
from shared.bus.requests import request
from shared.calendar import CHINA

EVERY = 30.0
ANSWER = 5.0
LEAST = 1.0
"""Seconds: a smaller difference of clocks is the way of the message."""


def own_version() -> str:
    """As it was installed; a source tree that was not installed has none."""
    try:
        return version("lianban")
    except PackageNotFoundError:
        return "0"


class Heartbeat:
    """Told on a connection for as long as that stands."""

    def __init__(self, client: Client, station: str, outbox: Outbox, notes: Notes) -> None:
        self._client = client
        self._subject = f"heartbeat.{station}"
        self._station = station
        self._outbox = outbox
        self._notes = notes
        self._version = own_version()

    async def beating(self) -> None:
        """A county that does not answer heartbeats still takes submissions."""
        while True:
            with suppress(TimeoutError, nats.errors.NoRespondersError, ValueError, KeyError):
                await self.beat()
            await asyncio.sleep(EVERY)

    async def beat(self) -> None:
        """Tells how things are, and notes contact and clock by the answer."""
        sent = datetime.now(UTC)
        answer = await request(self._client, self._subject, self._condition(sent), ANSWER)
        heard = datetime.now(UTC)
        there = datetime.fromisoformat(json.loads(answer.data)["time"])
        offset = (there - (sent + (heard - sent) / 2)).total_seconds()
        self._notes.keep(CONTACT, True, heard)
        self._notes.keep(CLOCK, offset if abs(offset) >= LEAST else 0.0, heard)

    def _condition(self, now: datetime) -> bytes:
        oldest = self._outbox.oldest_pending(self._station)
        condition = {
            "waiting": self._outbox.counts(self._station)[State.PENDING],
            "oldest": oldest.astimezone(CHINA).isoformat() if oldest else None,
            "version": self._version,
            "clock": now.astimezone(CHINA).isoformat(),
        }
        return json.dumps(condition).encode()
