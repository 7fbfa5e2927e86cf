"""What the green channel answers: cases, services, the limits it goes by."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, FastAPI

from services.greenchannel import case_list, case_page, desk, own_desk, service_list, todo
from services.greenchannel.finding import found
from services.greenchannel.form import REWRITINGS
from services.greenchannel.handlers import HANDLERS
from services.greenchannel.model import Case, GreenService, ProcessLimits
from services.greenchannel.places import PAGES
from shared.database.documents import COUNTS
from shared.database.lists import MOST, listed
from shared.identity.reading import PERSONS, PUBLIC
from shared.process.running import Running
from shared.web.answering import answer
from shared.web.asking import Db
from shared.web.parameters import LimitAsked
from shared.web.reading import Reads, reads
from shared.web.records.correctable import Correctable

CORRECTABLE = Correctable(HANDLERS, REWRITINGS)
router = APIRouter(prefix="/greenchannel/api")


@router.get("/cases", summary="Cases; open=true for those not completed", dependencies=[reads(PERSONS)])
async def cases(
    db: Db, reading: Reads, open: bool | None = None, limit: LimitAsked = 200, after: str | None = None
) -> dict[str, Any]:
    wanted = {} if open is None else {"completed": None if open else {"$ne": None}}
    return await listed(db, Case.collection, {**wanted, **reading.filter(PERSONS), **COUNTS}, limit, after)


@router.get("/services", summary="Green-channel services given", dependencies=[reads(PERSONS)])
async def services(
    db: Db,
    reading: Reads,
    client: str | None = None,
    organisation: str | None = None,
    limit: LimitAsked = 200,
    after: str | None = None,
) -> dict[str, Any]:
    wanted = reading.filter(PERSONS, organisation) | ({"client": client} if client is not None else {})
    return await listed(db, GreenService.collection, {**wanted, **COUNTS}, limit, after)


@router.get("/processes", summary="Process limits as followed from the service guide", dependencies=[reads(PUBLIC)])
async def processes(db: Db, limit: LimitAsked = MOST, after: str | None = None) -> dict[str, Any]:
    return await listed(db, ProcessLimits.collection, {}, limit, after)


def pages(app: FastAPI, parts: Running) -> None:
    """Everything under /greenchannel."""
    shown = [one.router for one in (desk, case_list, case_page, service_list)]
    api = [router, own_desk.router]
    answer(app, parts, PAGES, desk=shown, api=api, correctable=CORRECTABLE, tasks=todo.TASKS, searches=found)
