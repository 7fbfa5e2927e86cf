"""What programs read of assessments: lists of periods for the committee, units for those whom they concern."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from services.feedback.assessment.model import Assessed, Assessment, Veto
from services.feedback.assessment.pages import open_to
from shared.database.documents import COUNTS
from shared.database.lists import listed
from shared.identity.reading import COMMITTEE, REPORTS
from shared.web.asking import County, Db
from shared.web.boards import asking
from shared.web.parameters import CodeAsked, LimitAsked, PeriodAsked
from shared.web.reading import reads
from shared.web.visit import Here

router = APIRouter(prefix="/feedback/api")


@router.get(
    "/assessments", summary="Lists of assessed periods, and how they were approved", dependencies=[reads(COMMITTEE)]
)
async def assessments(
    db: Db, county: County, period: PeriodAsked | None = None, limit: LimitAsked = 200, after: str | None = None
) -> dict[str, Any]:
    return await listed(db, Assessment.collection, {"county": county, **asking(period=period)}, limit, after)


@router.get(
    "/assessed",
    summary="Units with their points term by term, place and grade, as far as whoever asks may read them",
    dependencies=[reads(REPORTS)],
)
async def assessed(
    here: Here,
    period: PeriodAsked | None = None,
    organisation: CodeAsked | None = None,
    limit: LimitAsked = 200,
    after: str | None = None,
) -> dict[str, Any]:
    wanted = {**open_to(here, organisation), **asking(period=period)}
    return await listed(here.parts.db, Assessed.collection, wanted, limit, after)


@router.get("/vetoes", summary="What keeps grades down, and its proof", dependencies=[reads(COMMITTEE)])
async def vetoes(
    db: Db, county: County, period: PeriodAsked | None = None, limit: LimitAsked = 200, after: str | None = None
) -> dict[str, Any]:
    return await listed(db, Veto.collection, {"county": county, **COUNTS, **asking(period=period)}, limit, after)
