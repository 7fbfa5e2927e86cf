"""Persons over HTTP: the key to seal with, who is where in which post, and how far a rotation is."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import Any

from fastapi import APIRouter, HTTPException

from services.roster.party.model import JointBranch, PartyOrganisation
from services.roster.people.lines import PeopleFilter, found
from services.roster.people.reads import Seals, people_in
from services.roster.people.resealing import sealed_under
from shared.database.documents import COUNTS
from shared.database.kept import documents
from shared.database.lists import MOST, listed, page_of
from shared.events.refusals import reason
from shared.events.roster.people import Post
from shared.identity.reading import PEOPLE, PUBLIC, RUNNING, SIGNED_IN
from shared.roster.people import People
from shared.web.asking import Db, RosterNow, Today
from shared.web.parameters import CodeAsked, LimitAsked
from shared.web.reading import Reads, reads

router = APIRouter(prefix="/roster/api")


@router.get(
    "/people/seal-key",
    summary="The public key (X25519) to which persons' particulars are sealed now",
    dependencies=[reads(PUBLIC)],
)
async def seal_key(seals: Seals) -> dict[str, str]:
    if seals is None:
        raise HTTPException(503, reason("no-people-keys")["zh"])
    public = seals.newest.public
    return {"id": public.id, "key": urlsafe_b64encode(public.key).decode().rstrip("=")}


@router.get("/people/keys", summary="How many persons' particulars lie under each key", dependencies=[reads(RUNNING)])
async def keys(db: Db, seals: Seals) -> dict[str, Any]:
    return {"newest": seals.newest.id if seals else None, "sealed_under": await sealed_under(db)}


@router.get("/people", summary="Persons by id and name with the posts of today", dependencies=[reads(PEOPLE)])
async def people(
    db: Db,
    reading: Reads,
    roster: RosterNow,
    today: Today,
    organisation: CodeAsked | None = None,
    post: Post | None = None,
    limit: LimitAsked = 200,
    after: str | None = None,
) -> dict[str, Any]:
    if organisation is not None:
        reading.must(PEOPLE, organisation)
    known = await people_in(db)
    asked = PeopleFilter("", organisation or "", post or "")
    ids = sorted(found(known, reading.scope(PEOPLE), asked, today, roster))
    some = [id for id in ids if after is None or id > after][: max(1, min(limit, MOST)) + 1]
    lines = [_person(id, known, [*known.posts(id, today, roster)]) for id in some]
    return page_of(lines, max(1, min(limit, MOST)))


@router.get(
    "/party-organisations", summary="Party organisations with their dated names", dependencies=[reads(SIGNED_IN)]
)
async def party_organisations(db: Db, limit: LimitAsked = 200, after: str | None = None) -> dict[str, Any]:
    found = await listed(db, PartyOrganisation.collection, {}, limit, after)
    for one in found["items"]:
        one["history"] = [{name: said[name] for name in said if name != "by"} for said in one["history"]]
    return found


@router.get(
    "/joint-branches",
    summary="Joint branches and topic groups; members whose organisation is open to whoever asks",
    dependencies=[reads(SIGNED_IN)],
)
async def joint_branches(db: Db, reading: Reads) -> dict[str, Any]:
    lines = [_branch(one, reading) for one in await documents(db, JointBranch, dict(COUNTS))]
    return page_of(lines, MOST)


def _person(id: str, people: People, posts: list[Any]) -> dict[str, Any]:
    held = [{"organisation": one.organisation, "post": one.held.post, "since": one.held.since} for one in posts]
    return {"id": id, "name": people.name_of(id), "home": people.home_of(id), "posts": held}


def _branch(branch: JointBranch, reading: Reads) -> dict[str, Any]:
    open_to = [one for one in branch.members if reading.may(PEOPLE, one.organisation)]
    said = branch.model_dump(mode="json", include={"id", "name", "branch_kind", "purpose", "since"})
    members = [one.model_dump(mode="json", exclude={"by", "ended_by"}) for one in open_to]
    return {**said, "size": sum(one.until is None for one in branch.members), "members": members}
