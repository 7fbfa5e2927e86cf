"""What is kept of photos that were refused or cleared, and of those that stand in the place of others."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar, NamedTuple

from shared.database.documents import Document
from shared.part import KeptPart

MOST_ADDED = 27
"""Photos added to one inspection or rectification: each of nine may fail again twice."""


class AddedPhoto(KeptPart):
    """A photo in the place of one that was missing: when and by whom it was sent."""

    missing: str
    photo: str
    by: str
    at: datetime


class Cleared(KeptPart):
    """When the pictures of a photo were taken away, by how many years it was kept, and how many bytes it had."""

    on: date
    years: int
    bytes: int = 0


class Entry(NamedTuple):
    """What is kept of a photo beside its pictures: how they were cleared, and whether they should lie in the album."""

    cleared: Cleared | None
    is_in_album: bool


class ArrivedPhoto(Document):
    """That a photo (`<sender>/<sha256>`) is kept; the pictures themselves are not read."""

    collection: ClassVar[str] = "photos"
    read: ClassVar[tuple[str, ...]] = ("_id",)
