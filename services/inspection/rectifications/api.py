"""What inspection answers of findings and how far they have been put right."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path

from services.inspection.rectifications import reads as register
from services.inspection.rectifications.model import Source, Stage
from shared.identity.reading import PLACES, SIGNED_IN
from shared.web.asking import County, Db, RosterNow, Today
from shared.web.parameters import CodeAsked, CodeInPath, IdInPath, LimitAsked
from shared.web.reading import Reads, reads

FindingInPath = Annotated[int, Path(ge=0, le=99)]

router = APIRouter(prefix="/inspection/api")


@router.get(
    "/rectifications",
    summary="Findings and opinions of documents, and how far they have been put right",
    dependencies=[reads(SIGNED_IN)],
)
async def rectifications(
    db: Db,
    county: County,
    roster: RosterNow,
    today: Today,
    stage: Stage | None = None,
    organisation: CodeAsked | None = None,
    township: CodeAsked | None = None,
    overdue: bool | None = None,
    source: Source | None = None,
    limit: LimitAsked = 200,
    after: str | None = None,
) -> dict[str, Any]:
    asked = register.Wanted(county, stage, organisation, township, overdue, source=source)
    wanted = register.placed(asked, roster, today)
    return await register.items(db, wanted, limit, after)


@router.get(
    "/rectifications/{organisation}/{inspection}/{n}",
    summary="One finding or opinion; its history for those concerned",
    dependencies=[reads(SIGNED_IN)],
)
async def rectification(
    db: Db, reading: Reads, today: Today, organisation: CodeInPath, inspection: IdInPath, n: FindingInPath
) -> dict[str, Any]:
    found = await register.one(db, organisation, f"{inspection}/{n}")
    if found is None:
        raise HTTPException(404)
    return register.answer(found, reading.may(PLACES, organisation), today)
