"""What inspection answers; a module for each subject."""

from __future__ import annotations

from fastapi import FastAPI

from services.inspection import desk, todo
from services.inspection.concerned import subject_of
from services.inspection.excellence import api as excellence
from services.inspection.finding import found
from services.inspection.handlers import HANDLERS
from services.inspection.patrols import api as patrols
from services.inspection.patrols import evidence_api as photos
from services.inspection.rectifications import api as rectifications
from services.inspection.rewriting import REWRITINGS
from services.inspection.stations import api as stations
from shared.process.running import Running
from shared.web.answering import answer
from shared.web.records.correctable import Correctable

ROUTERS = (patrols.router, photos.router, rectifications.router, stations.router, excellence.router)


def pages(app: FastAPI, parts: Running) -> None:
    """Everything under /inspection."""
    how = Correctable(HANDLERS, REWRITINGS, subject_of)
    answer(
        app,
        parts,
        desk.PAGES,
        desk=desk.ROUTERS,
        api=ROUTERS,
        correctable=how,
        tasks=todo.TASKS,
        searches=found,
    )
