"""Where bus and database do not fit together, over HTTP: whoever runs the county reads it, and chooses to go on."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from fastapi import APIRouter, Request

from shared.asks.bus import answers
from shared.asks.moments import MOMENTS, MomentsApart, MomentsAsked
from shared.database.lease import chosen, standing_apart
from shared.identity.audit import AuditKind
from shared.identity.reading import RUNNING, SENT
from shared.pipeline.retelling import ask, how_far
from shared.process.running import Running
from shared.web.asking import Db
from shared.web.auditing import audited
from shared.web.challenge import Unproven
from shared.web.reading import reads
from shared.web.visit import Here, Visit

router = APIRouter(prefix="/api/moments")


@router.get("", summary="Subscriptions whose bus and database do not fit together", dependencies=[reads(RUNNING)])
async def apart(db: Db) -> dict[str, Any]:
    return {"apart": await standing_apart(db)}


@router.post(
    "", summary="Go on with the bus as it is (the county, HTTP Basic, code and token)", dependencies=[reads(SENT)]
)
async def go_on(request: Request, here: Here) -> dict[str, Any]:
    """From the beginning of what it holds: what is known is not decided again."""
    _must_be_the_county(here)
    found = await chosen(here.parts.db)
    if found:
        audited(request.scope, AuditKind.OPERATION, f"/{here.parts.service}/api/moments", ",".join(sorted(found)))
    return {"apart": found}


@router.get("/retelling", summary="How far facts are told again", dependencies=[reads(RUNNING)])
async def retelling(db: Db) -> dict[str, Any]:
    return await how_far(db)


@router.post(
    "/retelling", summary="Tell all facts again (the county, HTTP Basic, code and token)", dependencies=[reads(SENT)]
)
async def tell_again(request: Request, here: Here) -> dict[str, Any]:
    """Whoever lacks some hears them; whoever has heard them knows them."""
    _must_be_the_county(here)
    await ask(here.parts.db)
    audited(request.scope, AuditKind.OPERATION, f"/{here.parts.service}/api/moments/retelling", "asked")
    return await how_far(here.parts.db)


def _must_be_the_county(here: Visit) -> None:
    if here.who != here.parts.settings.county:
        raise Unproven("county-sign-in-needed")


async def _own(parts: Running, _: MomentsAsked) -> MomentsApart:
    return MomentsApart(apart=await standing_apart(parts.db))


def answers_moments(parts: Running) -> Coroutine[Any, Any, None]:
    """Tells the others, until it is cancelled."""
    return answers(parts, MOMENTS[parts.service], _own)
