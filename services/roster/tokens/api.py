"""Tokens of programs over HTTP: which there are, to those concerned, and a longer one for whoever shows its own."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse

from shared.bus.verdicts import content_of, verdict_on, verdict_within
from shared.database.kept import document
from shared.events.outgoing import answered_at_once, foretellable, submission_message
from shared.events.refusals import reason
from shared.events.tokens import RenewToken
from shared.identity.reading import KEYS, SENT
from shared.identity.tokens import issued_token
from shared.identity.used import last_used
from shared.patience import is_fault
from shared.process.running import Running
from shared.roster.organisations import Organisation
from shared.roster.program_tokens import ProgramToken, first_serial
from shared.web.asking import Asker, Db, Now, Parts, Today
from shared.web.parameters import CodeInPath
from shared.web.reading import Reads, reads
from shared.web.signing_in import token_shown

router = APIRouter(prefix="/roster/api")


@router.get(
    "/organisations/{code}/tokens",
    summary="The tokens of an organisation's programs, to itself and those above it",
    dependencies=[reads(KEYS)],
)
async def tokens(parts: Parts, db: Db, reading: Reads, today: Today, code: CodeInPath) -> dict[str, Any]:
    reading.must(KEYS, code)
    known = await document(db, Organisation, code)
    if known is None:
        raise HTTPException(404)
    return {"items": [await _line(parts, known, one, today) for one in _held(known)], "next": None}


@router.post(
    "/tokens/renewals",
    summary="A longer token for a program that shows its own (HTTP Basic, code and token)",
    dependencies=[reads(SENT)],
)
async def renewals(request: Request, parts: Parts, who: Asker, now: Now) -> JSONResponse:
    serial = token_shown(request)
    if serial is None:
        raise HTTPException(403)
    following = hashlib.sha256(f"{who}/{serial}".encode()).hexdigest()[:12]
    try:
        verdict = await _decided(parts, who, RenewToken(serial=serial, following=following), now)
    except Exception as error:
        if not is_fault(error):
            raise
        return _later(reason("bus-away"))
    if verdict is None:
        return _later(reason("enrolment-pending"))
    if verdict["verdict"] != "accepted":
        return JSONResponse({"reasons": verdict["reasons"]}, 422)
    return await _renewed(parts, who, following)


async def _renewed(parts: Running, code: str, serial: str) -> JSONResponse:
    """What it is computed from lies in the roster by now; a token that was revoked meanwhile is shown to be none."""
    known, secret = await document(parts.db, Organisation, code), parts.settings.token_secret
    held = known.token(serial) if known else None
    if held is None or held.revoked is not None or secret is None:
        return JSONResponse({"reasons": [reason("unknown-token", organisation=code, serial=serial)]}, 422)
    return JSONResponse({"token": issued_token(code, serial, secret), "until": held.until.isoformat()})


async def _decided(parts: Running, code: str, data: RenewToken, now: datetime) -> dict[str, Any] | None:
    """The verdict; a request that is sent again asks for the same submission."""
    id = str(uuid5(NAMESPACE_URL, f"renew/{code}/{data.serial}/{data.following}"))
    if found := await verdict_on(parts.bus, code, id):
        return found
    message = submission_message(data, code, code, id, now)
    # Asked at another moment, it is the same id with another time: answered at once, it leaves no letter.
    await parts.bus.publish([answered_at_once(foretellable(message))])
    verdict: dict[str, Any] | None = await verdict_within(parts.bus, content_of(message)._replace(digest=""))
    return verdict


def _held(known: Organisation) -> list[ProgramToken | None]:
    """All of them, the first (None) too while it goes on without an end."""
    first = known.token(first_serial(known.keys_ended))
    return [*([None] if first is None else []), *known.tokens]


async def _line(parts: Running, known: Organisation, one: ProgramToken | None, day: date) -> dict[str, Any]:
    serial = one.serial if one else first_serial(known.keys_ended)
    used = await last_used(parts.bus, known.id, serial)
    until = parts.settings.first_tokens_until if one is None else one.until if one.until != date.max else None
    return {
        "serial": serial,
        "holder": one.holder if one else known.history[-1].name,
        "since": one.since.isoformat() if one else None,
        "until": until.isoformat() if until else None,
        "revoked": one.revoked.isoformat() if one and one.revoked else None,
        "is_good": known.has_token(serial, day),
        "used": used.isoformat() if used else None,
    }


def _later(why: dict[str, str]) -> JSONResponse:
    return JSONResponse({"reasons": [why]}, 503, headers={"Retry-After": "5"})
