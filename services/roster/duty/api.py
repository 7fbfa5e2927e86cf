"""What the roster answers of turns: suggestions, and what holders did, each as it was recorded."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from services.roster.duty import reads as duty_reads
from services.roster.duty.model import Idea, TurnWork
from shared.database.documents import COUNTS
from shared.database.lists import listed
from shared.identity.reading import PUBLIC, SIGNED_IN
from shared.web.asking import County, Db
from shared.web.boards import asking
from shared.web.parameters import CodeAsked, LimitAsked, TurnAsked
from shared.web.reading import reads

router = APIRouter(prefix="/roster/api")


@router.get("/turns", summary="Duty turns with what was done in them", dependencies=[reads(PUBLIC)])
async def turns(db: Db, county: County) -> dict[str, Any]:
    return await duty_reads.turns(db, county)


@router.get("/ideas", summary="Suggestions, by turn and by who made them", dependencies=[reads(SIGNED_IN)])
async def ideas(
    db: Db,
    turn: TurnAsked | None = None,
    organisation: CodeAsked | None = None,
    limit: LimitAsked = 200,
    after: str | None = None,
) -> dict[str, Any]:
    return await listed(db, Idea.collection, {**COUNTS, **asking(turn=turn, organisation=organisation)}, limit, after)


@router.get("/turn-works", summary="What holders did in their turns, as recorded", dependencies=[reads(SIGNED_IN)])
async def turn_works(
    db: Db, turn: TurnAsked | None = None, limit: LimitAsked = 200, after: str | None = None
) -> dict[str, Any]:
    return await listed(db, TurnWork.collection, {**COUNTS, **asking(turn=turn)}, limit, after)
