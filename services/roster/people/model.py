"""Persons as the roster keeps them: homes in the clear, particulars sealed, numbers found again by a keyed hash."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from shared.database.documents import Document
from shared.part import KeptPart

MOST_PERSONS, MOST_POSTS = 300, 400
"""Of one organisation: it lies in the bucket as one value."""


class Home(KeptPart):
    """Where somebody is at home from a day on."""

    organisation: str
    since: date


class Person(Document):
    """A person with its homes, oldest first; `sealed` is for the last of them.

    Of one whose particulars were erased only id and homes remain. `marks` are keyed hashes of its numbers.
    """

    collection: ClassVar[str] = "persons"

    homes: tuple[Home, ...]
    sealed: str = ""
    marks: tuple[str, ...] = ()
    erased: bool = False

    @property
    def home(self) -> str:
        """The organisation where it is at home now."""
        return self.homes[-1].organisation

    @property
    def since(self) -> date:
        """The first day on which it was known."""
        return self.homes[0].since
