"""What feedback's page of the system's condition asks inspection: how many photos wait to be looked at, and are due."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel

from shared.asks.bus import Asking


class PhotosAsked(BaseModel):
    """Of the whole county."""


class PhotosWaiting(BaseModel):
    """Photos of which every part is there and that nobody has been answered about; since when the oldest waits.

    `due` are those whose time is over within a month, from `due_on` on.
    """

    waiting: int
    since: datetime | None = None
    due: int = 0
    due_on: date | None = None


PHOTOS_WAITING = Asking("inspection", "photos-waiting", PhotosAsked, PhotosWaiting)
