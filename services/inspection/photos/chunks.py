"""A chunk of a photo as it comes over the bus: `photo.<station>.<sha256>.<n>`, with the number of all in a header."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from shared.bus.connection import Message
from shared.events.envelope import IS_CODE
from shared.events.photos import CHUNK, TOTAL
from shared.events.vocabulary import SHA256_PATTERN

MESSAGE_ID = "Nats-Msg-Id"
IS_SHA256 = re.compile(SHA256_PATTERN).fullmatch
IS_NUMBER = re.compile(r"0|[1-9][0-9]{0,5}").fullmatch


@dataclass(frozen=True, slots=True)
class Chunk:
    """Part `n` (from 0 on) of the `total` parts of a photo."""

    station: str
    sha256: str
    n: int
    total: int
    message: Message

    @property
    def data(self) -> bytes:
        """Its bytes."""
        return self.message.body

    @property
    def received(self) -> datetime:
        """When the broker stored it."""
        return self.message.received

    @property
    def may_be_put_off(self) -> bool:
        """Whether its sender knows what `slow-down` says. Agents of before, which name each chunk by a message id, show
        it as a refusal for good; what is not answered at all they send once more."""
        return MESSAGE_ID not in self.message.headers

    @property
    def photo(self) -> str:
        """Whose photo it is, and which."""
        return f"{self.station}/{self.sha256}"


@dataclass(frozen=True, slots=True)
class NoChunk:
    """A message that is no chunk of a photo, and why."""

    why: str


def read_chunk(message: Message) -> Chunk | NoChunk:
    """The chunk in a message; never raises, so that one bad message takes no other along."""
    _, station, sha256, n = message.subject.split(".")
    total = message.headers.get(TOTAL, "")
    if not IS_CODE(station):
        return NoChunk("the second token of the subject is no organisation's code")
    if not IS_SHA256(sha256):
        return NoChunk("the third token of the subject is no SHA-256")
    if not IS_NUMBER(n) or not IS_NUMBER(total) or int(n) >= int(total):
        return NoChunk("no number of a chunk below the number of all of them")
    if not 0 < len(message.body) <= CHUNK:
        return NoChunk(f"a chunk of {len(message.body)} bytes: 1 to {CHUNK} are allowed")
    return Chunk(station, sha256, int(n), int(total), message)
