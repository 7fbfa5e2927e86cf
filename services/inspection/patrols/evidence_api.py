"""What inspection answers of photos: the pixels, to those who may see them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Request
from fastapi.responses import JSONResponse, Response

from services.inspection.patrols.evidence import may_look
from services.inspection.photos import store
from shared.events.refusals import reason
from shared.events.vocabulary import CODE_PATTERN, SHA256_PATTERN
from shared.process.running import Running
from shared.roster.known import KnownRoster
from shared.web.signing_in import viewer

PRIVATE = {
    "Cache-Control": "private, max-age=3600",
    "Vary": "Authorization, Cookie",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""With every photo: kept by nobody on the way, embedded by nobody else."""
Station = Annotated[str, Path(pattern=CODE_PATTERN)]
Digest = Annotated[str, Path(pattern=SHA256_PATTERN)]


def api(parts: Running, roster: KnownRoster) -> APIRouter:
    """Photos."""
    router, db = APIRouter(prefix="/inspection/api"), parts.db

    @router.get("/photos/{station}/{sha256}", summary="A photo as JPEG without metadata, for those who may see it")
    async def photo(
        request: Request, station: Station, sha256: Digest, size: Literal["whole", "thumb"] = "whole"
    ) -> Response:
        code, now = viewer(request), datetime.now(UTC)
        if code is None:
            return _no(401, "not-signed-in", {"WWW-Authenticate": 'Basic realm="lianban", charset="UTF-8"'})
        if not await may_look(db, await roster.current(), code, station, sha256, now):
            return _no(403, "photo-not-yours")
        found = await store.rendition(db, f"{station}/{sha256}", "thumb" if size == "thumb" else "shown")
        return Response(found, media_type="image/jpeg", headers=PRIVATE) if found else _no(404, "photo-not-there")

    return router


def _no(status: int, slug: str, headers: dict[str, str] | None = None) -> JSONResponse:
    return JSONResponse({"reasons": [reason(slug)]}, status, headers={"Cache-Control": "no-store", **(headers or {})})
