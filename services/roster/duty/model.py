"""Turns of duty with what was done in them, the county's plan of turns, and ideas."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from shared.database.documents import Document
from shared.part import KeptPart


class Turn(Document):
    """A term of duty: one holder alone (轮值) or several together (联值), and what was done in it."""

    collection: ClassVar[str] = "turns"

    county: str
    holders: tuple[str, ...]
    begins: date
    ends: date
    months: int
    theme: str
    work: dict[str, int] = {}
    ideas: int = 0
    cancelled: bool = False


STANDS = {"cancelled": {"$ne": True}}
"""Of turns, those that were not cancelled before they began."""


class PlannedTurn(KeptPart):
    """A turn's place in the county's plan; the last day is its own."""

    turn: str
    holders: tuple[str, ...]
    begins: date
    ends: date


class Duty(Document):
    """The county's plan of turns and who holds the duty now: the guard against two holders at once."""

    collection: ClassVar[str] = "duties"

    planned: tuple[PlannedTurn, ...] = ()
    holding: str | None = None

    def overlapping(self, begins: date, ends: date) -> PlannedTurn | None:
        """The planned turn that shares a day with this term."""
        return next((turn for turn in self.planned if turn.begins <= ends and begins <= turn.ends), None)

    def on(self, day: date) -> PlannedTurn | None:
        """The turn that is to hold the duty on a day, its first and its last included."""
        return next((turn for turn in self.planned if turn.begins <= day <= turn.ends), None)

    def is_begun(self, turn: PlannedTurn) -> bool:
        """Whether it holds the duty, or a later one does already."""
        holding = next((one for one in self.planned if one.turn == self.holding), None)
        return holding is not None and holding.begins >= turn.begins


class Idea(Document):
    """A suggestion collected in a turn."""

    collection: ClassVar[str] = "ideas"

    organisation: str
    turn: str
    title: str
    withdrawn: bool = False
    day: date | None = None
    """None for what was suggested before its day was kept."""


class TurnWork(Document):
    """Something that a holder did in its turn, as it was recorded: the turn has the sums."""

    collection: ClassVar[str] = "turn_works"

    organisation: str
    turn: str
    work: str
    quantity: int
    note: str = ""
    day: date
    withdrawn: bool = False
