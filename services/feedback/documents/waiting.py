"""What waits for somebody by a day, of a draft or an issued document, and what was told of it."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from shared.database.documents import Document
from shared.events.documents import DocumentStep
from shared.part import KeptPart


class Urgency(StrEnum):
    """What is told of a day that is due: soon, past, past for some time, past for so long that others are to know."""

    SOON = "soon"
    OVERDUE = "overdue"
    AGAIN = "again"
    ESCALATED = "escalated"


class Deadline(NamedTuple):
    """A step and the day by which it is to be done; `nth` is the objection that is to be answered."""

    step: DocumentStep
    due: date
    nth: int = 0


class Reminder(KeptPart):
    """What was told of a deadline, and when; `again` of a reply that had been returned."""

    step: DocumentStep
    due: date
    nth: int = 0
    what: Urgency
    at: datetime
    again: bool = False

    @property
    def deadline(self) -> Deadline:
        """Of which it was told."""
        return Deadline(self.step, self.due, self.nth)


class Awaiting(Document):
    """Something of which steps are to be done by a day; stored it says which (`waits`), so that it is found."""

    reminders: tuple[Reminder, ...] = ()

    @abstractmethod
    def running(self) -> Iterator[Deadline]:
        """What is to be done now; of what is void nothing."""

    def reminder(self, of: Deadline, what: Urgency) -> Reminder | None:
        """Whether this was told of it, and when."""
        return next((one for one in self.reminders if one.deadline == of and one.what is what), None)

    def to_store(self) -> dict[str, Any]:
        """With what waits, and whether all was told of it that there is to tell."""
        waits = [
            {
                "step": one.step.value,
                "due": one.due.isoformat(),
                "nth": one.nth,
                "escalated": self.reminder(one, Urgency.ESCALATED) is not None,
            }
            for one in self.running()
        ]
        return {**super().to_store(), "waits": waits}
