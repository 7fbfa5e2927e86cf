"""What those who run a service read of it, at its own port: metrics, and the description of its API."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from shared.identity.reading import MONITORING
from shared.web.asking import Parts
from shared.web.reading import reads

router = APIRouter(dependencies=[reads(MONITORING)])


@router.get("/metrics", summary="Prometheus")
async def metrics(parts: Parts) -> Response:
    if parts.looks is not None:
        await parts.looks.take()
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


@router.get("/api/openapi.json", include_in_schema=False)
async def described(request: Request) -> dict[str, Any]:
    """As generated from the routes."""
    found: dict[str, Any] = request.app.openapi()
    return found
