"""A form as a browser posts it: its fields and files, read only as far as a form may be long."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message, Receive, Scope

from shared.events.envelope import IS_KEY, IS_UUID
from shared.events.vocabulary import SHA256_PATTERN
from shared.forms import Entered, Ticket
from shared.forms.entered import GROUNDS
from shared.forms.questions import ANSWER

MOST_BYTES = 60 * 1024 * 1024
"""Of a form with its photos: less than the gateway lets through."""
MOST_FIELDS = 400
MOST_FIELD = 256 * 1024
"""Bytes of one field: a text that is too long is to be said in words, not thrown away."""
MOST_FILES = 200
"""More than any form takes, so that too many photos are said in words."""
NAMES_ENCODING = re.compile(rb';\s*charset[*0-9]*\s*=\s*("[^"]*"|[^;]*)', re.IGNORECASE)
OF_THE_TICKET = ("ticket", "time", "corrects", "photo", "photos", GROUNDS)


@dataclass(frozen=True, slots=True)
class Posted:
    """What a form brought, the pictures that were chosen now, and all its fields as they were sent."""

    entered: Entered
    chosen: Sequence[UploadFile]
    fields: tuple[tuple[str, str], ...] = ()


@asynccontextmanager
async def posted(request: Request, most: int = MOST_BYTES) -> AsyncIterator[Posted]:
    """While the block lasts its files can be read; 413 for what no person sends, or has more bytes than `most`.

    Where no photo is chosen a browser sends one file without a name.
    """
    bounded = Request(_as_its_page(request.scope), _within(request.receive, most))
    async with bounded.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=MOST_FIELD) as sent:
        files = [one for one in sent.getlist("photos") if isinstance(one, UploadFile)]
        fields = tuple((name, value) for name, value in sent.multi_items() if isinstance(value, str))
        yield Posted(_entered(sent), [one for one in files if one.filename], fields)


def _as_its_page(scope: Scope) -> Scope:
    """A browser encodes a form as its page is; under another encoding's name comes what no page can print."""
    headers = [
        (name, NAMES_ENCODING.sub(b"", value) if name == b"content-type" else value) for name, value in scope["headers"]
    ]
    return {**scope, "headers": headers}


def _entered(sent: FormData) -> Entered:
    """A file where text is expected counts as nothing; what bears no name of a photo is none that was sent before."""
    values = {name: value for name, value in sent.items() if isinstance(value, str)}
    before = dict.fromkeys(value for value in sent.getlist("photo") if isinstance(value, str) and _is_digest(value))
    corrects = values.get("corrects", "")
    answers = {name.removeprefix(ANSWER): value for name, value in values.items() if name.startswith(ANSWER)}
    return Entered(
        {n: value for n, value in values.items() if n not in OF_THE_TICKET and not n.startswith(ANSWER)},
        Ticket.of(values.get("ticket", ""), values.get("time", "")),
        tuple(before)[:MOST_FILES],
        corrects if IS_UUID(corrects) or IS_KEY(corrects) else "",
        answers=answers,
        grounds=values.get(GROUNDS),
    )


def _is_digest(text: str) -> bool:
    return re.fullmatch(SHA256_PATTERN, text) is not None


def _within(receive: Receive, most: int) -> Receive:
    """Counts what comes, and ends it when it is too much."""
    came = 0

    async def counted() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > most:
            raise HTTPException(413)
        return message

    return counted
