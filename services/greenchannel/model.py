"""What the green channel keeps: the limits it follows, and cases until they are completed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from shared.database.documents import Document
from shared.part import KeptPart


class Limit(KeptPart):
    """A limit in working days, in force from a day on."""

    since: date
    days: int
    fee: int | None = None
    """The most that is charged, in fen, where that was said with it; a joint meeting leaves it as it is."""


class ProcessLimits(Document):
    """The limits of one process, as the roster's facts told them; looked up by date."""

    collection: ClassVar[str] = "process_limits"

    limits: tuple[Limit, ...] = ()

    def on(self, day: date) -> Limit | None:
        """The limit in force on a day."""
        return next((limit for limit in reversed(self.limits) if limit.since <= day), None)

    def fee_on(self, day: date) -> int:
        """The most that may be charged for a case of a day, in fen."""
        said = (limit.fee for limit in reversed(self.limits) if limit.since <= day and limit.fee is not None)
        return next(said, 0)


class Case(Document):
    """A case from its opening to its completion; `on_time` and `working_days` are what was told of that last."""

    collection: ClassVar[str] = "cases"

    organisation: str
    process: str
    opened: date
    limit_days: int
    due: date
    provisional: bool
    completed: date | None = None
    on_time: bool | None = None
    working_days: int | None = None
    standard: int | None = None
    """The most that may be charged, in fen; None for a case of before that was asked."""
    mark: str = ""
    """By which whoever took it in finds it again; no fact tells it."""
    record: str = ""
    """The submission by which it was taken in; empty for a case of before that was kept."""
    completion: str = ""
    """The submission by which it was completed, while it is."""
    withdrawn: bool = False


class GreenService(Document):
    """A service given through a green channel."""

    collection: ClassVar[str] = "green_services"

    organisation: str
    client: str
    mode: str
    persons: int
    day: date
    withdrawn: bool = False
