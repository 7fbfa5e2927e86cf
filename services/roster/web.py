"""What the roster answers: organisations as of a day, turns, the guide, issues, learning."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from fastapi import APIRouter, FastAPI, HTTPException

from services.roster.desk import PAGES, desk
from services.roster.duty import reads as duty_reads
from services.roster.enrolment.api import enrolling
from services.roster.enrolment.signing import Signer
from services.roster.learning.model import Attendance, Certificate, Subplan
from services.roster.meetings import reads as meetings_reads
from services.roster.meetings.model import GuideList, Issue, Process
from services.roster.organisations import reads as organisations_reads
from services.roster.station_desk import station_desk
from shared.calendar import CHINA
from shared.database.lists import MOST, listed, one
from shared.process.running import Running
from shared.roster.organisations import Organisation, Roster
from shared.web.answering import answer


def pages(app: FastAPI, parts: Running, signer: Signer | None) -> None:
    """Everything under /roster."""
    own = [_organisations(parts), _committee(parts), _learning(parts), enrolling(parts, signer), station_desk(parts)]
    answer(app, parts, PAGES, desk=[desk(parts)], api=own)


async def _roster(parts: Running) -> Roster:
    raw = await parts.db[Organisation.collection].find().to_list(None)
    return Roster({one["_id"]: Organisation.stored(one) for one in raw})


def _organisations(parts: Running) -> APIRouter:
    router = APIRouter(prefix="/roster/api")

    @router.get("/organisations", summary="Organisations as they stood on a day (today)")
    async def organisations(
        on: date | None = None,
        kind: str | None = None,
        committee_member: bool | None = None,
        due_in_hall: bool | None = None,
        feedback_recipient: bool | None = None,
        stationed: bool | None = None,
        limit: int = 200,
        after: str | None = None,
    ) -> dict[str, Any]:
        asked = {
            "kind": kind,
            "committee_member": committee_member,
            "due_in_hall": due_in_hall,
            "feedback_recipient": feedback_recipient,
            "stationed": stationed,
        }
        wanted = {name: value for name, value in asked.items() if value is not None}
        day = on or datetime.now(CHINA).date()
        return organisations_reads.organisations(await _roster(parts), day, wanted, limit, after)

    @router.get("/organisations/{code}", summary="An organisation with its dated history")
    async def organisation(code: str) -> dict[str, Any]:
        return _found(await one(parts.db, Organisation.collection, code))

    return router


def _committee(parts: Running) -> APIRouter:
    router, db, county = APIRouter(prefix="/roster/api"), parts.db, parts.settings.county

    @router.get("/turns", summary="Duty turns with what was done in them")
    async def turns() -> dict[str, Any]:
        return await duty_reads.turns(db, county)

    @router.get("/processes", summary="The service guide's items")
    async def processes() -> dict[str, Any]:
        return await listed(db, Process.collection, {}, MOST)

    @router.get("/processes/{process}", summary="An item of the guide with its dated limits")
    async def process(process: str) -> dict[str, Any]:
        return _found(await meetings_reads.process(db, county, process))

    @router.get("/guide-lists", summary="The lists that make the service guide")
    async def guide_lists(limit: int = 200, after: str | None = None) -> dict[str, Any]:
        return await listed(db, GuideList.collection, {}, limit, after)

    @router.get("/issues", summary="Issues of joint meetings")
    async def issues(limit: int = 200, after: str | None = None) -> dict[str, Any]:
        return await listed(db, Issue.collection, {}, limit, after)

    @router.get("/issues/{issue}", summary="An issue, whom it was discussed with, how it was resolved")
    async def issue(issue: str) -> dict[str, Any]:
        return _found(await one(db, Issue.collection, f"{county}/{issue}"))

    return router


def _learning(parts: Running) -> APIRouter:
    router, db = APIRouter(prefix="/roster/api"), parts.db

    @router.get("/subplans", summary="Reform sub-plans")
    async def subplans(limit: int = 200, after: str | None = None) -> dict[str, Any]:
        return await listed(db, Subplan.collection, {}, limit, after)

    @router.get("/certificates", summary="Certificates, by kind")
    async def certificates(
        certificate: str | None = None, limit: int = 200, after: str | None = None
    ) -> dict[str, Any]:
        return await listed(
            db, Certificate.collection, {"certificate": certificate} if certificate else {}, limit, after
        )

    @router.get("/attendances", summary="Who attended which lesson")
    async def attendances(lesson: str | None = None, limit: int = 200, after: str | None = None) -> dict[str, Any]:
        return await listed(db, Attendance.collection, {"lesson": lesson} if lesson else {}, limit, after)

    return router


def _found(document: dict[str, Any] | None) -> dict[str, Any]:
    if document is None:
        raise HTTPException(404)
    return document
