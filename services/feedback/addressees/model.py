"""What a Party organisation is called, from a day on."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from shared.database.documents import Document
from shared.part import KeptPart


class NamedFrom(KeptPart):
    """A name, and the day from which it holds."""

    since: date
    name: str


class PartyNames(Document):
    """Of one organisation, oldest first; the last that began by a day holds on it."""

    collection: ClassVar[str] = "party_names"

    county: str
    history: tuple[NamedFrom, ...] = ()

    def on(self, day: date) -> str:
        """What it is called on a day; empty where nobody has said."""
        return next((one.name for one in reversed(self.history) if one.since <= day), "")
