"""What is kept of an opinion while it is put right: under which name the register has it, and how far that is."""

from __future__ import annotations

from enum import StrEnum

from services.feedback.reports.model import Required
from shared.part import KeptPart


class OpinionStage(StrEnum):
    """How far an opinion is, as inspection told last."""

    TO_DO = "to-do"
    SUBMITTED = "submitted"
    VERIFIED = "verified"
    CLOSED = "closed"


LEFT_OPEN = (OpinionStage.TO_DO, OpinionStage.SUBMITTED)
"""Not seen to be done (未销号), as the register counts it."""


class OpinionInHand(KeptPart):
    """An opinion of a document that was signed for: its number there, what it asks for, and its rectification."""

    rectification: str
    opinion: int
    asked: Required
    stage: OpinionStage = OpinionStage.TO_DO

    @property
    def is_open(self) -> bool:
        """Whether nobody has seen it done."""
        return self.stage in LEFT_OPEN
