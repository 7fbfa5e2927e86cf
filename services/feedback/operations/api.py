"""What feedback answers to its administrators' programs: dead letters, driven again and closed by the county alone."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from shared.events.vocabulary import Statement
from shared.identity.acting import acting_in
from shared.identity.reading import RUNNING, SENT
from shared.identity.rights import Job, may
from shared.pipeline.dead_letters import LetterState, close, dead_letter_at, dead_letters, drive_again
from shared.web.asking import County, Parts, Viewer
from shared.web.challenge import Unproven
from shared.web.parameters import AfterMessage, MessageInPath
from shared.web.reading import NotYours, reads

router = APIRouter(prefix="/feedback/api")


class Closing(BaseModel):
    """Why nothing more is done."""

    reason: Statement


@router.get(
    "/dead-letters",
    summary="What could not be decided, why, and what became of it; by state or all",
    dependencies=[reads(RUNNING)],
)
async def listed_letters(
    parts: Parts,
    state: LetterState | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    after: AfterMessage = 0,
) -> dict[str, Any]:
    return await dead_letters(parts.bus, limit, after, state)


@router.post(
    "/dead-letters/{sequence}/again",
    summary="Drive a dead letter again (the county, HTTP Basic, code and token)",
    dependencies=[reads(SENT)],
)
async def again(request: Request, parts: Parts, county: County, who: Viewer, sequence: MessageInPath) -> JSONResponse:
    _only_the_county(request, who, county)
    subject = await drive_again(parts.bus, sequence)
    if subject is None:
        raise HTTPException(404)
    return JSONResponse({"driven": sequence, "subject": subject})


@router.post(
    "/dead-letters/{sequence}/close",
    summary="Close a dead letter that waits, with the reason (the county, HTTP Basic, code and token)",
    dependencies=[reads(SENT)],
)
async def closing(
    request: Request, parts: Parts, county: County, who: Viewer, sequence: MessageInPath, asked: Closing
) -> JSONResponse:
    _only_the_county(request, who, county)
    await close(parts.bus, sequence, county, asked.reason)
    found = await dead_letter_at(parts.bus, sequence)
    if found is None:
        raise HTTPException(404)
    return JSONResponse(found, 200 if found["state"] == LetterState.CLOSED else 409)


def _only_the_county(request: Request, who: str | None, county: str) -> None:
    """Of persons signed in for it those whose post that is."""
    if who != county:
        raise Unproven("county-sign-in-needed")
    if not may(acting_in(request.scope), Job.OPERATE):
        raise NotYours("not-your-posts")
