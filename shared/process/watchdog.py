"""The watchdog of a process whose loops stand still, or whose bus is gone: it ends the process, to be started again."""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Sequence
from typing import Protocol

import structlog

from shared.bus.connection import Bus

FROZEN = 60
"""Seconds without a sign of life after which the process ends, to be started again."""
GONE = 120
"""Seconds without the bus after which it ends: the client may have stopped trying; a minute's outage is waited out."""

BEATS = 1.0

log = structlog.get_logger()


class Watched(Protocol):
    """Something that gives signs of life."""

    beaten: float

    @property
    def is_stopping(self) -> bool:
        """Told to stop."""


class AtWork(Watched, Protocol):
    """A loop of its own."""

    async def run(self) -> None:
        """Until it is told to stop."""

    def stop(self) -> None:
        """Finish what is in hand, take no more."""


class Beating:
    """A sign of life for the watchdog, from a loop that has no other."""

    def __init__(self) -> None:
        self.beaten = time.monotonic()
        self.is_stopping = False

    def beat(self) -> None:
        """Now."""
        self.beaten = time.monotonic()

    async def run(self) -> None:
        """Until it is cancelled."""
        while True:
            self.beat()
            await asyncio.sleep(BEATS)


def watch(consumers: Sequence[Watched], bus: Bus) -> threading.Thread:
    """Ends the process, from a thread, when a loop has not beaten for `FROZEN` or the bus been gone for `GONE`.

    Not once all have been told to stop: the bus is closed then because we close it.
    """

    def look() -> None:
        gone_since: float | None = None
        while True:
            time.sleep(1)
            if consumers and all(consumer.is_stopping for consumer in consumers):
                return
            now = time.monotonic()
            gone_since = None if bus.connected else (gone_since or now)
            silent = max((now - consumer.beaten for consumer in consumers), default=0.0)
            if bus.closed or silent > FROZEN or (gone_since and now - gone_since > GONE):
                log.critical("frozen", silent=round(silent), bus_gone=gone_since is not None)
                os._exit(70)

    thread = threading.Thread(target=look, name="watchdog", daemon=True)
    thread.start()
    return thread
