"""A photo sent ahead while its form is still filled in: a line that drops costs one photo, not the form."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from services.inspection.photos.sending import UPLOAD, send_photos
from shared.events.inspection import ReplacePhoto
from shared.identity.acting import acting_in
from shared.identity.no_right import no_right
from shared.identity.reading import SENT
from shared.identity.rights import Job, may
from shared.web.asking import Parts, Viewer
from shared.web.posted import posted
from shared.web.reading import reads

PHOTOGRAPHED = (Job.PATROL, Job.REPLY)
"""What is reported with photos: patrols, and what was put right."""
router = APIRouter()


@router.post(UPLOAD, dependencies=[reads(SENT)])
async def upload(request: Request, parts: Parts, who: Viewer) -> JSONResponse:
    """Its digest, or why it was not taken; whoever is not signed in any more sends it with the form."""
    if who is None:
        return JSONResponse({}, 401)
    acting = acting_in(request.scope)
    if acting and not any(may(acting, work) for work in PHOTOGRAPHED):
        return JSONResponse({"why": no_right(acting, ReplacePhoto.type, parts.roster.last_standing(who))["zh"]}, 403)
    async with posted(request) as sent:
        digests, refusals = await send_photos(parts, who, sent.chosen[:1])
    if not digests and not parts.bus.connected:
        return JSONResponse({}, 503)
    return JSONResponse({"photo": digests[0]} if digests else {"why": "".join(refusals)}, 200 if digests else 422)
