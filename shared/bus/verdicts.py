"""The answer to a submission, waited for: a form and a program want the verdict, not a receipt."""

from __future__ import annotations

import asyncio
import json
from typing import Any, NamedTuple

from shared.bus.connection import Bus
from shared.bus.streams import VERDICTS
from shared.events.digests import content_digest
from shared.events.outgoing import Outgoing
from shared.events.verdict import verdict_for, verdict_subject

VERDICT_WAIT = 5.0
"""Seconds for which a program that asks waits for its verdict, before it is answered that there is none yet."""
LOOK = 0.05


async def verdict_on(bus: Bus, submitter: str, submission: str) -> dict[str, Any] | None:
    """The verdict, or None while there is none."""
    message = await bus.last(VERDICTS.name, verdict_subject(submitter, submission))
    return json.loads(message.body) if message else None


class Content(NamedTuple):
    """What was submitted to which service under which id: the verdict on it may differ from the one on the id."""

    service: str
    submitter: str
    submission: str
    digest: str


def content_of(message: Outgoing) -> Content:
    """Of a submission as it is published."""
    _, service, _, submitter = message.subject.split(".")
    return Content(service, submitter, message.headers["ce-id"], content_digest(message.headers, message.body))


async def verdict_within(bus: Bus, on: Content, seconds: float = VERDICT_WAIT) -> Any:
    """The verdict on this content, or None when it did not come in time.

    The one that stands under its id may be on another: then this one is refused for that.
    """
    try:
        async with asyncio.timeout(seconds):
            while (found := await _verdict(bus, on)) is None:
                await asyncio.sleep(LOOK)
    except TimeoutError:
        return None
    return found


async def _verdict(bus: Bus, on: Content) -> dict[str, Any] | None:
    message = await bus.last(VERDICTS.name, verdict_subject(on.submitter, on.submission))
    if message is None or message.headers.get("ce-source") != on.service:
        return None
    return verdict_for(on.digest, json.loads(message.body))
