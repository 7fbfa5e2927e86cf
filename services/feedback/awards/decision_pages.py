"""The file of a decision by which an award was granted."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from services.feedback.awards.decision import Decided, decision
from services.feedback.awards.model import GrantedAward, Nomination
from services.feedback.awards.nomination_list import PAGE
from services.feedback.awards.words import award_name, kind_shown, receiver
from services.feedback.papers.formats import Format
from services.feedback.papers.giving import given_as
from shared.database.documents import COUNTS
from shared.database.kept import document, documents
from shared.identity.reading import PERSONS
from shared.pages.words import name_of
from shared.roster.committees import committee_on
from shared.web.parameters import IdInPath
from shared.web.persons import persons
from shared.web.reading import reads
from shared.web.visit import Here, Visit

router = APIRouter(prefix=PAGE)


def url_of(nomination: str) -> str:
    """Where its file is."""
    return f"{PAGE}/{nomination}/decision.pdf"


@router.get("/{id}/decision.pdf", dependencies=[reads(PERSONS)])
async def decision_paper(request: Request, here: Here, id: IdInPath) -> Response:
    """Of an award that was granted by that nomination, to those who may read who was given it."""
    found = await document(here.parts.db, Nomination, id)
    granted = await documents(here.parts.db, GrantedAward, {"nomination": id, **COUNTS})
    if found is None or not granted:
        raise HTTPException(404)
    here.reading.must(PERSONS, found.organisation)
    return await given_as(request, here.parts, decision(await decided(here, found, granted[0])), Format.PDF)


async def decided(here: Visit, one: Nomination, award: GrantedAward) -> Decided:
    """As everything was called on the day of the grant."""
    if award.day is None or one.published is None or one.until is None:
        raise HTTPException(404)
    everybody = await persons(here)
    name = everybody.name_of(one.person, one.organisation, here.today) if one.person else None
    return Decided(
        nomination=one.id,
        organisation=one.organisation,
        unit=name_of(one.organisation, here.roster, award.day),
        receiver=name or receiver(here, everybody, one),
        given_to=kind_shown(one.award).given_to,
        award=award_name(one),
        public_from=one.published,
        public_until=one.until,
        granted=award.day,
        committee=committee_on(here.roster, one.organisation, award.day).name,
        number=award.number,
    )
