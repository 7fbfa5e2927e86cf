"""What inspection answers; a module for each subject."""

from __future__ import annotations

from fastapi import FastAPI

from services.inspection.desk import PAGES, desk
from services.inspection.web import excellence, patrols, photos, rectifications, stations
from shared.error_pages import answer_errors
from shared.service import Running
from shared.signing_in import remember_who_asks, signing_in
from shared.web import common_routes


def pages(app: FastAPI, parts: Running) -> None:
    """Everything under /inspection."""
    answer_errors(app, PAGES)
    remember_who_asks(app, parts)
    app.include_router(common_routes(parts))
    app.include_router(signing_in(parts, PAGES))
    app.include_router(desk(parts, parts.roster))
    app.include_router(patrols.api(parts, parts.roster))
    app.include_router(photos.api(parts, parts.roster))
    app.include_router(rectifications.api(parts, parts.roster))
    app.include_router(stations.api(parts))
    app.include_router(excellence.api(parts))
