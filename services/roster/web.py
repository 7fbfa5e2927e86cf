"""What the roster answers: organisations as of a day, turns, the guide, issues, learning."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter, FastAPI, HTTPException

from services.roster import desk, station_desk
from services.roster import todo as waiting
from services.roster.accounts import again as again_pages
from services.roster.accounts import api as accounts_api
from services.roster.accounts import (
    confirm_pages,
    own_account,
    person_account,
    replacing,
    security_pages,
    sign_in_pages,
    step_pages,
)
from services.roster.appraisals import api as appraisals_api
from services.roster.appraisals import branch_pages as appraisal_branch_pages
from services.roster.appraisals import list_pages as appraisal_list_pages
from services.roster.appraisals import scheme_pages as appraisal_scheme_pages
from services.roster.appraisals import sheet_pages as appraisal_sheet_pages
from services.roster.audit import pages as audit_pages
from services.roster.changing import REWRITINGS
from services.roster.county import api as county_api
from services.roster.county import catalogue_pages
from services.roster.county import pages as county_pages
from services.roster.duty import ideas as idea_pages
from services.roster.duty import pages as turn_pages
from services.roster.duty.api import router as duty_api
from services.roster.enrolment import api as enrolment
from services.roster.enrolment import pages as enrolment_pages
from services.roster.enrolment.signing import Signer
from services.roster.finding import found
from services.roster.handlers import HANDLERS
from services.roster.learning import activities as activity_pages
from services.roster.learning import certificates as certificate_pages
from services.roster.learning import lesson as lesson_pages
from services.roster.learning import lessons as lessons_pages
from services.roster.learning import subplans as subplan_pages
from services.roster.learning.api import router as learning_api
from services.roster.meetings import guide as guide_pages
from services.roster.meetings import guide_item as guide_item_pages
from services.roster.meetings import issue as issue_pages
from services.roster.meetings import issues as issues_pages
from services.roster.meetings import reads as meetings_reads
from services.roster.meetings.model import IS_IN_THE_GUIDE, GuideList, Issue, Process
from services.roster.notices import pages as notice_pages
from services.roster.organisations import pages as organisation_pages
from services.roster.organisations import reads as organisations_reads
from services.roster.organisations import registering as registering_pages
from services.roster.party import branch_pages
from services.roster.party import pages as party_pages
from services.roster.people import api as people_api
from services.roster.people import pages as people_pages
from services.roster.people import person_pages
from services.roster.people.importing import pages as import_pages
from services.roster.places import PAGES
from services.roster.tokens import api as tokens
from services.roster.unified import binding, entering, going, others_identity
from services.roster.unified.provider import Provider
from shared.database.documents import COUNTS
from shared.database.kept import documents
from shared.database.lists import MOST, listed, one
from shared.database.mongo import Database
from shared.identity.reading import KEYS, PUBLIC, SIGNED_IN
from shared.identity.sealing import SealKeys
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


async def _roster(db: Database) -> Roster:
    return Roster({one.id: one for one in await documents(db, Organisation, {})})


def _found(document: dict[str, Any] | None) -> dict[str, Any]:
    if document is None:
        raise HTTPException(404)
    return document


def pages(
    app: FastAPI,
    parts: Running,
    signer: Signer | None,
    seals: SealKeys | None = None,
    unified: Provider | None = None,
) -> None:
    """Everything under /roster; without a signer nobody enrols, without seals nobody is registered."""
    app.state.signer, app.state.seals, app.state.unified = signer, seals, unified
    at_the_desk = [desk, registering_pages, enrolment_pages, organisation_pages, notice_pages, turn_pages, idea_pages]
    learning = [lessons_pages, lesson_pages, activity_pages, subplan_pages, certificate_pages]
    meetings = [issues_pages, issue_pages, guide_pages, guide_item_pages]
    own = [county_pages, catalogue_pages]
    appraisals = [appraisal_scheme_pages, appraisal_list_pages, appraisal_branch_pages, appraisal_sheet_pages]
    persons = [import_pages, people_pages, person_pages, party_pages, branch_pages]
    signing_in = [sign_in_pages, step_pages, again_pages, going, entering, binding, others_identity]
    accounts = [audit_pages, *signing_in, own_account, replacing, confirm_pages, person_account, security_pages]
    shown = [one.router for one in (*at_the_desk, *learning, *meetings, *own, *appraisals, *accounts, *persons)]
    answer(
        app,
        parts,
        PAGES,
        searches=found,
        desk=shown,
        api=[
            router,
            county_api.router,
            duty_api,
            learning_api,
            enrolment.router,
            tokens.router,
            station_desk.router,
            people_api.router,
            appraisals_api.router,
            accounts_api.router,
        ],
        correctable=Correctable(HANDLERS, REWRITINGS),
        tasks=waiting.TASKS,
    )
