"""The pages of inspection; a module for each subject."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from services.inspection.excellence import incident_pages as incidents
from services.inspection.excellence import pages as excellence
from services.inspection.patrols import on_the_spot as patrol
from services.inspection.patrols import pages as patrols
from services.inspection.places import PAGES
from services.inspection.rectifications import pages as rectifications
from services.inspection.stations import pages as stations
from services.inspection.supervision import pages as supervision
from shared.process.running import Running
from shared.roster.known import KnownRoster


def desk(parts: Running, roster: KnownRoster) -> APIRouter:
    """Every page under /inspection."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    router.include_router(stations.pages(parts, roster))
    router.include_router(patrols.pages(parts, roster))
    router.include_router(patrol.pages(parts, roster))
    router.include_router(excellence.pages(parts, roster))
    router.include_router(incidents.pages(parts, roster))
    router.include_router(supervision.pages(parts, roster))
    router.include_router(rectifications.pages(parts, roster))
    return router


__all__ = ["PAGES", "desk"]
