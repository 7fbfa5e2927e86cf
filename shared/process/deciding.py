"""The process of a service that decides: loops and clock in one event loop, on FastStream's connection."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Sequence
from functools import partial
from typing import Any, NamedTuple

import structlog

from shared.database.alive import gives_signs
from shared.database.lease import Lease
from shared.database.mongo import is_no_entry
from shared.identity.access import NoEntry
from shared.patience import again
from shared.pipeline.consumer import Consumer
from shared.pipeline.loops import Loop, PipelineKind
from shared.pipeline.pipeline import Pipeline
from shared.pipeline.retelling import Retelling
from shared.process import condition
from shared.process.config import Settings
from shared.process.keeping import Keeper
from shared.process.log import tell
from shared.process.metrics import StepClock, count, tell_build
from shared.process.parts import Service
from shared.process.release import may_work_on
from shared.process.running import Running, running
from shared.process.tracing import kind_of, tracing
from shared.process.watchdog import AtWork, Beating, watch
from shared.process.whose import own_bus, own_databases
from shared.roster.feed import RosterFeed

log = structlog.get_logger()
PATIENCE = 10.0
"""Seconds in which what is in hand is finished."""


def consumers(running: Running, loops: Sequence[Loop], kind: PipelineKind = Pipeline) -> list[Consumer]:
    """The loops at work; they share one roster, for it is large."""
    feed = loops[0].feed(running.db, running.bus)
    return [_consumer(running, loop, feed, kind) for loop in loops]


def _consumer(running: Running, loop: Loop, feed: RosterFeed, kind: PipelineKind) -> Consumer:
    lease = Lease(running.db, loop.of.name, running.settings.instance, running.settings.lease_ms)
    pipeline = loop.pipeline(running.db, running.bus, feed, lease, kind)
    pipeline.step = StepClock(running.service)
    pipeline.count = partial(count, running.service)
    pipeline.log = tell
    pipeline.allowed = running.settings.allowed
    return Consumer(pipeline, running.bus, loop.of, lease)


async def deciding(settings: Settings, service: Service, keeper: Keeper, door: socket.socket) -> int:
    """Runs until told to stop (0) or until a part has ended by itself (1): then the process is to be started anew.

    `AnotherCounty` before anything is decided on another's data, `LaterRelease` on what this one would misread.
    """
    tell_build(service.name)
    async with running(settings, service.name) as parts, tracing(settings, service.name, "deciding") as spans:
        ends = _ends(keeper)
        loops: list[AtWork] = []
        around: list[asyncio.Task[Any]] = [asyncio.create_task(condition.tell(door, parts.reaches))]
        if await _are_its_own(parts, ends):
            loops += [*consumers(parts, service.loops, kind_of(spans)), *service.keeps(parts)]
            watch(loops, parts.bus)
            telling = Retelling(parts.db, parts.bus, service.name, settings.instance)
            signs = gives_signs(parts.db, settings.instance)
            beside = (signs, service.clock(parts), telling.run(), *service.beside(parts))
            around += [asyncio.create_task(one) for one in beside]
        return await _until_stopped(loops, around, keeper, ends)


class _Ends(NamedTuple):
    """What ends the process from outside: being told to stop, and the end of what answers."""

    stopped: asyncio.Task[Any]
    kept: asyncio.Task[int]


def _ends(keeper: Keeper) -> _Ends:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return _Ends(asyncio.create_task(stop.wait()), asyncio.create_task(keeper.ended()))


async def _are_its_own(parts: Running, ends: _Ends) -> bool:
    """Whether bus and database have said that they are; they may be away for as long as nothing ends the process."""
    sign = Beating()
    watch([sign], parts.bus)
    looking = asyncio.create_task(again(partial(_look, parts), sign.beat, "look whose bus and database are"))
    await asyncio.wait([looking, *ends], return_when=asyncio.FIRST_COMPLETED)
    sign.is_stopping = True
    if looking.done():
        looking.result()
        return True
    looking.cancel()
    return False


async def _look(parts: Running) -> None:
    try:
        await may_work_on([parts.db])
        await own_databases(parts.settings.county, [parts.db])
    except Exception as error:
        if is_no_entry(error):
            raise NoEntry("MONGO_URL: the database does not let its user in: name or password are wrong.") from error
        raise
    await own_bus(parts.settings.county, parts.bus)


async def _until_stopped(
    loops: Sequence[AtWork], around: Sequence[asyncio.Task[Any]], keeper: Keeper, ends: _Ends
) -> int:
    tasks: list[asyncio.Task[Any]] = [*(asyncio.create_task(one.run()) for one in loops), ends.kept]
    await asyncio.wait([ends.stopped, *tasks, *around], return_when=asyncio.FIRST_COMPLETED)
    for one in loops:
        one.stop()
    keeper.stop()
    await asyncio.wait(tasks, timeout=PATIENCE)
    for task in around:
        task.cancel()
    if ends.stopped.done():
        return 0
    _tell_failures([*tasks, *around])
    return ends.kept.result() or 1 if ends.kept.done() else 1


def _tell_failures(tasks: Sequence[asyncio.Task[Any]]) -> None:
    for task in tasks:
        if task.done() and not task.cancelled() and (error := task.exception()):
            log.critical("loop ended", exc_info=error)
