"""The verdict on a submission, for its submitter and those above; a program asks with the token with which it sent."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse

from shared.bus.verdicts import verdict_on
from shared.events.envelope import IS_CODE, IS_UUID
from shared.events.verdict import for_others
from shared.identity.reading import OWN, SENT
from shared.web.asking import Parts
from shared.web.reading import Reads, reads
from shared.web.signing_in import is_token

router = APIRouter()


@router.get(
    "/api/verdicts/{submitter}/{submission}",
    summary="The verdict on a submission, with its submitter's token (Bearer) or for whoever may read its records",
    dependencies=[reads(SENT)],
)
async def verdict(request: Request, parts: Parts, reading: Reads, submitter: str, submission: str) -> JSONResponse:
    if not IS_CODE(submitter) or not IS_UUID(submission):
        raise HTTPException(404)
    is_own = await is_token(parts, submitter, request.headers.get("authorization", ""))
    if not is_own:
        reading.must(OWN, submitter)
    found = await verdict_on(parts.bus, submitter, submission)
    if found is None:
        return JSONResponse({"verdict": "pending"}, 202)
    return JSONResponse(found if is_own or reading.reader.code == submitter else for_others(found))
