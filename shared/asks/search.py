"""Search across services: what each is asked, and what it found of what whoever looks may read."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel

from shared.asks.asked_by import AskedBy
from shared.asks.bus import Asking
from shared.services import SERVICES

MOST = 8
"""Of each kind; what more there is, a list has."""


class SearchAsked(BaseModel):
    """The words, and for whom it is asked."""

    words: str
    acting: AskedBy
    now: datetime


class FoundItem(BaseModel):
    """What it is called, where it is, and what tells it from others."""

    title: str
    url: str
    note: str = ""


class FoundKind(BaseModel):
    """Some of one kind, and where all of them are."""

    kind: str
    items: list[FoundItem]
    all_url: str = ""


class SearchFound(BaseModel):
    """A service's part."""

    kinds: list[FoundKind] = []


SEARCHES = {service: Asking(service, "search", SearchAsked, SearchFound) for service in SERVICES}
