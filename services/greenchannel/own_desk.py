"""What a station's PC needs of the green channel for its day's work: the cases that are open and its to complete."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from services.greenchannel.channels import DUE_FIRST
from services.greenchannel.model import Case
from shared.database.documents import COUNTS
from shared.database.kept import page_of_documents
from shared.database.mongo import Database
from shared.identity.reading import OWN
from shared.roster.organisations import Roster
from shared.web.asking import Asker, Db, RosterNow, Today
from shared.web.reading import reads

MOST = 500
"""Cases that are told, those due first; whoever has more open completes those before the others."""
SHOWN = {"organisation", "process", "opened", "due", "provisional", "standard"}
"""The standard is the most that may be charged, in fen."""
router = APIRouter(prefix="/greenchannel/api")


@router.get(
    "/desk",
    summary="Open cases of the organisation that asks (HTTP Basic, code and token)",
    dependencies=[reads(OWN)],
)
async def desk(who: Asker, db: Db, roster: RosterNow, today: Today) -> JSONResponse:
    return JSONResponse({"cases": [_open(one) for one in await _open_cases(db, roster, who, today)]})


async def _open_cases(db: Database, roster: Roster, who: str, day: date) -> Sequence[Case]:
    """Its own, and those of organisations that have ended for which it answers."""
    whose = [who, *roster.answers_for(who, day)]
    open_now = {"organisation": {"$in": whose}, "completed": None, **COUNTS}
    return (await page_of_documents(db, Case, open_now, DUE_FIRST, 1, MOST))[0]


def _open(case: Case) -> dict[str, Any]:
    said = case.model_dump(mode="json", include=SHOWN)
    return {"case": case.id.rsplit("/", 1)[1], **said}
