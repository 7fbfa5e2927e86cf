"""A station enrols over HTTP with its one-time code: the way of every submission, then the JWT for its key.

The code is the proof; nobody has signed in. The same code and key sent again, after an answer that was lost, are
answered the same.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from uuid import NAMESPACE_URL, uuid5

from fastapi import APIRouter, Depends, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, ValidationError

from services.roster.enrolment.model import Enrolment, StationKey
from services.roster.enrolment.signing import Signer
from shared.bus.verdicts import content_of, verdict_on, verdict_within
from shared.database.kept import document
from shared.database.lists import one
from shared.database.mongo import Database
from shared.events.enrolment import EnrolStation
from shared.events.outgoing import submission_message
from shared.events.refusals import reason
from shared.events.refusals.sentences import TOO_LARGE
from shared.identity.invitations import digest_of
from shared.identity.nats_jwt import KeyKind, is_public_key
from shared.identity.reading import KEYS, SENT
from shared.patience import is_fault
from shared.process.running import Running
from shared.roster.organisations import Organisation
from shared.web.asking import Db, Now, Parts
from shared.web.bodies import body_within
from shared.web.failing import not_let_in
from shared.web.reading import NotYours, Reads, reads

UNPROCESSABLE = 422
MOST_BYTES = 16 * 1024
"""Of what a station's program sends."""


class Asking(BaseModel):
    """What a station's program sends; both are bounded before anything else is done with them."""

    code: str = Field(max_length=64, description="The one-time code, as the person typed it")
    public_key: str = Field(max_length=80, description="The public part of the NKEY that was made on the station's PC")


BODY = {"required": True, "content": {"application/json": {"schema": Asking.model_json_schema()}}}
"""Told to OpenAPI by hand: the body is read by hand, for as long as it may be."""


router = APIRouter(prefix="/roster/api")


async def signer(request: Request) -> Signer | None:
    """The process's; None when the roster has no key to sign with."""
    found: Signer | None = request.app.state.signer
    return found


@router.post(
    "/enrolments",
    summary="A station brings its key with the one-time code it was given",
    openapi_extra={"requestBody": BODY},
    dependencies=[reads(SENT)],
)
async def enrolments(
    request: Request, parts: Parts, now: Now, signer: Annotated[Signer | None, Depends(signer)]
) -> JSONResponse:
    asking = await _asking(request)
    if asking is None:
        return _no(413, reason("unreadable", why=TOO_LARGE))
    if signer is None:
        return _no(503, reason("enrolment-not-set-up"))
    if not is_public_key(asking.public_key, KeyKind.USER):
        return _no(422, reason("unreadable-key"))
    answered = await _answer(parts, signer, asking, now)
    if answered.status_code == UNPROCESSABLE:
        await not_let_in(parts, request.scope, "enrolment")
    return answered


@router.post(
    "/enrolments/look",
    summary="What enrolling with this code and key would do: which station it is, and whether a PC is replaced",
    openapi_extra={"requestBody": BODY},
    dependencies=[reads(SENT)],
)
async def looked_at(request: Request, parts: Parts, db: Db) -> JSONResponse:
    asking = await _asking(request)
    if asking is None:
        return _no(413, reason("unreadable", why=TOO_LARGE))
    digest = digest_of(asking.code)
    invited = await _find(db, {"$or": [{"invitation.code_digest": digest}, {"used": digest}]})
    if invited is None:
        await not_let_in(parts, request.scope, "enrolment")
        return _no(422, reason("unknown-code"))
    station, replaces = await _organisation(db, invited.id), invited.key not in (None, asking.public_key)
    return JSONResponse(
        {
            "station": station.id,
            "name": station.history[-1].name,
            "replaces": _text(invited.since) if replaces else None,
        }
    )


@router.get(
    "/stations/{code}",
    summary="Whether an organisation's station is invited, enrolled or revoked, for itself and those above it",
    dependencies=[reads(KEYS)],
)
async def station(db: Db, reading: Reads, code: str) -> dict[str, Any]:
    reading.must(KEYS, code)
    if await one(db, Organisation.collection, code) is None:
        raise HTTPException(404)
    return standing(code, await _find(db, {"_id": code}))


@router.get(
    "/stations/{code}/keys/{key}",
    summary="Whether a key that this station brought is in force, and since when another is; the key is the proof",
    dependencies=[reads(SENT)],
)
async def key(db: Db, code: str, key: str) -> dict[str, Any]:
    brought = await document(db, StationKey, key)
    if brought is None or brought.organisation != code:
        raise NotYours
    stands = await _find(db, {"_id": code}) or Enrolment(id=code)
    is_in_force = stands.key == key
    other = stands.since if stands.key is not None and not is_in_force else None
    return {"station": code, "in_force": is_in_force, "replaced_since": _text(other)}


async def _asking(request: Request) -> Asking | None:
    """What was sent, or None when it is too large; what is none is 422 as of every other body."""
    body = await body_within(request, MOST_BYTES)
    if body is None:
        return None
    try:
        return Asking.model_validate_json(body)
    except ValidationError as error:
        raise RequestValidationError(error.errors(include_url=False, include_input=False)) from error


async def _answer(parts: Running, signer: Signer, asking: Asking, now: datetime) -> JSONResponse:
    try:
        return await _enrol(parts, signer, digest_of(asking.code), asking.public_key, now)
    except Exception as error:
        if not is_fault(error):
            raise
        return _no(503, reason("bus-away"))


def standing(code: str, enrolment: Enrolment | None) -> dict[str, Any]:
    """What monitoring shows; neither codes nor their digests."""
    stands = enrolment or Enrolment(id=code)
    return {
        "station": code,
        "invited_until": stands.invitation.expires.isoformat() if stands.invitation else None,
        "enrolled": stands.key is not None,
        "public_key": stands.key,
        "since": stands.since.isoformat() if stands.key and stands.since else None,
        "revoked": stands.revoked.isoformat() if stands.revoked else None,
    }


async def _enrol(parts: Running, signer: Signer, digest: str, key: str, now: datetime) -> JSONResponse:
    """The organisation is the one whose code it is; its rule decides, and the key in force afterwards is signed for."""
    invited = await _find(parts.db, {"$or": [{"invitation.code_digest": digest}, {"used": digest}]})
    if invited is None:
        return _no(422, reason("unknown-code"))
    if not _is_in(invited, digest, key):
        verdict = await _decided(parts, invited.id, EnrolStation(code_digest=digest, public_key=key), now)
        if verdict is None:
            return _no(503, reason("enrolment-pending"))
        if verdict["verdict"] != "accepted":
            return _no(422, *verdict["reasons"])
    station = await _organisation(parts.db, invited.id)  # read first: a key revoked meanwhile gets no newer token
    enrolled = await _find(parts.db, {"_id": invited.id})
    if enrolled is None or enrolled.since is None or not _is_in(enrolled, digest, key):
        return _no(422, reason("unknown-code"))
    return JSONResponse({**signer.lets_in(station, key, enrolled.since), "replaced": _text(enrolled.replaced)})


def _text(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _is_in(enrolment: Enrolment, digest: str, key: str) -> bool:
    return enrolment.used == digest and enrolment.key == key


async def _decided(parts: Running, organisation: str, data: EnrolStation, now: datetime) -> dict[str, Any] | None:
    """The verdict; a request that is sent again asks for the same submission."""
    id = str(uuid5(NAMESPACE_URL, f"enrol/{organisation}/{data.code_digest}/{data.public_key}"))
    if found := await verdict_on(parts.bus, organisation, id):
        return found
    message = submission_message(data, organisation, organisation, id, now)
    headers = {**message.headers, "Nats-Msg-Id": f"{organisation}/{id}"}  # asked at another moment, it is the same
    await parts.bus.publish([message._replace(headers=headers)])
    verdict: dict[str, Any] | None = await verdict_within(parts.bus, content_of(message)._replace(digest=""))
    return verdict


async def _find(db: Database, wanted: dict[str, Any]) -> Enrolment | None:
    raw = await db[Enrolment.collection].find_one(wanted)
    return Enrolment.stored(raw) if raw else None


async def _organisation(db: Database, code: str) -> Organisation:
    """Whoever was invited is registered."""
    organisation = await document(db, Organisation, code)
    assert organisation is not None
    return organisation


def _no(status: int, *reasons: dict[str, str]) -> JSONResponse:
    headers = {"Retry-After": "5"} if status == 503 else None
    return JSONResponse({"reasons": list(reasons)}, status, headers=headers)
