"""Publishing with the server's word that everything is stored: one atomic batch where it can be, else one by one.

A failure is always raised, and the same messages may then be published again: those that were stored are recognised
by their `Nats-Msg-Id` within the stream's duplicate window, and by the receiving ledger after it.

Of one submitter a stream takes so many that wait, and no more until some of them are decided; nor anybody's while it is
sent more than it can look at: `SlowDown`.
"""

from __future__ import annotations

import asyncio
import json
import math
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from secrets import token_hex
from typing import Any

from nats.aio.client import Client
from nats.aio.msg import Msg

from shared.backoff import doubling, jittered
from shared.bus.requests import insist, request
from shared.events.outgoing import Outgoing

TOGETHER = 1000
"""Messages of one atomic batch: the most that the server takes."""
IN_FLIGHT = 256
"""Messages published one by one that may await their acknowledgement at a time."""
TOO_LARGE = 10054
"""The server's code for a message above its stream's limit."""
DUPLICATE_IN_BATCH = 10201
"""The server's code for a batch it refused whole because it had stored one of the message ids already."""
INCOMPLETE = 10176
"""Its code for a batch that lacks a message: one that it did not take, or the first while too many others are open."""
STORE_FAILED, FULL = 10077, ("maximum messages per subject", "maximum messages exceeded")
"""The server's code and words where a subject, or the stream, holds as many messages as it may."""
TOO_MANY_SENT = 10167
"""Its code where a stream is sent more than it can look at."""
KNOWN_AGAIN = {"Nats-Msg-Id", "Nats-Expected-Last-Subject-Sequence"}
"""Headers by which the server stores once what comes twice."""
PORTION = 25
"""Messages of one submitter that are stored together: a share takes them once half of it is decided."""
FIRST, LONGEST = 0.05, 2.0
"""Seconds before the same is sent again to a stream that said to go slower."""


class PublishRefused(Exception):
    """The server answered that it did not store a message or a batch."""

    def __init__(self, subject: str, why: Mapping[str, Any]) -> None:
        super().__init__(f"{subject}: {why.get('description')} ({why.get('err_code')})")
        self.subject = subject
        self.err_code = int(why.get("err_code", 0))

    @property
    def is_for_good(self) -> bool:
        """Above its stream's limit: no repetition will make the server take it."""
        return self.err_code == TOO_LARGE


class SlowDown(PublishRefused):
    """A submitter's share of what waits is used up, or the stream has no time: the same again in a moment."""


async def publish_all(
    client: Client, messages: Sequence[Outgoing], timeout: float, in_flight: int = IN_FLIGHT
) -> list[int]:
    """The sequences under which one stream has stored all messages in their order; `timeout` is for each answer."""
    stored: list[int] = []
    for start in range(0, len(messages), TOGETHER):
        part = messages[start : start + TOGETHER]
        together = await _stored_together(client, part, timeout) if len(part) > 1 else None
        stored += together or await publish_each(client, part, timeout, in_flight)
    return stored


async def publish_by_shares(
    client: Client, messages: Sequence[Outgoing], timeout: float, together: int = TOGETHER, patience: float = math.inf
) -> list[int]:
    """As `publish_all`, and where it is told to go slower it goes slower, in portions, none of them past another.

    `SlowDown` when for `patience` seconds there was no room for a portion.
    """
    stored: list[int] = []
    for start in range(0, len(messages), together):
        part = messages[start : start + together]
        try:
            stored += await publish_all(client, part, timeout, in_flight=1)
        except SlowDown:
            for first in range(0, len(part), PORTION):
                stored += await _when_there_is_room(client, part[first : first + PORTION], timeout, patience)
    return stored


async def _when_there_is_room(
    client: Client, portion: Sequence[Outgoing], timeout: float, patience: float
) -> list[int]:
    """One in flight where a batch is not taken: of a full share's messages none may be passed by one behind it."""
    waits, until = doubling(FIRST, LONGEST), time.monotonic() + patience
    while True:
        try:
            return await publish_all(client, portion, timeout, in_flight=1)
        except SlowDown:
            if time.monotonic() > until:
                raise
            await asyncio.sleep(jittered(next(waits)))


async def publish_each(
    client: Client, messages: Sequence[Outgoing], timeout: float, in_flight: int = IN_FLIGHT
) -> list[int]:
    """Stores messages one by one in their order; one that is stored already is no error and has its sequence."""
    stored: list[int] = []
    for start in range(0, len(messages), in_flight):
        asked = (_stored(client, message, timeout) for message in messages[start : start + in_flight])
        for outcome in await asyncio.gather(*asked, return_exceptions=True):
            if isinstance(outcome, BaseException):
                raise outcome
            stored.append(outcome)
    return stored


async def _stored(client: Client, message: Outgoing, wait: float) -> int:
    answer = await _asking(message)(client, message.subject, message.body, wait, message.headers)
    reply = _answered(answer)
    if "error" in reply:
        raise _refused(message.subject, reply["error"])
    return int(reply["seq"])


async def _stored_together(client: Client, messages: Sequence[Outgoing], wait: float) -> list[int] | None:
    """None when the batch was refused and its messages are to be stored one by one."""
    batch = token_hex(16)
    for n, message in enumerate(messages[:-1], 1):
        await client.publish(message.subject, message.body, headers=_part(message, batch, n))
    last = messages[-1]
    end = {**_part(last, batch, len(messages)), "Nats-Batch-Commit": "1"}
    answer = await _asking(last)(client, last.subject, last.body, wait, end)
    try:
        return _all_stored(last.subject, _answered(answer), len(messages))
    except PublishRefused as no:
        if no.err_code == DUPLICATE_IN_BATCH or (no.err_code == INCOMPLETE and await _none_begins(client, last, wait)):
            return None
        raise


def _asking(message: Outgoing) -> Callable[..., Awaitable[Msg]]:
    """Sent again without an answer only what is known again: of a photo's part each is one more, and is meant so."""
    return insist if message.headers.keys() & KNOWN_AGAIN else request


def _part(message: Outgoing, batch: str, n: int) -> dict[str, str]:
    return {**message.headers, "Nats-Batch-Id": batch, "Nats-Batch-Sequence": str(n)}


async def _none_begins(client: Client, message: Outgoing, wait: float) -> bool:
    """Whether the stream takes no more batches now, for as many as may be are open, be it that somebody leaves them."""
    answer = await request(client, message.subject, b"", wait, _part(message, token_hex(16), 1))
    return b"error" in answer.data


def _all_stored(subject: str, reply: Mapping[str, Any], count: int) -> list[int]:
    error = reply.get("error")
    if error is None and reply.get("count") != count:
        error = {"description": f"the batch of {count} was answered with {reply}"}
    if error is not None:
        raise _refused(subject, error)
    return list(range(reply["seq"] - count + 1, reply["seq"] + 1))


def _refused(subject: str, error: Mapping[str, Any]) -> PublishRefused:
    code, is_full = error.get("err_code"), str(error.get("description")).startswith(FULL)
    is_slower = code == TOO_MANY_SENT or (code == STORE_FAILED and is_full)
    return SlowDown(subject, error) if is_slower else PublishRefused(subject, error)


def _answered(answer: Msg) -> dict[str, Any]:
    reply: dict[str, Any] = json.loads(answer.data)
    return reply
