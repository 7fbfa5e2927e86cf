"""The process of a service that decides: loops and clock in one event loop, on FastStream's connection."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Sequence
from functools import partial
from typing import Any

import structlog

from shared.database.lease import Lease
from shared.pipeline.consumer import Consumer
from shared.pipeline.loops import Loop
from shared.process import condition
from shared.process.config import Settings
from shared.process.keeping import Keeper
from shared.process.log import tell
from shared.process.metrics import StepClock, count, tell_build
from shared.process.parts import Service
from shared.process.running import Running, running
from shared.process.watchdog import AtWork, watch
from shared.roster.feed import RosterFeed

log = structlog.get_logger()
PATIENCE = 10.0
"""Seconds in which what is in hand is finished."""


def consumers(running: Running, loops: Sequence[Loop]) -> list[Consumer]:
    """The loops at work; they share one roster, for it is large."""
    feed = loops[0].feed(running.db, running.bus)
    return [_consumer(running, loop, feed) for loop in loops]


def _consumer(running: Running, loop: Loop, feed: RosterFeed) -> Consumer:
    lease = Lease(running.db, loop.of.name, running.settings.instance, running.settings.lease_ms)
    pipeline = loop.pipeline(running.db, running.bus, feed, lease)
    pipeline.step = StepClock(running.service)
    pipeline.count = partial(count, running.service)
    pipeline.log = tell
    pipeline.allowed = running.settings.allowed
    return Consumer(pipeline, running.bus, loop.of, lease)


async def deciding(settings: Settings, service: Service, keeper: Keeper, door: socket.socket) -> int:
    """Runs until told to stop (0) or until a part has ended by itself (1): then the process is to be started anew."""
    tell_build(service.name)
    async with running(settings, service.name) as parts:
        loops: list[AtWork] = [*consumers(parts, service.loops), *service.keeps(parts)]
        watch(loops, parts.bus)
        around = [service.clock(parts), *service.beside(parts), condition.tell(door, parts.reaches)]
        return await _until_stopped(loops, [asyncio.create_task(one) for one in around], keeper)


async def _until_stopped(loops: Sequence[AtWork], around: Sequence[asyncio.Task[Any]], keeper: Keeper) -> int:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    kept = asyncio.create_task(keeper.ended())
    tasks: list[asyncio.Task[Any]] = [*(asyncio.create_task(one.run()) for one in loops), kept]
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait([stopped, *tasks, *around], return_when=asyncio.FIRST_COMPLETED)
    for one in loops:
        one.stop()
    keeper.stop()
    await asyncio.wait(tasks, timeout=PATIENCE)
    for task in around:
        task.cancel()
    if stopped.done():
        return 0
    _tell_failures([*tasks, *around])
    return kept.result() or 1 if kept.done() else 1


def _tell_failures(tasks: Sequence[asyncio.Task[Any]]) -> None:
    for task in tasks:
        if task.done() and not task.cancelled() and (error := task.exception()):
            log.critical("loop ended", exc_info=error)
