"""What the roster answers of learning: sub-plans, certificates, lessons, who attended them, activities."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from services.roster.learning.model import Activity, Attendance, Certificate, Lesson, Subplan
from services.roster.learning.reads import certificates_open_to
from shared.database.documents import COUNTS
from shared.database.lists import listed
from shared.identity.reading import PERSONS, SIGNED_IN
from shared.web.asking import County, Db
from shared.web.boards import asking
from shared.web.parameters import CodeAsked, LimitAsked
from shared.web.reading import Reads, reads

router = APIRouter(prefix="/roster/api")


@router.get("/subplans", summary="Reform sub-plans", dependencies=[reads(SIGNED_IN)])
async def subplans(db: Db, limit: LimitAsked = 200, after: str | None = None) -> dict[str, Any]:
    return await listed(db, Subplan.collection, COUNTS, limit, after)


@router.get("/certificates", summary="Certificates, by kind", dependencies=[reads(PERSONS)])
async def certificates(
    db: Db, reading: Reads, certificate: str | None = None, limit: LimitAsked = 200, after: str | None = None
) -> dict[str, Any]:
    wanted = {**certificates_open_to(reading), **asking(certificate=certificate)}
    return await listed(db, Certificate.collection, {**COUNTS, **wanted}, limit, after)


@router.get("/lessons", summary="Lessons with their days", dependencies=[reads(SIGNED_IN)])
async def lessons(db: Db, county: County, limit: LimitAsked = 200, after: str | None = None) -> dict[str, Any]:
    stands = {"_id": {"$regex": f"^{county}/"}, "cancelled": {"$ne": True}}
    return await listed(db, Lesson.collection, {"$and": [stands]}, limit, after)


@router.get("/attendances", summary="Who attended which lesson", dependencies=[reads(PERSONS)])
async def attendances(
    db: Db, reading: Reads, lesson: str | None = None, limit: LimitAsked = 200, after: str | None = None
) -> dict[str, Any]:
    wanted = reading.filter(PERSONS) | ({"lesson": lesson} if lesson else {})
    return await listed(db, Attendance.collection, {**COUNTS, **wanted}, limit, after)


@router.get("/activities", summary="Activities, by who held them", dependencies=[reads(SIGNED_IN)])
async def activities(
    db: Db, organisation: CodeAsked | None = None, limit: LimitAsked = 200, after: str | None = None
) -> dict[str, Any]:
    return await listed(db, Activity.collection, {**COUNTS, **asking(organisation=organisation)}, limit, after)
