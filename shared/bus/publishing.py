"""Publishing with the server's word that everything is stored: one atomic batch where it can be, else one by one.

A failure is always raised, and the same messages may then be published again: those that were stored are recognised
by their `Nats-Msg-Id` within the stream's duplicate window, and by the receiving ledger after it.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from secrets import token_hex
from typing import Any

from nats.aio.client import Client
from nats.aio.msg import Msg

from shared.events.outgoing import Outgoing

TOGETHER = 1000
"""Messages of one atomic batch: the most that the server takes."""
IN_FLIGHT = 256
"""Messages published one by one that may await their acknowledgement at a time."""
TOO_LARGE = 10054
"""The server's code for a message above its stream's limit."""
DUPLICATE_IN_BATCH = 10201
"""The server's code for a batch it refused whole because it had stored one of the message ids already."""


class PublishRefused(Exception):
    """The server answered that it did not store a message or a batch."""

    def __init__(self, subject: str, why: Mapping[str, Any]) -> None:
        super().__init__(f"{subject}: {why.get('description')} ({why.get('err_code')})")
        self.err_code = int(why.get("err_code", 0))

    @property
    def is_for_good(self) -> bool:
        """Above its stream's limit: no repetition will make the server take it."""
        return self.err_code == TOO_LARGE


async def publish_all(client: Client, messages: Sequence[Outgoing], timeout: float) -> list[int]:
    """The sequences under which one stream has stored all messages in their order; `timeout` is for each answer."""
    stored: list[int] = []
    for start in range(0, len(messages), TOGETHER):
        part = messages[start : start + TOGETHER]
        together = await _stored_together(client, part, timeout) if len(part) > 1 else None
        stored += together or await publish_each(client, part, timeout)
    return stored


async def publish_each(client: Client, messages: Sequence[Outgoing], timeout: float) -> list[int]:
    """Stores messages one by one in their order; one that is stored already is no error and has its sequence."""
    stored: list[int] = []
    for start in range(0, len(messages), IN_FLIGHT):
        asked = (_stored(client, message, timeout) for message in messages[start : start + IN_FLIGHT])
        for outcome in await asyncio.gather(*asked, return_exceptions=True):
            if isinstance(outcome, BaseException):
                raise outcome
            stored.append(outcome)
    return stored


async def _stored(client: Client, message: Outgoing, wait: float) -> int:
    answer = await client.request(message.subject, message.body, wait, headers=dict(message.headers))
    reply = _answered(answer)
    if "error" in reply:
        raise PublishRefused(message.subject, reply["error"])
    return int(reply["seq"])


async def _stored_together(client: Client, messages: Sequence[Outgoing], wait: float) -> list[int] | None:
    """None when the batch was refused because some of it is stored already."""
    batch = token_hex(16)
    for n, message in enumerate(messages[:-1], 1):
        part = {**message.headers, "Nats-Batch-Id": batch, "Nats-Batch-Sequence": str(n)}
        await client.publish(message.subject, message.body, headers=part)
    last = messages[-1]
    end = {"Nats-Batch-Id": batch, "Nats-Batch-Sequence": str(len(messages)), "Nats-Batch-Commit": "1"}
    answer = await client.request(last.subject, last.body, wait, headers={**last.headers, **end})
    return _all_stored(last.subject, _answered(answer), len(messages))


def _all_stored(subject: str, reply: Mapping[str, Any], count: int) -> list[int] | None:
    error = reply.get("error")
    if error is None and reply.get("count") != count:
        error = {"description": f"the batch of {count} was answered with {reply}"}
    if error is None:
        return list(range(reply["seq"] - count + 1, reply["seq"] + 1))
    if error.get("err_code") == DUPLICATE_IN_BATCH:
        return None
    raise PublishRefused(subject, error)


def _answered(answer: Msg) -> dict[str, Any]:
    reply: dict[str, Any] = json.loads(answer.data)
    return reply
