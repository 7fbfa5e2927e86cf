"""A form as a browser posts it: its fields and files, read only as far as a form may be long."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from os import SEEK_END
from tempfile import SpooledTemporaryFile
from typing import IO

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Message, Scope

from shared.events.envelope import IS_KEY, IS_UUID
from shared.events.vocabulary import SHA256_PATTERN
from shared.forms import Entered, Ticket
from shared.forms.entered import GROUNDS
from shared.forms.questions import ANSWER
from shared.identity.acting import Acting, acting_in
from shared.web.room import Room

MOST_BYTES = 60 * 1024 * 1024
"""Of a form with its photos: less than the gateway lets through."""
MOST_FIELDS = 400
MOST_FIELD = 256 * 1024
"""Bytes of one field: a text that is too long is to be said in words, not thrown away."""
MOST_FILES = 200
"""More than any form takes, so that too many photos are said in words."""
MOST_WITHOUT_PHOTOS = 1024 * 1024
"""Of a form that has none."""
SMALL, PIECE = 64 * 1024, 256 * 1024
"""Bytes of a form that stays in memory and waits for no room, and of what is read of another at once."""
ROOM, PATIENCE = Room(MOST_BYTES), 30.0
"""For all forms that a process reads at once; one waits so many seconds, fewer than the gateway does."""
LONGEST_LINE = 80
"""Bytes between two parts of a form (RFC 2046)."""
HEAD_ENDS = b"\r\n\r\n"
"""A part says first what it is called."""
NAMES_ENCODING = re.compile(rb';\s*charset[*0-9]*\s*=\s*("[^"]*"|[^;]*)', re.IGNORECASE)
OF_THE_TICKET = ("ticket", "time", "corrects", "photo", "photos", GROUNDS)


@dataclass(frozen=True, slots=True)
class Posted:
    """What a form brought, the pictures that were chosen now, and all its fields as they were sent."""

    entered: Entered
    chosen: Sequence[UploadFile]
    fields: tuple[tuple[str, str], ...] = ()
    acting: Acting | None = None
    """Who sent it, where somebody is signed in."""
    scope: Scope | None = None
    """Of the request that brought it."""


@asynccontextmanager
async def posted(request: Request, most: int = MOST_BYTES, may_be_cut: bool = False) -> AsyncIterator[Posted]:
    """While the block lasts its files can be read; 413 for what no person sends, or has more bytes than `most`.

    One that `may_be_cut` ends there instead, within a photo: texts alone are never so long.

    Whoever sends slowly holds a place on the disk alone: memory is taken once all has come.
    Where no photo is chosen a browser sends one file without a name.
    """
    with SpooledTemporaryFile(SMALL) as body:
        if await _arrived(request, body, most) > most:
            _end(body, may_be_cut)
        async with _room_for(body.seek(0, SEEK_END)), _read_from(request, body) as sent:
            files = [one for one in sent.getlist("photos") if isinstance(one, UploadFile)]
            fields = tuple((name, value) for name, value in sent.multi_items() if isinstance(value, str))
            chosen = [one for one in files if one.filename]
            yield Posted(_entered(sent), chosen, fields, acting_in(request.scope), request.scope)


async def _arrived(request: Request, body: IO[bytes], most: int) -> int:
    """How many bytes came; what goes beyond `most` is passed over, so that whoever sends it reads why."""
    came = 0
    async for piece in request.stream():
        came += len(piece)
        if came > MOST_BYTES:
            break
        if came <= most:
            await _keep(body, piece, came)
    return came


def _end(body: IO[bytes], may_be_cut: bool) -> None:
    """A browser's form begins with the line that ends it; what was cut before it had a name is left out."""
    if not may_be_cut:
        raise HTTPException(413)
    body.seek(0)
    came = body.read()
    line = came[:LONGEST_LINE].split(b"\n")[0].strip()
    begun = came.rfind(line)
    is_named = HEAD_ENDS in came[begun:]
    body.seek(len(came) if is_named else begun)
    body.truncate()
    body.write((b"\r\n" if is_named else b"") + line + b"--\r\n")


async def _keep(body: IO[bytes], piece: bytes, came: int) -> None:
    """What goes to the disk is written beside the loop."""
    if came > SMALL:
        await asyncio.to_thread(body.write, piece)
    else:
        body.write(piece)


@asynccontextmanager
async def _room_for(size: int) -> AsyncIterator[None]:
    """503 where there is none for long; what is small needs none."""
    async with AsyncExitStack() as stack:
        if size > SMALL:
            try:
                await stack.enter_async_context(ROOM.of(size, PATIENCE))
            except TimeoutError:
                raise HTTPException(503) from None
        yield


@asynccontextmanager
async def _read_from(request: Request, body: IO[bytes]) -> AsyncIterator[FormData]:
    body.seek(0)

    async def piece() -> Message:
        read = await asyncio.to_thread(body.read, PIECE)
        return {"type": "http.request", "body": read, "more_body": bool(read)}

    whole = Request(_as_its_page(request.scope), piece)
    async with whole.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=MOST_FIELD) as sent:
        yield sent


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
