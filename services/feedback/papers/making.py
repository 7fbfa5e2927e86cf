"""Has a document's files made apart, one after the other, within limits; what needs no such work is made here."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Self

from services.feedback.papers import json
from services.feedback.papers.formats import MADE_APART, Format
from services.feedback.papers.sheet import Sheet
from shared.foreign.apart import Apart, Exhausted, Limits
from shared.process.metrics import EXHAUSTED

WORK = "services.feedback.papers.work"
LIMITS = Limits(processor=20, time=40, memory=384 * 1024 * 1024)
"""Of one document: the largest that a sheet may be takes some seconds, and the face of rare characters 50 MB."""


class NotMade(Exception):
    """Why there is no file; `slug` has its sentence among the refusals."""

    def __init__(self, slug: str) -> None:
        super().__init__(slug)
        self.slug = slug


class Workshop:
    """Where files are made while it is open: one process, with all that it holds, for as many documents as are asked.

    async with Workshop(parts.settings.fonts) as workshop:
        files = await workshop.made(sheet, [Format.PDF])
    """

    def __init__(self, own_faces: Path | None) -> None:
        self._apart, self._own = Apart(WORK, LIMITS), str(own_faces or "")

    @property
    def process(self) -> int | None:
        """Who makes them, as long as there is anybody."""
        return self._apart.process

    async def made(self, sheet: Sheet, formats: Collection[Format]) -> dict[Format, bytes]:
        """The files, by format; raises `NotMade`."""
        apart = [one for one in formats if one in MADE_APART]
        files = await self._asked(sheet, apart) if apart else {}
        return files | {one: json.written(sheet) for one in formats if one is Format.JSON}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """Ends the process, if there is one."""
        await self._apart.close()

    async def _asked(self, sheet: Sheet, formats: list[Format]) -> dict[Format, bytes]:
        given = {"sheet": sheet.canonical(), "formats": [one.value for one in formats], "own_faces": self._own}
        try:
            answer = await self._apart.ask(given)
        except Exhausted as ended:
            EXHAUSTED.labels("feedback", ended.beyond).inc()
            raise NotMade("document-too-much-work") from None
        if wrong := answer.get("wrong"):
            raise NotMade(str(wrong))
        return {Format(name): bytes(content) for name, content in answer["files"].items()}
