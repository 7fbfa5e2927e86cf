"""What is kept of proposals."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from shared.database.documents import Document
from shared.part import KeptPart


class TrainingUpAnswer(KeptPart):
    """Whether a proposal is adopted, why, and on which day that was said."""

    adopted: bool
    reason: str
    day: date
    submission: str


class TrainingUpProposal(Document):
    """What was proposed to an organisation for somebody with an award; its id is that of what proposed it.

    It is answered by the end of the day `due`.
    """

    collection: ClassVar[str] = "training_up_proposals"

    county: str
    organisation: str
    person: str
    award: str
    grant: str
    proposed: str
    day: date
    due: date
    submission: str
    answer: TrainingUpAnswer | None = None
    withdrawn: bool = False

    def is_overdue(self, today: date) -> bool:
        """Whether its day is past without an answer."""
        return self.answer is None and self.due < today
