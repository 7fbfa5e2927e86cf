"""What is kept of photos that were refused, and of those that stand in the place of others."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

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


class ArrivedPhoto(Document):
    """That a photo (`<sender>/<sha256>`) is kept; the pictures themselves are not read."""

    collection: ClassVar[str] = "photos"
    read: ClassVar[tuple[str, ...]] = ("_id",)
