"""A sheet given as a file: made, named, and told to the auditor."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import Response

from services.feedback.papers import json
from services.feedback.papers.formats import MEDIA, Format, file_name
from services.feedback.papers.making import NotMade, Workshop
from services.feedback.papers.sheet import Sheet
from shared.identity.audit import AuditKind
from shared.pages.error_pages import Refusing
from shared.process.running import Running
from shared.web.auditing import audited
from shared.web.heavy import taking_turns

ZIP = "application/zip"
Finished = list[tuple[Sheet, dict[Format, bytes]]]


async def given_as(request: Request, parts: Running, sheet: Sheet, made_as: Format) -> Response:
    """Of the formats that are files; a browser shows what it can."""
    if made_as is Format.JSON:
        return _file(request, sheet, made_as, json.written(sheet))
    async with taking_turns(request, parts), Workshop(parts.settings.fonts) as workshop:
        ((_, files),) = await made_in(workshop, [sheet], [made_as])
    return _file(request, sheet, made_as, files[made_as])


async def made_in(workshop: Workshop, sheets: Sequence[Sheet], formats: Sequence[Format]) -> Finished:
    """Each with its files; says in words why there are none."""
    try:
        return [(sheet, await workshop.made(sheet, formats)) for sheet in sheets]
    except NotMade as no:
        raise Refusing(503, no.slug) from None


def format_of(ending: str, among: Sequence[Format] = tuple(Format)) -> Format:
    """As the end of an address says it."""
    if ending not in {one.value for one in among}:
        raise Refusing(404, "unknown-format", format=ending[:20])
    return Format(ending)


def download(content: bytes, media: str, name: str, shown: str = "attachment") -> Response:
    """Under its Chinese name."""
    called = f"{shown}; filename*=UTF-8''{quote(name)}"
    return Response(content, media_type=media, headers={"Content-Disposition": called})


def _file(request: Request, sheet: Sheet, made_as: Format, content: bytes) -> Response:
    name = file_name(sheet, made_as)
    audited(request.scope, AuditKind.EXPORT, request.url.path, name)
    return download(content, MEDIA[made_as], name, "inline" if made_as is Format.PDF else "attachment")
