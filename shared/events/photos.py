"""Photos go beside the events: cut into chunks, each a message of its own; the whole is answered like a submission.

A photo is named by its SHA-256: an event can refer to it before it has arrived, and sending it twice is harmless.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.events.verdict import Reason
from shared.events.vocabulary import Sha256

CHUNK = 48 * 1024
"""Bytes of a chunk at most: with its headers it stays below the 64 KiB of a message."""
MOST_BYTES = 5 * 1024 * 1024
"""Bytes of a photo at most."""
MOST_PIXELS = 120_000_000
"""A phone takes 12 to 108 million; a JPEG of one scan is decoded at the least size that will do."""
MOST_HELD = 80_000_000
"""Bytes that decoding may hold of what cannot be decoded smaller: a PNG of 20 million pixels, a progressive JPEG."""
MOST_SCANS = 100
"""A progressive JPEG has some ten; each goes over the whole picture again."""
BEGINNINGS = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n\x1a\n"}
MOST_STORED = 1_500
"""Chunks that the stream holds in all, a second or two of storing; one more is refused, and sent again in a moment. The
largest form has 945, and they leave the stream as they come."""
MOST_KEPT, MOST_WHOLE = 4_000, 200
"""Chunks of one organisation that wait to become whole or to be looked at, and photos that are whole: beyond them it is
told to go slower. A thin line brings a photo in two seconds, a form nine, and several are looked at in a second."""
TOTAL = "photo-chunks"
"""The header that says into how many chunks the photo was cut."""


def type_of(data: bytes) -> str | None:
    """The type that the first bytes promise; None for anything but JPEG and PNG."""
    return next((kind for kind, begins in BEGINNINGS.items() if data.startswith(begins)), None)


def chunks_of(size: int) -> int:
    """Into how many chunks a photo of so many bytes is cut."""
    return -(-size // CHUNK)


MOST_CHUNKS = chunks_of(MOST_BYTES)


class PhotoVerdict(BaseModel):
    """The answer to one photo; the same again whenever any of its chunks is sent again."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    photo: Sha256
    verdict: Literal["accepted", "refused"]
    reasons: Annotated[list[Reason], Field(description="Empty when accepted.")]


def photo_verdict_headers(station: str, photo: str, verdict: str) -> dict[str, str]:
    """As on any verdict; a photo has no time of its own."""
    return {
        "ce-specversion": "1.0",
        "ce-id": f"inspection/{station}/{photo}/verdict",
        "ce-type": f"photo-{verdict}",
        "ce-source": "inspection",
        "ce-subject": station,
        "content-type": "application/json",
    }
