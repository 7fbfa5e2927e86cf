"""Sheets given as files: made, named, and told to the auditor; several of them in one archive."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import ExitStack
from tempfile import SpooledTemporaryFile
from typing import IO, NamedTuple
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import Response, StreamingResponse

from services.feedback.papers import json
from services.feedback.papers.archive import Archive
from services.feedback.papers.formats import MEDIA, Format, file_name
from services.feedback.papers.making import NotMade, Workshop
from services.feedback.papers.seal import Seal
from services.feedback.papers.sheet import Sheet
from shared.identity.audit import AuditKind
from shared.pages.error_pages import Refusing
from shared.process.running import Running
from shared.web.auditing import audited
from shared.web.heavy import taking_turns

ZIP, PIECE = "application/zip", 256 * 1024
SMALL = 4 * 1024 * 1024
"""Bytes of an archive that stay in memory; of a larger one what is beyond lies on the disk until it was sent."""


Made = Mapping[Format, bytes]


def nothing_more(made: Made) -> None:
    """Nobody asks what was made."""


class ToPack(NamedTuple):
    """A document of an archive: in which folder, in which formats, and who looks at its files once they are `made`."""

    folder: str
    sheet: Sheet
    formats: Sequence[Format]
    made: Callable[[Made], None] = nothing_more


async def given_as(request: Request, parts: Running, sheet: Sheet, made_as: Format) -> Response:
    """Of the formats that are files; a browser shows what it can."""
    if made_as is Format.JSON:
        return _file(request, sheet, made_as, json.written(sheet))
    async with taking_turns(request, parts), Workshop(parts.settings.fonts) as workshop:
        files = await made_in(workshop, sheet, [made_as])
    return _file(request, sheet, made_as, files[made_as])


async def given_in_one(
    request: Request, parts: Running, name: str, documents: AsyncIterator[ToPack], seal: Seal | None = None
) -> Response:
    """An archive of documents that are made one after the other, however many there are."""
    with ExitStack() as until_sent:
        made = until_sent.enter_context(SpooledTemporaryFile(SMALL))
        async with taking_turns(request, parts), Workshop(parts.settings.fonts) as workshop:
            archive = Archive(made)
            async for one in documents:
                files = await made_in(workshop, one.sheet, one.formats)
                archive.add(one.folder, one.sheet, files)
                one.made(files)
            count = archive.close(seal)
        audited(request.scope, AuditKind.EXPORT, request.url.path, f"{name}，{count}个文件")
        until_sent.pop_all()
    return StreamingResponse(_pieces(made), media_type=ZIP, headers=called(name))


async def _pieces(made: IO[bytes]) -> AsyncIterator[bytes]:
    with made:
        made.seek(0)
        while piece := await asyncio.to_thread(made.read, PIECE):
            yield piece


async def made_in(workshop: Workshop, sheet: Sheet, formats: Sequence[Format]) -> Made:
    """Its files; says in words why there are none."""
    try:
        return await workshop.made(sheet, formats)
    except NotMade as no:
        raise Refusing(503, no.slug) from None


def format_of(ending: str, among: Sequence[Format] = tuple(Format)) -> Format:
    """As the end of an address says it."""
    if ending not in {one.value for one in among}:
        raise Refusing(404, "unknown-format", format=ending[:20])
    return Format(ending)


def called(name: str, shown: str = "attachment") -> Mapping[str, str]:
    """Headers that say a file's Chinese name, and whether a browser shows it."""
    return {"Content-Disposition": f"{shown}; filename*=UTF-8''{quote(name)}"}


def _file(request: Request, sheet: Sheet, made_as: Format, content: bytes) -> Response:
    name = file_name(sheet, made_as)
    audited(request.scope, AuditKind.EXPORT, request.url.path, name)
    shown = "inline" if made_as is Format.PDF else "attachment"
    return Response(content, media_type=MEDIA[made_as], headers=called(name, shown))
