"""A service process: FastStream's broker holds the connection, loops decide, FastAPI answers, all in one event loop.

`serve` is what every `services/<name>/app.py` ends in; what is built there is handed over, nothing is constructed
elsewhere.
"""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog
import uvicorn
import uvloop
from fastapi import FastAPI

from shared.database.lease import Lease
from shared.identity.access import NoEntry
from shared.identity.reading import WithoutRule
from shared.pipeline.consumer import Consumer
from shared.pipeline.loops import Loop, gaps
from shared.process import gauges
from shared.process.clock import Clock
from shared.process.config import Settings
from shared.process.gauges import Look
from shared.process.lines import ending
from shared.process.log import log_as_json, tell
from shared.process.metrics import StepClock, count, tell_build
from shared.process.running import Running, running
from shared.process.watchdog import watch
from shared.roster.feed import RosterFeed

log = structlog.get_logger()
YOUNG = 10_000
"""New objects after which garbage is looked for: about a batch's; a batch leaves few cycles behind."""
NOT_LET_IN = 78
"""The exit status when settings keep the process out of the bus (EX_CONFIG)."""
INCOMPLETE = 69
"""The exit status when something would reach the service that no handler decides, or be read without a rule
(EX_UNAVAILABLE)."""

KEPT_ALIVE = 75
"""Seconds for which an idle connection is kept: longer than the gateway does, or a form would be sent into its end."""


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
    return Consumer(pipeline, running.bus, loop.of, lease)


def nothing(parts: Running) -> Sequence[Any]:
    """A service need not have anything beside its loops, its pages and its clock."""
    return ()


@dataclass(frozen=True)
class Service:
    """What a service is put together from; each part is made from what a started process has."""

    name: str
    loops: Sequence[Loop]
    pages: Callable[[FastAPI, Running], None]
    clock: Callable[[Running], Coroutine[Any, Any, Any]]
    beside: Callable[[Running], Sequence[Coroutine[Any, Any, Any]]] = nothing
    """Tasks that decide nothing: cancelled at the end, as the clock is."""
    looks: Callable[[Running], Sequence[Look]] = nothing
    """What is looked up when Prometheus asks, beside how far its own consumers are."""
    keeps: Callable[[Running], Sequence[Consumer]] = nothing
    """Loops that take in what is no event."""


async def run(settings: Settings, service: Service) -> int:
    """Runs until told to stop (0) or until a loop has ended by itself (1): then the process is to be started anew."""
    async with running(settings, service.name) as parts:
        parts.consumers += [*consumers(parts, service.loops), *service.keeps(parts)]
        leave_alone_what_stays()
        watch(parts.consumers, parts.bus)
        common = [gauges.consumers(parts.bus, service.name), gauges.calendar(settings.live_from, parts.roster)]
        keeps_time = [service.clock.look(parts)] if isinstance(service.clock, Clock) else []
        parts.looks = gauges.Looks(service.name, [*common, *keeps_time, *service.looks(parts)])
        app = FastAPI(title=f"Lianban {service.name}", openapi_url=None)
        service.pages(app, parts)
        return await _until_stopped(parts, app, [service.clock(parts), *service.beside(parts)])


def leave_alone_what_stays() -> None:
    """Modules and schemas are never garbage: going through them over and over took a tenth of a busy service's time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)


async def _until_stopped(parts: Running, app: FastAPI, besides: Sequence[Coroutine[Any, Any, Any]]) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    server = _server(app, parts.settings)
    tasks = [asyncio.create_task(consumer.run()) for consumer in parts.consumers]
    around = [asyncio.create_task(server.serve()), *(asyncio.create_task(one) for one in besides)]
    stopped = asyncio.create_task(stop.wait())
    await asyncio.wait([stopped, *tasks, *around], return_when=asyncio.FIRST_COMPLETED)
    for consumer in parts.consumers:
        consumer.stop()
    server.should_exit = True
    await asyncio.wait([*tasks, around[0]], timeout=10)
    for one in around[1:]:
        one.cancel()
    return 0 if stopped.done() else _failed([*tasks, *around])


def _failed(tasks: Sequence[asyncio.Task[Any]]) -> int:
    for task in tasks:
        if task.done() and not task.cancelled() and (error := task.exception()):
            log.critical("loop ended", exc_info=error)
    return 1


class _Server(uvicorn.Server):
    """Signals are the process's own matter."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing is captured: `run` listens."""
        yield


def _server(app: FastAPI, settings: Settings) -> uvicorn.Server:
    config = uvicorn.Config(
        app,
        host=settings.http_host,
        port=settings.http_port,
        log_config=None,
        access_log=False,
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=5,
        timeout_keep_alive=KEPT_ALIVE,
    )
    return _Server(config)


def serve(settings: Settings, service: Service) -> None:
    """The process's main: ends it with the code of `run`, leaving nothing behind that could hold it."""
    log_as_json(service.name, settings.log_level)
    tell_build(service.name)
    code = _ended(settings, service)
    sys.stdout.flush()
    os._exit(code)


def _ended(settings: Settings, service: Service) -> int:
    if missing := "; ".join(gaps(service.name, service.loops)):
        return _not_started(service.name, missing, INCOMPLETE)
    try:
        return uvloop.run(run(settings, service))
    except NoEntry as why:
        return _not_started(service.name, str(why), NOT_LET_IN)
    except WithoutRule as why:
        return _not_started(service.name, str(why), INCOMPLETE)


def _not_started(service: str, why: str, status: int) -> int:
    print(ending(service, f"The service does not start: {why}"), file=sys.stderr, flush=True)
    return status
