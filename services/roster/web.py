"""What the roster answers: organisations as of a day, turns, the guide, issues, learning."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter, FastAPI, HTTPException

from services.roster import desk, station_desk
from services.roster.changing import REWRITINGS
from services.roster.duty import reads as duty_reads
from services.roster.enrolment import api as enrolment
from services.roster.enrolment.signing import Signer
from services.roster.handlers import HANDLERS
from services.roster.learning.model import Attendance, Certificate, Subplan
from services.roster.meetings import reads as meetings_reads
from services.roster.meetings.model import IS_IN_THE_GUIDE, GuideList, Issue, Process
from services.roster.notices import pages as notice_pages
from services.roster.organisations import pages as organisation_pages
from services.roster.organisations import reads as organisations_reads
from services.roster.places import PAGES
from services.roster.tokens import api as tokens
from shared.database.documents import COUNTS
from shared.database.kept import documents
from shared.database.lists import MOST, listed, one
from shared.database.mongo import Database
from shared.identity.reading import KEYS, PERSONS, PUBLIC, SIGNED_IN
from shared.process.running import Running
from shared.roster.organisations import Organisation, Roster
from shared.web.answering import answer
from shared.web.asking import County, Db, RosterNow, Today
from shared.web.parameters import LimitAsked
from shared.web.reading import Reads, reads
from shared.web.records.correctable import Correctable

OF_KEYS = ("keys_ended", "tokens")
"""Of an organisation: read with what becomes of its station's keys."""
router = APIRouter(prefix="/roster/api")


@router.get("/organisations", summary="Organisations as they stood on a day (today)", dependencies=[reads(SIGNED_IN)])
async def organisations(
    db: Db,
    today: Today,
    on: date | None = None,
    kind: str | None = None,
    committee_member: bool | None = None,
    due_in_hall: bool | None = None,
    feedback_recipient: bool | None = None,
    stationed: bool | None = None,
    limit: LimitAsked = 200,
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
    return organisations_reads.organisations(await _roster(db), on or today, wanted, limit, after)


@router.get("/organisations/{code}", summary="An organisation with its dated history", dependencies=[reads(SIGNED_IN)])
async def organisation(db: Db, reading: Reads, code: str) -> dict[str, Any]:
    found = _found(await one(db, Organisation.collection, code))
    return found if reading.may(KEYS, code) else {name: value for name, value in found.items() if name not in OF_KEYS}


@router.get(
    "/notices",
    summary="The notices of days off that the county published; other years are as the release knows",
    dependencies=[reads(PUBLIC)],
)
async def notices(county: County, roster: RosterNow) -> dict[str, Any]:
    known = roster.organisation(county)
    return {"items": [one.model_dump(mode="json") for one in known.notices] if known else [], "next": None}


@router.get("/turns", summary="Duty turns with what was done in them", dependencies=[reads(PUBLIC)])
async def turns(db: Db, county: County) -> dict[str, Any]:
    return await duty_reads.turns(db, county)


@router.get("/processes", summary="The service guide's items", dependencies=[reads(PUBLIC)])
async def processes(db: Db, limit: LimitAsked = MOST, after: str | None = None) -> dict[str, Any]:
    return await listed(db, Process.collection, IS_IN_THE_GUIDE, limit, after)


@router.get("/processes/{process}", summary="An item of the guide with its dated limits", dependencies=[reads(PUBLIC)])
async def process(db: Db, county: County, process: str) -> dict[str, Any]:
    return _found(await meetings_reads.process(db, county, process))


@router.get("/guide-lists", summary="The lists that make the service guide", dependencies=[reads(PUBLIC)])
async def guide_lists(db: Db, limit: LimitAsked = 200, after: str | None = None) -> dict[str, Any]:
    return await listed(db, GuideList.collection, {"withdrawn": {"$ne": True}}, limit, after)


@router.get("/issues", summary="Issues of joint meetings", dependencies=[reads(SIGNED_IN)])
async def issues(db: Db, limit: LimitAsked = 200, after: str | None = None) -> dict[str, Any]:
    return await listed(db, Issue.collection, COUNTS, limit, after)


@router.get(
    "/issues/{issue}",
    summary="An issue, whom it was discussed with, how it was resolved",
    dependencies=[reads(SIGNED_IN)],
)
async def issue(db: Db, county: County, issue: str) -> dict[str, Any]:
    return _found(await one(db, Issue.collection, f"{county}/{issue}"))


@router.get("/subplans", summary="Reform sub-plans", dependencies=[reads(SIGNED_IN)])
async def subplans(db: Db, limit: LimitAsked = 200, after: str | None = None) -> dict[str, Any]:
    return await listed(db, Subplan.collection, COUNTS, limit, after)


@router.get("/certificates", summary="Certificates, by kind", dependencies=[reads(PERSONS)])
async def certificates(
    db: Db, reading: Reads, certificate: str | None = None, limit: LimitAsked = 200, after: str | None = None
) -> dict[str, Any]:
    wanted = reading.filter(PERSONS, by="home") | ({"certificate": certificate} if certificate else {})
    return await listed(db, Certificate.collection, {**COUNTS, **wanted}, limit, after)


@router.get("/attendances", summary="Who attended which lesson", dependencies=[reads(PERSONS)])
async def attendances(
    db: Db, reading: Reads, lesson: str | None = None, limit: LimitAsked = 200, after: str | None = None
) -> dict[str, Any]:
    wanted = reading.filter(PERSONS) | ({"lesson": lesson} if lesson else {})
    return await listed(db, Attendance.collection, {**COUNTS, **wanted}, limit, after)


async def _roster(db: Database) -> Roster:
    return Roster({one.id: one for one in await documents(db, Organisation, {})})


def _found(document: dict[str, Any] | None) -> dict[str, Any]:
    if document is None:
        raise HTTPException(404)
    return document


def pages(app: FastAPI, parts: Running, signer: Signer | None) -> None:
    """Everything under /roster; without a signer nobody enrols."""
    app.state.signer = signer
    shown = [desk.router, organisation_pages.router, notice_pages.router]
    answer(
        app,
        parts,
        PAGES,
        desk=shown,
        api=[router, enrolment.router, tokens.router, station_desk.router],
        correctable=Correctable(HANDLERS, REWRITINGS),
    )
