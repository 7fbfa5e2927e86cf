"""Facts as the ledger keeps them, and the places that some were given after they had been added up."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from services.feedback.measures.adding import added
from shared.calendar import china_day
from shared.database.documents import Document
from shared.events import Fact


class LedgerFact(Document):
    """A fact in the ledger, which never changes; `path` is the place in the tree that it came with."""

    collection: ClassVar[str] = "fact_ledger"

    type: str
    organisation: str
    time: str
    month: str
    path: str
    body: str

    @property
    def day(self) -> date:
        """On which it happened, in China."""
        return china_day(datetime.fromisoformat(self.time))

    @property
    def fact(self) -> Fact:
        """What it says."""
        return Fact.kept(self.type, self.body)

    @property
    def counts(self) -> bool:
        """Whether it adds to any measure: otherwise it has no place."""
        return bool(added(self.fact))


class PlacedFact(Document):
    """The place where a fact counts instead of the one that it came with; its id is the fact's."""

    collection: ClassVar[str] = "placed_facts"

    organisation: str
    month: str
    path: str
