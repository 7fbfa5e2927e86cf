"""A tick's id follows from what is due where and when: any number of clocks send the same submission."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid5

from shared.calendar import CHINA
from shared.events import Submission, submission_headers
from shared.events.feedback import ClosePeriod

NAMESPACE = UUID("6f0d2c1e-5b0a-5c3e-9a52-1b8c7d4e2f60")
"""Of the ids of ticks; it never changes."""


def tick_id(kind: str, organisation: str, due: datetime) -> str:
    """The id of what is due at an instant, whichever clock sends it and whatever its time zone."""
    return str(uuid5(NAMESPACE, f"{kind}/{organisation}/{due.astimezone(UTC).isoformat()}"))


def tick(data: Submission, organisation: str, due: datetime) -> tuple[str, dict[str, str], bytes]:
    """A tick's subject, headers and body; every copy has the same bytes."""
    at = due.astimezone(CHINA)
    headers = submission_headers(tick_id(_kind(data), organisation, at), data, organisation, organisation, at)
    return f"submit.{data.service}.{data.type}.{organisation}", headers, data.model_dump_json().encode()


def _kind(data: Submission) -> str:
    """A month, its quarter and its year end at one instant, so a period's tick is told apart by the period."""
    return f"{data.type}/{data.period}" if isinstance(data, ClosePeriod) else data.type
