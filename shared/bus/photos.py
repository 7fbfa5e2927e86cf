"""Photos on the bus: cut into chunks by whoever sends them, answered as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from shared.events.outgoing import Outgoing
from shared.events.photos import CHUNK, TOTAL, chunks_of, photo_verdict_headers
from shared.events.verdict import encode, verdict_subject


def digest_of(data: bytes) -> str:
    """The name of a photo."""
    return hashlib.sha256(data).hexdigest()


def cut(station: str, data: bytes) -> Iterator[Outgoing]:
    """A photo as the messages in which a station sends it; without a message id, for a repeat is meant."""
    photo, total = digest_of(data), chunks_of(len(data))
    for n in range(total):
        yield chunk(station, photo, n, total, data[n * CHUNK : (n + 1) * CHUNK])


def chunk(station: str, photo: str, n: int, total: int, body: bytes) -> Outgoing:
    """Part `n` (from 0 on) of a photo."""
    return Outgoing(f"photo.{station}.{photo}.{n}", body, {TOTAL: str(total)})


def photo_verdict(station: str, photo: str, reasons: list[dict[str, str]]) -> Outgoing:
    """The answer where the sender waits for it, and looks it up later."""
    body: dict[str, Any] = {"photo": photo, "verdict": "refused" if reasons else "accepted", "reasons": reasons}
    headers = photo_verdict_headers(station, photo, body["verdict"])
    return Outgoing(verdict_subject(station, photo), encode(body).encode(), headers)
