"""What is kept of the excellence programme: commitments by person and item, the mark of a quarter."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from services.inspection.dated import Dated
from shared.database.documents import Document
from shared.events.inspection import FourScores


class Commitment(Dated):
    """What a person of a window or station commits to for one item, with the texts before it."""

    collection: ClassVar[str] = "commitments"

    county: str
    organisation: str
    person: str
    item: str


class ExcellenceMark(Document):
    """The mark of one window or station for one quarter; `withdrawn` says when it was taken back, and `reason` why."""

    collection: ClassVar[str] = "excellence_marks"

    county: str
    organisation: str
    quarter: str
    scores: FourScores
    note: str
    granted: datetime
    withdrawn: datetime | None = None
    reason: str = ""

    @property
    def stands(self) -> bool:
        """Granted and not taken back."""
        return self.withdrawn is None
