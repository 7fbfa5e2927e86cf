"""`station doctor`: tries everything that a station needs, and says of each trouble what to do about it."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError

from services.station.folder import AlreadyRunning, Folder, Hub
from services.station.line.county import ask, date_in
from services.station.line.line import Line, line, to_county
from services.station.line.replaced import replaced_since
from services.station.line.sender import first_to_end
from services.station.line.troubles import Trouble, explained
from services.station.outbox.failures import Damaged, NotSaved
from services.station.outbox.outbox import Outbox
from services.station.outbox.repair import Salvage, opened
from services.station.page.showing import CLOCK_OFF
from shared.bus.requests import request
from shared.bus.streams import VERDICTS
from shared.calendar import CHINA
from shared.events.outgoing import submission_subject

NEARLY_FULL = 200 * 1024 * 1024
FULL = 1024 * 1024
"""Bytes that are left of the disk."""
ANSWER = 10.0
NO_STREAM, OTHER_STREAM = "none", 10060
"""A name that no stream has, and the bus's code for a message that another stream was to take."""
NOBODYS = "00000000-0000-7000-8000-000000000000"
"""An id under which there is no verdict: asking for it shows whether one may ask."""


class Finding(NamedTuple):
    """A trouble, and where it was met."""

    trouble: Trouble
    place: str = ""

    def chinese(self) -> str:
        words = self.trouble.zh
        return f"【问题】{self._at()}{words.what}\n【处理】{words.do}{self._detail()}"

    def english(self) -> str:
        words = self.trouble.en
        return f"[trouble] {self._at()}{words.what}\n[do] {words.do}{self._detail()}"

    def _at(self) -> str:
        return f"{self.place}: " if self.place else ""

    def _detail(self) -> str:
        return f"\n    {self.trouble.detail}" if self.trouble.detail else ""


async def examine(folder: Folder) -> list[Finding]:
    """Everything that is wrong, from the disk to the county."""
    found = [*_disk(folder), *_outbox(folder)]
    hub = folder.hub()
    if hub is None:
        return [*found, Finding(Trouble("not-enrolled"))]
    found += [finding async for finding in _county(hub, folder)]
    found += [finding async for finding in _bus(hub, folder)]
    return _without_what_follows(found)


def _without_what_follows(found: list[Finding]) -> list[Finding]:
    """A PC whose place another took is let in nowhere, and must not enrol anew as others that are not."""
    if not any(one.trouble.slug == "replaced" for one in found):
        return found
    return [one for one in found if one.trouble.slug not in ("not-permitted", "token-refused")]


def _disk(folder: Folder) -> Iterator[Finding]:
    free = shutil.disk_usage(folder.path).free
    if free < NEARLY_FULL:
        slug = "disk-full" if free < FULL else "disk-nearly-full"
        yield Finding(Trouble(slug, f"{free // 1024} KB"), str(folder.path))


def _outbox(folder: Folder) -> Iterator[Finding]:
    """Repairs what is damaged, unless the agent runs: then it has to be stopped first."""
    try:
        with folder.alone():
            outbox, salvage = opened(folder.outbox, datetime.now(CHINA))
            with closing(outbox):
                yield from _writable(outbox)
            if salvage:
                yield Finding(Trouble("outbox-damaged", _in_words(salvage)), str(folder.outbox))
    except AlreadyRunning:
        yield from _looked_at(folder)
    except NotSaved as error:
        yield Finding(explained(error), str(folder.outbox))


def _writable(outbox: Outbox) -> Iterator[Finding]:
    """Writes a page's worth and takes it back."""
    try:
        outbox.try_writing()
    except NotSaved as error:
        yield Finding(explained(error), str(outbox.path))


def _looked_at(folder: Folder) -> Iterator[Finding]:
    try:
        Outbox(folder.outbox).close()
    except (Damaged, NotSaved) as error:
        yield Finding(explained(error), str(folder.outbox))


def _in_words(salvage: Salvage) -> str:
    return f"已读出{salvage.saved}件（待发送{salvage.pending}件），未能读出{salvage.lost}件；原文件：{salvage.kept}"


async def _county(hub: Hub, folder: Folder) -> AsyncIterator[Finding]:
    """The county's pages, this station's token, and the clock."""
    try:
        at = (await asyncio.to_thread(ask, f"{hub.url}/inspection/api/desk", folder.ca, None, hub)).at
    except HTTPError as error:
        at = date_in(error.headers)
        yield Finding(explained(error), hub.url)
    except (OSError, ValueError) as error:
        yield Finding(explained(error), hub.url)
        return
    off = (datetime.now(UTC) - at).total_seconds() if at else 0.0
    if abs(off) > CLOCK_OFF:
        yield Finding(Trouble("clock-off", f"{off:+.0f} s"))


async def _bus(hub: Hub, folder: Folder) -> AsyncIterator[Finding]:
    """Connects as the sender does and asks for a verdict, which shows that this station may."""
    trouble = await _tried(hub, folder)
    if trouble is not None:
        yield Finding(trouble, " ".join(hub.bus))
    if trouble is not None and trouble.slug == "not-permitted":
        with suppress(OSError, ValueError, KeyError):
            if since := await replaced_since(hub, folder):
                yield Finding(Trouble("replaced", since), hub.url)
    async for finding in _former(hub, folder):
        yield finding


async def _former(hub: Hub, folder: Folder) -> AsyncIterator[Finding]:
    """What waits under codes that this PC had before: the way to send it is not to enrol this PC for them."""
    held = {former.hub.station: former for former in folder.former()}
    for code in sorted({*held, *_waiting(folder)} - {hub.station}):
        former = held.get(code)
        trouble = await _tried(former.hub, folder, former.creds) if former else Trouble("former-key-gone")
        if trouble is not None:
            is_out = trouble.slug == "not-permitted"
            yield Finding(Trouble("former-key-ended", trouble.detail) if is_out else trouble, code)


def _waiting(folder: Folder) -> set[str]:
    try:
        with closing(Outbox(folder.outbox)) as outbox:
            return {*outbox.waiting_by_submitter()}
    except (Damaged, NotSaved):
        return set()  # Said already, of the outbox itself.


async def _tried(hub: Hub, folder: Folder, key: Path | None = None) -> Trouble | None:
    try:
        async with line(to_county(hub, folder, key)) as one:
            await first_to_end(_asking(one, hub.station), _denied(one))
    except Exception as error:
        return explained(error)
    return None


async def _asking(one: Line, station: str) -> None:
    await _verdict(one, station)
    await _publishing(one, station)


async def _publishing(one: Line, station: str) -> None:
    """To where it submits, for a stream that it is not: whoever may publish is answered so, and nothing is stored."""
    subject = submission_subject("inspection", "log-inspection", station)
    answer = await request(one.client, subject, b"", ANSWER, {"Nats-Expected-Stream": NO_STREAM})
    if json.loads(answer.data).get("error", {}).get("err_code") != OTHER_STREAM:
        raise ConnectionError(f"an unexpected answer to a trial: {answer.data[:200]!r}")


async def _verdict(one: Line, station: str) -> None:
    subject = f"$JS.API.DIRECT.GET.{VERDICTS.name}.verdict.{station}.{NOBODYS}"
    await request(one.client, subject, b"", ANSWER)


async def _denied(one: Line) -> None:
    """What is not allowed is not answered either, but the bus says so at once."""
    await one.objected.wait()
    if one.said:
        raise one.said
