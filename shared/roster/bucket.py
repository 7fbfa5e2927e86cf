"""Documents of the roster on the bus: the newest of each under its id, written by the roster, followed by everybody."""

from __future__ import annotations

from collections.abc import AsyncIterator

from pydantic import BaseModel, ConfigDict

from shared.bus.catching_up import pages_up_to
from shared.bus.connection import Bus, Message
from shared.bus.publishing import PublishRefused, publish_all
from shared.bus.streams import Stream
from shared.events.outgoing import Outgoing

WRONG_LAST_SEQUENCE = 10071


class _Versioned(BaseModel):
    model_config = ConfigDict(extra="ignore")

    version: int


class Written:
    """A bucket as its writer has it."""

    def __init__(self, bus: Bus, stream: Stream) -> None:
        self._bus, self._stream = bus, stream

    async def put(self, id: str, version: int, body: bytes) -> None:
        """Compare-and-set: a repeated step cannot put an old version over a newer one."""
        subject = self._stream.subjects[0].removesuffix(">") + id
        while True:
            held = await self._bus.last_stored(self._stream.name, subject)
            if held is not None and _Versioned.model_validate_json(held.body).version >= version:
                return
            headers = {"Nats-Expected-Last-Subject-Sequence": str(held.sequence if held else 0)}
            try:
                await publish_all(self._bus.client, [Outgoing(subject, body, headers)], timeout=5)
                return
            except PublishRefused as no:
                if no.err_code != WRONG_LAST_SEQUENCE:
                    raise


class Followed:
    """A bucket as whoever follows it has it, from its beginning on."""

    def __init__(self, bus: Bus, stream: Stream) -> None:
        self._bus, self._stream, self._sequence = bus, stream, 0

    async def pages(self) -> AsyncIterator[list[Message]]:
        """To the bucket's end, as the server that leads it has it; what changed meanwhile is there with it.

        A page is taken in before the next is asked for, so that a fault repeats only one.
        """
        stream, (everything,) = self._stream.name, self._stream.subjects
        newest = await self._bus.last_stored(stream, everything)
        if newest is None or newest.sequence == self._sequence:
            return
        if newest.sequence < self._sequence:
            self._sequence = 0  # the bus was restored from a copy, or has lost what it held
        async for page in pages_up_to(self._bus, stream, everything, self._sequence, newest.sequence):
            yield page
            self._sequence = page[-1].sequence
