"""A service's place in a stream, from which it takes batch after batch in the stream's order, without a gap."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import Any, NamedTuple

from nats.aio.msg import Msg

from shared.bus.connection import NOT_FOUND, Bus, BusRefused, Message
from shared.bus.shares import as_published
from shared.bus.streams import SECOND, Subscription

MOST_BYTES = 8 * 1024 * 1024
"""Of one pull: a batch of the largest messages is taken in several."""
ANSWER = 1.0
"""Seconds for the server's answer, beyond those that it was asked to wait."""


class Seen(NamedTuple):
    """A stream and how far a subscription has come in it, as the bus says."""

    stream: str
    """Its identity: when it was made, which a copy that is restored keeps."""
    last: int
    """The sequence of the newest message that was ever stored in it."""
    done: int
    """The sequence up to which all is acknowledged."""


class Puller:
    """A service's place in a stream, from which it takes one batch at a time in the stream's order."""

    def __init__(self, bus: Bus, subscription: Subscription) -> None:
        self._bus = bus
        self._of = subscription
        self._inbox = ""
        self._queue: asyncio.Queue[Msg] = asyncio.Queue()
        self._pulls = 0
        self._asked = ""
        self._delivered = 0
        self._sub: Any = None

    async def look(self) -> Seen:
        """How the stream is and how far all is acknowledged.

        A consumer that is gone is made anew first, for the server leaves a reset of a missing one unanswered; it then
        starts with all that the stream still holds.
        """
        stream = await self._bus.api(f"STREAM.INFO.{self._of.stream}")
        return Seen(stream["created"], int(stream["state"]["last_seq"]), await self._acknowledged())

    async def rewind(self, behind: int | None = None) -> None:
        """Back to the first message not acknowledged: what a dead process or connection held comes again in order.

        Or to the first `behind` a sequence, acknowledged or not.
        """
        await self._listen_anew()
        back = None if behind is None else {"seq": behind + 1}
        await self._bus.api(f"CONSUMER.RESET.{self._of.stream}.{self._of.name}", back)
        self._asked = ""
        self._delivered = 0

    async def _listen_anew(self) -> None:
        """Nobody hears any more what was asked for before, so the server passes such a pull by.

        It would else hand the first message after the reset to one that waited in the client while the bus was away,
        and again only when it has waited for its acknowledgement.
        """
        await self.close()
        self._inbox, self._queue = self._bus.client.new_inbox(), asyncio.Queue()
        self._sub = await self._bus.client.subscribe(f"{self._inbox}.*", cb=self._queue.put)

    async def _acknowledged(self) -> int:
        try:
            info = await self._bus.api(f"CONSUMER.INFO.{self._of.stream}.{self._of.name}")
        except BusRefused as no:
            if no.code != NOT_FOUND:
                raise
            await create_consumer(self._bus, self._of)
            return 0
        return int(info["ack_floor"]["stream_seq"])

    async def pull(self, most: int, wait: float, ahead: bool = False) -> list[Message]:
        """Up to `most` messages: those there now, or the first to come within `wait` seconds and those behind it.

        They follow the last ones without a gap: a batch is acknowledged with all before it, so that one lost on the
        way, or delivered once more, is `OutOfStep`, and the caller rewinds. Behind a full batch the next may be asked
        for `ahead`: it arrives while the caller works.
        """
        asked, self._asked = self._asked, ""
        batch = await self._collect(most, ANSWER, asked) if asked else []
        if len(batch) < most:
            batch += await self._take(most - len(batch), 0)
        if not batch and wait and (first := await self._take(1, wait)):
            batch = first + await self._take(most - 1, 0)
        for message in batch:
            if message.attempt != 1 or message.delivery != self._delivered + 1:
                raise OutOfStep(f"delivery {message.delivery} after {self._delivered}, attempt {message.attempt}")
            self._delivered = message.delivery
        if ahead and len(batch) == most:
            self._asked = await self._ask(most, 0)
        return batch

    async def _take(self, most: int, wait: float) -> list[Message]:
        return await self._collect(most, wait + ANSWER, await self._ask(most, wait))

    async def _ask(self, most: int, wait: float) -> str:
        """Where the answer will end."""
        self._pulls += 1
        reply = f"{self._inbox}.{self._pulls}"
        request = {"batch": most, "max_bytes": MOST_BYTES}
        request |= {"expires": int(wait * SECOND)} if wait else {"no_wait": True}
        subject = f"$JS.API.CONSUMER.MSG.NEXT.{self._of.stream}.{self._of.name}"
        await self._bus.client.publish(subject, json.dumps(request).encode(), reply=reply)
        return reply

    async def _collect(self, most: int, patience: float, reply: str) -> list[Message]:
        taken: list[Message] = []
        try:
            async with asyncio.timeout(patience):
                while len(taken) < most:
                    msg = await self._queue.get()
                    if not msg.subject.startswith(self._inbox):
                        taken.append(_pulled(msg))
                    elif msg.subject == reply:
                        _raise_unless_over(msg)
                        break
        except TimeoutError:
            pass
        return taken

    async def close(self) -> None:
        """Takes nothing more; unsubscribing, not draining, for draining was seen to hang."""
        if self._sub is not None and not self._bus.closed:
            await self._sub.unsubscribe()


ENDINGS = {"404", "408"}
ENDED = {
    "Message Size Exceeds MaxBytes",
    "Batch Completed",
    # Another of several servers goes on with the consumer: what was lost on the way shows by the numbers of deliveries.
    "Leadership Change",
    "Server Shutdown",
}
"""What a pull may end with that has gone well, in the server's words."""

PLAIN_REPLY = 9


class OutOfStep(Exception):
    """Messages did not follow one another: go back to the last acknowledged one."""


class PullFailed(Exception):
    """The server ended a pull with an error: the consumer is gone, or was asked wrongly."""


def _raise_unless_over(msg: Msg) -> None:
    """What comes to the inbox itself is the server's word; a message keeps the subject under which it was stored."""
    headers = msg.headers or {}
    status, description = headers.get("Status", ""), headers.get("Description", "")
    if status not in ENDINGS and description not in ENDED:
        raise PullFailed(f"{status} {description}")


def _pulled(msg: Msg) -> Message:
    """`$JS.ACK.<stream>.<consumer>.<delivered>.<stream seq>.<consumer seq>.<time>.<pending>`, perhaps with a domain."""
    tokens = msg.reply.split(".")
    tokens = tokens[2:] if len(tokens) == PLAIN_REPLY else tokens[4:]
    stream, _, attempt, sequence, delivery, stored, waiting, *_ = tokens
    headers = msg.headers or {}
    return Message(
        subject=as_published(msg.subject, headers),
        headers=headers,
        body=msg.data,
        stream=stream,
        sequence=int(sequence),
        received=datetime.fromtimestamp(int(stored) / SECOND, UTC),
        reply=msg.reply,
        delivery=int(delivery),
        attempt=int(attempt),
        waiting=int(waiting),
    )


async def create_consumer(bus: Bus, subscription: Subscription) -> dict[str, Any]:
    """Makes a consumer as declared, or brings it to the declaration; how it is then."""
    return await bus.api(
        f"CONSUMER.CREATE.{subscription.stream}.{subscription.name}",
        {"stream_name": subscription.stream, "config": subscription.config(), "action": ""},
    )
