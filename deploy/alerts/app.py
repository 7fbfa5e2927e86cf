"""What Alertmanager is given as its webhooks, and who runs it asks: alive, and metrics."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import httpx
import structlog
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from deploy.alerts.group import AlertGroup
from deploy.alerts.heart import Heart
from deploy.alerts.message import notice
from deploy.alerts.sending import Messenger
from deploy.alerts.settings import WAYS, AlertsSettings

log = structlog.get_logger()
MOST_BYTES = 4_000_000
"""A thousand alerts with all they say."""


def application(settings: AlertsSettings) -> Starlette:
    """For as long as it runs it also listens for the watchdog."""
    heart = Heart()

    @asynccontextmanager
    async def running(app: Starlette) -> AsyncIterator[None]:
        async with httpx.AsyncClient(follow_redirects=False) as client:
            app.state.sender = Messenger(settings.ways, client)
            listening = asyncio.create_task(heart.keep_listening(app.state.sender))
            log.info("relays", ways=[*settings.ways])
            yield
            listening.cancel()

    async def beat(request: Request) -> Response:
        heart.beat()
        return PlainTextResponse("ok\n")

    async def alive(request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def metrics(request: Request) -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    routes = [
        Route("/heartbeat", beat, methods=["POST"]),
        Route("/healthz", alive),
        Route("/metrics", metrics),
        *(Route(f"/{way}", partial(_relayed, settings, way), methods=["POST"]) for way in WAYS),
    ]
    return Starlette(routes=routes, lifespan=running)


async def _relayed(settings: AlertsSettings, way: str, request: Request) -> Response:
    """Refused (502) where it was not sent: Alertmanager tries again."""
    try:
        group = AlertGroup.model_validate_json(await _body(request))
    except ValidationError:
        return PlainTextResponse("this is no webhook of Alertmanager's\n", 400)
    sender: Messenger = request.app.state.sender
    why = await sender.send(way, notice(group, settings.places))
    return PlainTextResponse(f"{why or 'ok'}\n", 502 if why else 200)


async def _body(request: Request) -> bytes:
    """No more of it than there can be."""
    read = bytearray()
    async for piece in request.stream():
        read += piece
        if len(read) > MOST_BYTES:
            return b""
    return bytes(read)
