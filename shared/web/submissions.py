"""What every service answers over HTTP beside its own pages: what is submitted to it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from shared.bus.publishing import SlowDown
from shared.bus.streams import SUBMISSIONS
from shared.bus.verdicts import content_of, verdict_within
from shared.events.envelope import VISIBLE, Unreadable, read_submission
from shared.events.headers import message_id
from shared.events.misread import Unfit
from shared.events.outgoing import Outgoing, answered_at_once, submission_subject
from shared.events.refusals import reason
from shared.events.refusals.sentences import TOO_LARGE, InBoth
from shared.events.verdict import is_reused
from shared.identity.reading import SENT
from shared.patience import is_fault
from shared.process.running import Running
from shared.web.asking import Parts
from shared.web.bodies import body_within
from shared.web.challenge import Unproven
from shared.web.failing import not_let_in
from shared.web.reading import reads
from shared.web.signing_in import is_token, is_too_early

STATUS = {"accepted": 200, "refused": 422, "unreadable": 400}
ANSWERS = {
    200: "Accepted; the verdict.",
    202: "Stored, and not decided within seconds: ask for the verdict, or send the same again.",
    400: "Unreadable, with the reason.",
    401: "The token is not that of ce-source.",
    409: "The id was used for another content before (id-reused): nothing was decided, submit it under a new id.",
    413: "Larger than a submission may be.",
    422: "Refused, with the reasons.",
    429: "Not stored (slow-down): too many of this submitter wait at this service; again when Retry-After says.",
    503: "Not stored, for the bus is away: send the same again.",
}
IS_ATTRIBUTE = re.compile("[a-z0-9]{1,20}").fullmatch
"""As CloudEvents names attributes; on the bus they are headers."""
STRUCTURED = "application/cloudevents+json"
PRINTED = "".join(map(chr, range(0x20, 0x7F)))
"""What stays as it is in a header that is written for the bus."""
MOST_BYTES = SUBMISSIONS.max_message // 2
"""Of the data: the bus has to take its headers beside it, and DEAD both with its own."""
MOST_STRUCTURED = 2 * MOST_BYTES + 16 * 1024
"""Of a structured event: its attributes beside the data, whose characters may be written as escapes."""


router = APIRouter()


@router.post(
    "/api/submissions",
    summary="Submit a CloudEvent (binary or structured mode) with the station's token",
    responses={code: {"description": what} for code, what in ANSWERS.items()},
    dependencies=[reads(SENT)],
)
async def submit(request: Request, parts: Parts) -> JSONResponse:
    sent = await body_within(request, MOST_STRUCTURED if _is_structured(request) else MOST_BYTES)
    if sent is None:
        return _too_large()
    try:
        headers, body = _binary(request, sent)
    except Unfit as no:
        return _no(400, "unreadable", why=InBoth(no.zh, str(no)))
    submitter = headers.get("ce-source", "")
    if await is_token(parts, submitter, request.headers.get("authorization", "")):
        return await _submit(parts, submitter, headers, body)
    if is_too_early(parts):
        return _away()
    await not_let_in(parts, request.scope, "program", submitter)
    raise Unproven("not-your-token", submitter=submitter or "-")


async def _submit(parts: Running, submitter: str, headers: Mapping[str, str], body: bytes) -> JSONResponse:
    """Stored on the bus before anything is said; then the verdict, if it comes within seconds."""
    subject = submission_subject(parts.service, headers.get("ce-type", ""), submitter)
    read = read_submission(subject, headers, body)
    if isinstance(read, Unreadable):
        return _no(400, "unreadable", why=InBoth(read.zh, read.reason))
    if len(body) > MOST_BYTES:
        return _too_large()
    message = Outgoing(subject, body, {**headers, "Nats-Msg-Id": message_id(headers, body)})
    try:
        await parts.bus.publish([answered_at_once(message)])
    except SlowDown:
        return _slow_down()
    except Exception as error:
        if not is_fault(error):
            raise
        return _away()
    return await _answer(parts, message)


def _no(status: int, slug: str, **details: object) -> JSONResponse:
    return JSONResponse({"reasons": [reason(slug, **details)]}, status)


def _too_large() -> JSONResponse:
    return _no(413, "unreadable", why=TOO_LARGE)


def _away() -> JSONResponse:
    return JSONResponse({"reasons": [reason("bus-away")]}, 503, headers={"Retry-After": "5"})


def _slow_down() -> JSONResponse:
    return JSONResponse({"reasons": [reason("slow-down")]}, 429, headers={"Retry-After": "1"})


async def _answer(parts: Running, message: Outgoing) -> JSONResponse:
    found = await verdict_within(parts.bus, content := content_of(message))
    if found is None:
        return JSONResponse({"submission": content.submission, "verdict": "pending"}, 202)
    return JSONResponse(found, 409 if is_reused(found) else STATUS[found["verdict"]])


def _is_structured(request: Request) -> bool:
    return request.headers.get("content-type", "").split(";")[0] == STRUCTURED


def _binary(request: Request, body: bytes) -> tuple[dict[str, str], bytes]:
    """A CloudEvent in HTTP binary or structured mode as the binary mode of the bus; raises `Unfit`."""
    return _unfolded(body) if _is_structured(request) else (_attributes(request.headers), body)


def _unfolded(body: bytes) -> tuple[dict[str, str], bytes]:
    try:
        event = json.loads(body)
        data = event.pop("data")
        if not all(map(IS_ATTRIBUTE, event)):
            raise ValueError("an attribute that CloudEvents does not name so")
        given = {name: value for name, value in event.items() if value is not None}
        attributes = {f"ce-{name}": quote(_said(value), safe=VISIBLE) for name, value in given.items()}
        return _attributes(attributes), as_programs_write(data).encode()
    except (ValueError, AttributeError, KeyError, TypeError, RecursionError) as error:
        raise Unfit("not a structured CloudEvent", "内容不完整或者格式有误") from error


def _said(value: object) -> str:
    """What an attribute says; a list or another document is none."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int):
        return str(value)
    raise TypeError(value)


as_programs_write = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Without spaces, as JSON is written by nearly everybody: the same event in binary mode is the same bytes then."""


def _attributes(headers: Mapping[str, str]) -> dict[str, str]:
    kept = {name.lower(): _as_written(value) for name, value in headers.items() if name.lower().startswith("ce-")}
    return {**kept, "content-type": "application/json"}


def _as_written(value: str) -> str:
    """A header's bytes arrive as Latin-1: what is not ASCII is the UTF-8 that was sent, or nothing that can be kept."""
    if value.isascii():
        return value
    try:
        return quote(value.encode("latin-1").decode(), safe=PRINTED)
    except UnicodeError as error:
        raise Unfit("a header is not UTF-8", "报送说明的文字编码有误，应当是UTF-8编码") from error
