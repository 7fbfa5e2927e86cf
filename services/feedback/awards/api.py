"""What programs read of awards: who was given one, nominations and proposals, as far as whoever asks may read them."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

from services.feedback.awards.model import GrantedAward, Nomination
from services.feedback.awards.nomination_list import open_to
from services.feedback.training_up.model import TrainingUpProposal
from services.feedback.training_up.pages import open_to as training_up_open_to
from shared.database.documents import COUNTS
from shared.database.lists import listed
from shared.identity.reading import PERSONS
from shared.web.asking import Db
from shared.web.boards import asking
from shared.web.parameters import AwardAsked, CodeAsked, LimitAsked
from shared.web.reading import Reads, reads
from shared.web.visit import Here

router = APIRouter(prefix="/feedback/api")


@router.get("/awards", summary="Awards that were granted, and who holds those that move", dependencies=[reads(PERSONS)])
async def awards(
    db: Db,
    reading: Reads,
    award: AwardAsked | None = None,
    organisation: CodeAsked | None = None,
    limit: LimitAsked = 200,
    after: str | None = None,
) -> dict[str, Any]:
    mine = {**COUNTS, **reading.filter(PERSONS, organisation), **asking(award=award)}
    return await listed(db, GrantedAward.collection, mine, limit, after)


@router.get(
    "/training-up", summary="What was proposed for those with awards, and the answers", dependencies=[reads(PERSONS)]
)
async def training_up(
    here: Here, organisation: CodeAsked | None = None, limit: LimitAsked = 200, after: str | None = None
) -> dict[str, Any]:
    wanted = training_up_open_to(here, organisation)
    return await listed(here.parts.db, TrainingUpProposal.collection, wanted, limit, after)


@router.get(
    "/nominations",
    summary="Nominations of one's own, and those that are or were public; points and objections are the committee's",
    dependencies=[reads(PERSONS)],
)
async def nominations(
    here: Here,
    award: AwardAsked | None = None,
    organisation: CodeAsked | None = None,
    limit: LimitAsked = 200,
    after: str | None = None,
) -> dict[str, Any]:
    wanted = {**open_to(here), **asking(award=award, organisation=organisation)}
    found = await listed(here.parts.db, Nomination.collection, wanted, limit, after)
    if here.who == here.parts.settings.county:
        return found
    return {**found, "items": [_without_what_others_said(one, here.who) for one in found["items"]]}


def _without_what_others_said(one: dict[str, Any], who: str | None) -> dict[str, Any]:
    """As its page has it: no points, and of objections one's own."""
    own = [each for each in one.get("objections", ()) if each["organisation"] == who]
    return {name: value for name, value in one.items() if name not in ("marks", "nominated_by")} | {"objections": own}
