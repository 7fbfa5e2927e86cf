"""What inspection answers; a module for each subject."""

from __future__ import annotations

from fastapi import FastAPI

from services.inspection.desk import PAGES, desk
from services.inspection.excellence import api as excellence
from services.inspection.patrols import api as patrols
from services.inspection.patrols import evidence_api as photos
from services.inspection.rectifications import api as rectifications
from services.inspection.stations import api as stations
from shared.pages.error_pages import answer_errors
from shared.process.running import Running
from shared.web.signing_in import remember_who_asks, signing_in
from shared.web.submissions import common_routes


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
