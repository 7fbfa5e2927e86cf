"""What those who run a service read of it, of both its processes together: alive, ready, and at its own port metrics.

Beside them the description of its API.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from shared.identity.reading import MONITORING, PUBLIC
from shared.process.condition import DECIDING, NotDeciding
from shared.process.counted import page
from shared.web.asking import Parts
from shared.web.reading import is_brought, reads

router = APIRouter()
STANDS_STILL = "not deciding\n"


@router.get("/healthz", summary="Alive", dependencies=[reads(PUBLIC)])
async def healthz(parts: Parts) -> PlainTextResponse:
    try:
        if parts.decider is not None:
            await parts.decider.alive()
    except NotDeciding:
        return PlainTextResponse(STANDS_STILL, 503)
    return PlainTextResponse("ok\n")


@router.get("/readyz", summary="Bus and database answer", dependencies=[reads(PUBLIC)])
async def readyz(request: Request, parts: Parts) -> JSONResponse:
    """What is away is said at the service's own port, and not to whom the gateway brings."""
    try:
        answers = await parts.ready()
    except NotDeciding:
        answers = {DECIDING: False}
    is_ready = all(answers.values())
    said = {"ready": is_ready} if is_brought(request) else answers
    return JSONResponse(said, status_code=200 if is_ready else 503)


@router.get("/metrics", summary="Prometheus", dependencies=[reads(MONITORING)])
async def metrics(parts: Parts) -> Response:
    try:
        theirs = await parts.decider.counted() if parts.decider is not None else []
    except NotDeciding:
        return PlainTextResponse(STANDS_STILL, 503)
    if parts.looks is not None:
        await parts.looks.take()
    return Response(generate_latest(page(theirs)), media_type=CONTENT_TYPE_LATEST)


@router.get("/api/openapi.json", include_in_schema=False, dependencies=[reads(MONITORING)])
async def described(request: Request) -> dict[str, Any]:
    """As generated from the routes."""
    found: dict[str, Any] = request.app.openapi()
    return found
