"""What a photo is found to be; it is decoded in the process that looks at foreign bytes (`pictures.py`), never here."""

from __future__ import annotations

from dataclasses import dataclass

from shared.events.photos import MOST_BYTES
from shared.pipeline.decisions import Refused

TOO_LARGE = Refused("photo-too-large", megabytes=MOST_BYTES // (1024 * 1024))


@dataclass(frozen=True, slots=True)
class Picture:
    """What a photo is, and the two JPEGs that are shown of it; width and height are those of the original."""

    type: str
    width: int
    height: int
    shown: bytes
    thumb: bytes
