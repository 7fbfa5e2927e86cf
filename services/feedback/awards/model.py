"""What is kept of awards."""

from __future__ import annotations

from typing import ClassVar

from shared.database.documents import Document


class GrantedAward(Document):
    """An award that a person was given."""

    collection: ClassVar[str] = "awards"

    award: str
    person: str
    organisation: str
    year: int
    submission: str = ""
    """The key of what granted it; empty of one from before this was kept."""
    withdrawn: bool = False
