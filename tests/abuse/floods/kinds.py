"""What one station may send over the bus, sent without end and without waiting: each a function by its name."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from secrets import token_hex
from typing import NamedTuple
from uuid import uuid4

from nats.aio.client import Client

from deploy.identity.rights import submitted
from shared.bus.photos import cut
from shared.bus.streams import VERDICTS
from shared.events.outgoing import Outgoing
from tests.photographs import photograph
from tests.submitters import Submitter

AT_ONCE = 200
"""Messages between two looks at whether it is over."""
OPEN = 60
"""Batches that are begun together, more than a stream lets be open; it forgets them after ten seconds."""


class Flooding(NamedTuple):
    """Who floods, over which connection."""

    code: str
    client: Client

    async def send(self, message: Outgoing, reply: str = "") -> None:
        """Nothing is awaited but that the client has written it."""
        await self.client.publish(message.subject, message.body, reply, headers=dict(message.headers) or None)


def another(said: Outgoing, code: str, id: str) -> Outgoing:
    """The same under a new id."""
    return said._replace(headers={**said.headers, "ce-id": id, "Nats-Msg-Id": f"{code}/{id}"})


Kind = Callable[[Flooding], Awaitable[None]]


async def good_submissions(to: Flooding) -> None:
    """Patrols of its own, each under a new id."""
    patrol = Submitter(to.code).logs().message
    for _ in range(AT_ONCE):
        await to.send(another(patrol, to.code, str(uuid4())))


async def junk(to: Flooding) -> None:
    """Of every type that there is, so that each share is used up."""
    for subject in submitted(to.code):
        for _ in range(10):
            await to.send(Outgoing(subject, b"[" * 1000, {"ce-id": str(uuid4())}))


async def heartbeats(to: Flooding) -> None:
    """Five hundred thousand in ten seconds."""
    for _ in range(AT_ONCE):
        await to.client.publish(f"heartbeat.{to.code}", b'{"waiting": 0}')


PICTURE = photograph(96, 72)


async def photos(to: Flooding) -> None:
    """Each another one, and each a picture: what a JPEG ends with is anybody's."""
    for _ in range(AT_ONCE // 10):
        for part in cut(to.code, PICTURE + os.urandom(16)):
            await to.send(part)


async def parts_of_photos(to: Flooding) -> None:
    """The first of photos that never become whole."""
    for _ in range(AT_ONCE // 10):
        first, *_ = cut(to.code, os.urandom(5 * 1024 * 1024 // 10))
        await to.send(first)


async def open_batches(to: Flooding) -> None:
    """Atomic batches of which nothing more comes, of both streams that take them from a station."""
    patrol = Submitter(to.code).logs().message
    for n in range(OPEN):
        for one in (patrol, next(cut(to.code, os.urandom(2)))):
            begun: Mapping[str, str] = {"Nats-Batch-Id": token_hex(16), "Nats-Batch-Sequence": "1"}
            await to.send(one._replace(headers={**one.headers, **begun}), f"_INBOX_{to.code}.{n}")
    await asyncio.sleep(0.1)


async def looks_up(to: Flooding) -> None:
    """Verdicts of its own that are not there."""
    subject = f"$JS.API.DIRECT.GET.{VERDICTS.name}.verdict.{to.code}."
    for n in range(AT_ONCE):
        await to.client.publish(f"{subject}{uuid4()}", b"", f"_INBOX_{to.code}.{n}")


OVER_THE_BUS: Mapping[str, Kind] = {
    "submissions": good_submissions,
    "junk of every type": junk,
    "heartbeats": heartbeats,
    "photos": photos,
    "parts of photos": parts_of_photos,
    "open batches": open_batches,
    "verdict look-ups": looks_up,
}


async def without_end(kind: Kind, to: Flooding, over: asyncio.Event) -> int:
    """How many messages were sent, with a breath after each round for the connection itself."""
    while not over.is_set():
        await kind(to)
        await asyncio.sleep(0)
    return to.client.stats["out_msgs"]
