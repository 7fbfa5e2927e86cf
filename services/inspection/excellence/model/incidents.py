"""What is kept of incidents until they are closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from shared.database.documents import Document
from shared.events.inspection import IncidentKind


class IncidentStage(StrEnum):
    """How far an incident has come; what was reported by mistake is withdrawn and counts nowhere."""

    REPORTED = "reported"
    UNANSWERED = "unanswered"
    ANSWERED = "answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Incident(Document):
    """An incident of one organisation; it counts for the `quarter` in which it happened.

    `records` are the submissions that reported, answered and closed it, by that word.
    """

    collection: ClassVar[str] = "incidents"

    county: str
    organisation: str
    incident: str
    kind: IncidentKind
    summary: str
    person: str | None
    reported: date
    quarter: str
    due: date
    provisional: bool
    stage: IncidentStage = IncidentStage.REPORTED
    marked: datetime | None = None
    answered: date | None = None
    answer: str = ""
    closed: date | None = None
    upheld: bool = False
    note: str = ""
    records: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class IncidentCount:
    """An organisation's incidents: how many are not closed, how many were upheld, in which quarters those happened."""

    open: int = 0
    upheld: int = 0
    unclean: frozenset[str] = frozenset()


NO_INCIDENT = IncidentCount()
