"""What the green channel answers: cases, services, the limits it goes by."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, FastAPI

from services.greenchannel.desk import PAGES, desk
from services.greenchannel.model import Case, GreenService, ProcessLimits
from shared.database.lists import MOST, listed
from shared.pages.error_pages import answer_errors
from shared.process.running import Running
from shared.web.signing_in import remember_who_asks, signing_in
from shared.web.submissions import common_routes


def pages(app: FastAPI, parts: Running) -> None:
    """Everything under /greenchannel."""
    answer_errors(app, PAGES)
    remember_who_asks(app, parts)
    app.include_router(common_routes(parts))
    app.include_router(signing_in(parts, PAGES))
    app.include_router(desk(parts, parts.roster))
    app.include_router(_api(parts))


def _api(parts: Running) -> APIRouter:
    router, db = APIRouter(prefix="/greenchannel/api"), parts.db

    @router.get("/cases", summary="Cases; open=true for those not completed")
    async def cases(open: bool | None = None, limit: int = 200, after: str | None = None) -> dict[str, Any]:
        wanted = {} if open is None else {"completed": None if open else {"$ne": None}}
        return await listed(db, Case.collection, wanted, limit, after)

    @router.get("/services", summary="Green-channel services given")
    async def services(
        client: str | None = None, organisation: str | None = None, limit: int = 200, after: str | None = None
    ) -> dict[str, Any]:
        asked = {"client": client, "organisation": organisation}
        wanted = {name: value for name, value in asked.items() if value is not None}
        return await listed(db, GreenService.collection, wanted, limit, after)

    @router.get("/processes", summary="Process limits as followed from the service guide")
    async def processes() -> dict[str, Any]:
        return await listed(db, ProcessLimits.collection, {}, MOST)

    return router
