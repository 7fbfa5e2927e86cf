"""The process of a service that answers over HTTP: pages, programs, what is monitored; and what computes at length.

It gives way to the one that decides, and is what the system ends first where memory is short.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import structlog
import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from shared.asks.published import answers_published
from shared.process import gauges
from shared.process.clock import Clock
from shared.process.condition import OtherProcess
from shared.process.config import Settings
from shared.process.parts import Service
from shared.process.running import Running, running
from shared.process.tracing import app_of, bus_of, tracing
from shared.process.watchdog import Beating, watch
from shared.todo.asking import tells
from shared.web.moments import answers_moments
from shared.web.surviving import Surviving
from shared.web.unread import CONNECTION, PIECE, Unread

log = structlog.get_logger()
KEPT_ALIVE = 75
"""Seconds for which an idle connection is kept: longer than the gateway does, or a form would be sent into its end."""
NICER = 5
EXPENDABLE = "500"
"""Of 1,000, when the system chooses what to end."""
BACKLOG = 2048


def listening(settings: Settings) -> socket.socket:
    """The port, taken before the process parts in two: while what answers is made anew, whoever comes waits."""
    family = socket.AF_INET6 if ":" in settings.http_host else socket.AF_INET
    one = socket.socket(family, socket.SOCK_STREAM)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, PIECE)
    one.bind((settings.http_host, settings.http_port))
    one.listen(BACKLOG)
    return one


async def answering(settings: Settings, service: Service, port: socket.socket, decider: OtherProcess) -> int:
    """Runs until told to stop (0) or until a part has ended by itself (1): then it is made anew."""
    structlog.contextvars.bind_contextvars(process="answering")
    _gives_way()
    what = "answering"
    async with running(settings, service.name, what) as parts, tracing(settings, service.name, what) as spans:
        parts.decider, parts.bus = decider, bus_of(spans, parts.bus)
        parts.looks = gauges.Looks(service.name, _looks(service, parts))
        beating = Beating()
        watch([beating], parts.bus)
        app = _application(service, parts)
        server = _server(app_of(spans, app), settings)
        around = [*service.checks(parts), beating.run(), tells(parts, app.state.todo)]
        around += [answers_moments(parts), answers_published(parts)]
        return await _until_stopped(server, port, beating, [asyncio.create_task(one) for one in around])


def _gives_way() -> None:
    os.nice(NICER)
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(EXPENDABLE)


def _looks(service: Service, parts: Running) -> Sequence[gauges.Look]:
    common = [
        gauges.readiness(parts.ready),
        gauges.members(parts.client),
        gauges.consumers(parts.bus, service.name),
        gauges.moments(parts.db, service.name),
        gauges.calendar(parts.settings.live_from, parts.roster),
    ]
    keeps_time = [service.clock.look(parts)] if isinstance(service.clock, Clock) else []
    return [*common, *keeps_time, *service.looks(parts)]


def _application(service: Service, parts: Running) -> FastAPI:
    app = FastAPI(title=f"Lianban {service.name}", openapi_url=None)
    service.pages(app, parts)
    return app


async def _until_stopped(
    server: uvicorn.Server, port: socket.socket, beating: Beating, around: Sequence[asyncio.Task[Any]]
) -> int:
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    serving, stopped = asyncio.create_task(server.serve([port])), asyncio.create_task(stop.wait())
    await asyncio.wait([stopped, serving, *around], return_when=asyncio.FIRST_COMPLETED)
    beating.is_stopping = server.should_exit = True
    await asyncio.wait([serving], timeout=10)
    for task in around:
        if task.done() and not task.cancelled() and (error := task.exception()):
            log.error("check ended", exc_info=error)
        task.cancel()
    return 0 if stopped.done() else 1


class _Server(uvicorn.Server):
    """Signals are the process's own matter."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Nothing is captured: `answering` listens."""
        yield


class _Protocol(H11Protocol):
    """A request knows its connection."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody has come."""
        super().connection_made(transport)
        self.app_state = {**self.app_state, CONNECTION: transport}


def _server(app: ASGIApp, settings: Settings) -> uvicorn.Server:
    config = uvicorn.Config(
        Unread(Surviving(app)),
        http=_Protocol,
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
