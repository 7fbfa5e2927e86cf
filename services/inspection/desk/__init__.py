"""The pages of inspection; a module for each subject."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from services.inspection.desk import excellence, incidents, patrol, patrols, rectifications, stations, supervision
from services.inspection.desk.places import PAGES
from shared.known_roster import KnownRoster
from shared.service import Running


def desk(parts: Running, roster: KnownRoster) -> APIRouter:
    """Every page under /inspection."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    router.include_router(PAGES.static_routes())
    router.include_router(stations.pages(parts, roster))
    router.include_router(patrols.pages(parts, roster))
    router.include_router(patrol.pages(parts, roster))
    router.include_router(excellence.pages(parts, roster))
    router.include_router(incidents.pages(parts, roster))
    router.include_router(supervision.pages(parts, roster))
    router.include_router(rectifications.pages(parts, roster))
    return router


__all__ = ["PAGES", "desk"]
