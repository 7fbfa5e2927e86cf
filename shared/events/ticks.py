"""A tick's id follows from what is due where and when: any number of clocks send the same submission."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid5

from shared.calendar import CHINA
from shared.events import Submission
from shared.events.feedback import ClosePeriod
from shared.events.outgoing import Outgoing, submission_message

NAMESPACE = UUID("6f0d2c1e-5b0a-5c3e-9a52-1b8c7d4e2f60")
"""Of the ids of ticks; it never changes."""


def tick_id(kind: str, organisation: str, due: datetime) -> str:
    """The id of what is due at an instant, whichever clock sends it and whatever its time zone."""
    return str(uuid5(NAMESPACE, f"{kind}/{organisation}/{due.astimezone(UTC).isoformat()}"))


def tick(data: Submission, organisation: str, due: datetime) -> Outgoing:
    """A tick as a message; every copy has the same bytes."""
    at = due.astimezone(CHINA)
    return submission_message(data, organisation, organisation, tick_id(_kind(data), organisation, at), at)


def _kind(data: Submission) -> str:
    """A month, its quarter and its year end at one instant, so a period's tick is told apart by the period."""
    return f"{data.type}/{data.period}" if isinstance(data, ClosePeriod) else data.type
