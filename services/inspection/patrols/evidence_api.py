"""What inspection answers of photos: the pixels, to those who may see them."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from services.inspection.patrols.evidence import may_look
from services.inspection.photos import store
from services.inspection.photos.album import album_of
from shared.database.mongo import Database
from shared.events.refusals import reason
from shared.identity.reading import PLACES
from shared.web.asking import Parts
from shared.web.parameters import CodeInPath, DigestInPath
from shared.web.reading import Reads, reads

PRIVATE = {
    "Cache-Control": "no-store",
    "Vary": "Authorization, Cookie",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""With every photo: kept by nobody, embedded by nobody else."""


router = APIRouter(prefix="/inspection/api")


@router.get(
    "/photos/{station}/{sha256}",
    summary="A photo as JPEG without metadata, for those who may see it",
    dependencies=[reads(PLACES)],
)
async def photo(
    parts: Parts,
    reading: Reads,
    station: CodeInPath,
    sha256: DigestInPath,
    size: Literal["whole", "thumb"] = "whole",
) -> Response:
    db = parts.db
    if not await may_look(db, reading, station, sha256):
        return _no(403, reason("photo-not-yours"))
    id = f"{station}/{sha256}"
    found = await store.rendition(db, album_of(parts), id, "thumb" if size == "thumb" else "shown")
    if found is None:
        return await _not_there(db, id)
    return Response(found, media_type="image/jpeg", headers=PRIVATE)


async def _not_there(db: Database, id: str) -> JSONResponse:
    entry = (await store.entries(db, [id])).get(id)
    if entry is None:
        return _no(404, (await store.refused(db, [id])).get(id) or reason("photo-not-there"))
    if how := entry.cleared:
        return _no(410, reason("photo-cleared", years=how.years, day=how.on))
    return _no(404, reason("photo-not-restored"))


def _no(status: int, why: dict[str, str]) -> JSONResponse:
    return JSONResponse({"reasons": [why]}, status, headers={"Cache-Control": "no-store"})
