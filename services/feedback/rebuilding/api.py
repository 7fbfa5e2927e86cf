"""Rebuilds over HTTP: one is begun by the county alone, and how far it is is asked."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse

from services.feedback.rebuilding.model import Rebuild
from services.feedback.rebuilding.pages import AtWork, one_more
from shared.database.lists import listed, one
from shared.events.refusals import reason
from shared.identity.reading import RUNNING, SENT
from shared.web.asking import County, Db
from shared.web.challenge import Unproven
from shared.web.parameters import IdInPath, LimitAsked
from shared.web.reading import reads
from shared.web.visit import Here

router = APIRouter(prefix="/feedback/api/rebuilds")


@router.get("", summary="Rebuilds of figures from the ledger of facts, by id", dependencies=[reads(RUNNING)])
async def kept(db: Db, county: County, limit: LimitAsked = 200, after: str | None = None) -> dict[str, Any]:
    return await listed(db, Rebuild.collection, {"county": county}, limit, after)


@router.get("/{rebuild}", summary="How far one is, and what it put right", dependencies=[reads(RUNNING)])
async def rebuild(db: Db, county: County, rebuild: IdInPath) -> dict[str, Any]:
    found = await one(db, Rebuild.collection, rebuild)
    if found is None or found["county"] != county:
        raise HTTPException(404)
    return found


@router.post(
    "", summary="Begin one (the county, HTTP Basic, code and token)", response_model=None, dependencies=[reads(SENT)]
)
async def another(request: Request, here: Here, at_work: AtWork) -> JSONResponse:
    if here.who != here.parts.settings.county:
        raise Unproven("county-sign-in-needed")
    begun = await one_more(request, here, at_work)
    if begun is None:
        return JSONResponse({"reasons": [reason("rebuild-under-way")]}, 409)
    return JSONResponse({"rebuild": begun.id})
