"""The bus as services use it, on the connection that FastStream's broker holds: pull, publish, acknowledge, look up.

Everything that changes the stream is awaited until the server has stored it; nothing here retries.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from nats.aio.client import Client
from nats.aio.msg import Msg

from shared.bus.any_message import headers_in
from shared.bus.publishing import publish_all
from shared.bus.requests import heeding, insist, request
from shared.bus.shares import as_published
from shared.bus.streams import Subscription
from shared.events.outgoing import Outgoing

TIMEOUT = 5.0
NOT_FOUND = 404
NO_MESSAGE = 10037
"""The server's code where a stream holds nothing under a subject."""
NOTHING_THERE = {"204", "404"}


class BusRefused(Exception):
    """The server's API answered with an error: which call, what it said, and its code."""

    def __init__(self, subject: str, error: Mapping[str, Any]) -> None:
        super().__init__(f"{subject}: {error.get('description')} ({error.get('err_code') or error.get('code')})")
        self.code = int(error.get("code", 0))
        self.err_code = int(error.get("err_code", 0))


@dataclass(frozen=True, slots=True)
class Message:
    """A message of a stream: what it says, where it lies, when the broker stored it."""

    subject: str
    headers: Mapping[str, str]
    body: bytes
    stream: str
    sequence: int
    received: datetime
    reply: str = ""
    delivery: int = 0
    """Its number among all deliveries of its consumer since that was last reset, from 1 on."""
    attempt: int = 1
    waiting: int = 0
    """Messages that its consumer had not been handed yet when it was handed this one."""


class Bus:
    """One connection to the bus."""

    def __init__(self, client: Client) -> None:
        self.client = client

    @property
    def connected(self) -> bool:
        """Whether the connection stands right now."""
        return self.client.is_connected

    @property
    def closed(self) -> bool:
        """Whether the connection has been given up for good."""
        return self.client.is_closed

    @property
    def reconnects(self) -> int:
        """How often the connection came back: what was under way then is lost."""
        return int(self.client.stats["reconnects"])

    async def api(self, subject: str, asked: Mapping[str, Any] | None = None, once: bool = False) -> dict[str, Any]:
        """One call of the JetStream API; its error is a `BusRefused`. What may not be heard twice is asked `once`."""
        body = json.dumps(asked).encode() if asked is not None else b""
        answer = await (request if once else insist)(self.client, f"$JS.API.{subject}", body, TIMEOUT)
        reply: dict[str, Any] = json.loads(answer.data)
        if "error" in reply:
            raise BusRefused(subject, reply["error"])
        return reply

    async def publish(self, messages: Sequence[Outgoing]) -> None:
        """Stores all messages (of one stream) and returns when the server has them."""
        if messages:
            await publish_all(self.client, messages, timeout=TIMEOUT)

    async def acknowledge(self, last: Message) -> None:
        """Tells the server that this and all before it are done; a lost acknowledgement only repeats them."""
        await self.client.publish(last.reply, b"+ACK")

    async def trim(self, subscription: Subscription, done: int) -> None:
        """Removes what a subscription has behind it, up to the sequence `done`, from the stream."""
        for subject in subscription.filters:
            await self.api(f"STREAM.PURGE.{subscription.stream}", {"filter": subject, "seq": done + 1})

    async def still_working(self, messages: Sequence[Message]) -> None:
        """Asks the server for another `ACK_WAIT` before it hands these to somebody again."""
        for message in messages:
            await self.client.publish(message.reply, b"+WPI")

    async def last(self, stream: str, subject: str) -> Message | None:
        """The last message under a subject, by direct get: where several servers keep the stream, one of them answers.

        It may be a moment behind what another has acknowledged: for what is looked up again, or only shown.
        """
        return await self._direct(stream, {"last_by_subj": subject})

    async def last_stored(self, stream: str, subject: str) -> Message | None:
        """The last message under a subject as the server has it that leads the stream.

        Whatever was acknowledged before this was asked is seen, however many servers keep it.
        """
        try:
            reply = await self.api(f"STREAM.MSG.GET.{stream}", {"last_by_subj": subject})
        except BusRefused as no:
            if no.err_code == NO_MESSAGE:
                return None
            raise
        return _kept_message(reply["message"], stream)

    async def next(self, stream: str, subject: str, after: int) -> Message | None:
        """The first message under a subject (wildcards allowed) whose sequence lies above `after`."""
        return await self._direct(stream, {"next_by_subj": subject, "seq": after + 1})

    async def following(self, stream: str, subject: str, after: int, most: int) -> list[Message]:
        """Up to `most` messages under a subject whose sequence lies above `after`, in their order, in one request."""
        inbox = self.client.new_inbox()
        answers = await self.client.subscribe(inbox)
        asked = {"next_by_subj": subject, "seq": after + 1, "batch": most}
        found: list[Message] = []
        try:
            await self.client.publish(f"$JS.API.DIRECT.GET.{stream}", json.dumps(asked).encode(), reply=inbox)
            while message := _direct_message(await heeding(answers.next_msg(timeout=TIMEOUT)), stream):
                found.append(message)
        finally:
            await answers.unsubscribe()
        return found

    async def _direct(self, stream: str, asked: Mapping[str, Any]) -> Message | None:
        answer = await insist(self.client, f"$JS.API.DIRECT.GET.{stream}", json.dumps(asked).encode(), TIMEOUT)
        return _direct_message(answer, stream)


class NarrowBus(Bus):
    """The bus of one whose rights name each subject that it may look up."""

    async def last(self, stream: str, subject: str) -> Message | None:
        """The last message under a subject without wildcards, by direct get of that subject."""
        answer = await insist(self.client, f"$JS.API.DIRECT.GET.{stream}.{subject}", b"", TIMEOUT)
        return _direct_message(answer, stream)


def _kept_message(kept: Mapping[str, Any], stream: str) -> Message:
    """The message as the API tells it."""
    headers = headers_in(b64decode(kept.get("hdrs", ""))) or {}
    return Message(
        subject=as_published(kept["subject"], headers),
        headers=headers,
        body=b64decode(kept.get("data", "")),
        stream=stream,
        sequence=int(kept["seq"]),
        received=datetime.fromisoformat(kept["time"]),
    )


def _direct_message(answer: Msg, stream: str) -> Message | None:
    """The message of a direct get; None when there is none, or no more."""
    headers = answer.headers or {}
    if "Nats-Sequence" not in headers:
        status = headers.get("Status", "")
        if status in NOTHING_THERE:
            return None
        why = headers.get("Description") or "nobody answers"
        raise BusRefused(f"DIRECT.GET.{stream}", {"description": why, "code": status or 0})
    return Message(
        subject=as_published(headers["Nats-Subject"], headers),
        headers=headers,
        body=answer.data,
        stream=stream,
        sequence=int(headers["Nats-Sequence"]),
        received=datetime.fromisoformat(headers["Nats-Time-Stamp"]),
    )


__all__ = ["NOT_FOUND", "Bus", "BusRefused", "Message", "Outgoing"]
