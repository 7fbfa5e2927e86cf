"""What is kept of a finding, so that a document can name it: what, when, by when, and whether it is open."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from shared.database.documents import Document
from shared.part import KeptPart

OPEN, OVERDUE = "rectifications-open", "rectifications-open-overdue"
"""The balances that a problem is one of."""
STILL = "9999-12"
"""Stands for the month in which it was put right, while it is not."""


class SaidDeadline(KeptPart):
    """The last day by which it is to be put right, as it was said on a day."""

    said: date
    day: date


class Problem(Document):
    """A finding: its id is `<organisation>/<inspection>/<n>`.

    `held` is what it changes of each balance, by month, so that all problems of an organisation come to its `Balance`.
    `until` is the last month that changed whether it is open, or `STILL`. Deadlines stand in the order in which they
    were said; `submitted` is the day of the work that waits for its verifier or was verified.
    """

    collection: ClassVar[str] = "problems"

    county: str
    organisation: str
    item: str = ""
    found: date | None = None
    deadlines: tuple[SaidDeadline, ...] = ()
    submitted: date | None = None
    held: dict[str, dict[str, int]] = {}
    until: str = ""

    def holds(self, balance: str, month: str) -> bool:
        """Whether it is one of a balance when a month is over."""
        return sum(amount for at, amount in self.held.get(balance, {}).items() if at <= month) > 0

    def due(self, day: date) -> date | None:
        """Its deadline as it was known on a day."""
        said = [one.day for one in self.deadlines if one.said <= day] or [one.day for one in self.deadlines[:1]]
        return said[-1] if said else None
