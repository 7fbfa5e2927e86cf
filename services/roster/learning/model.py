"""Sub-plans, certificates, lessons and who attended them, activities."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from shared.database.documents import Document


class Subplan(Document):
    """A reform sub-plan that a member leads."""

    collection: ClassVar[str] = "subplans"

    organisation: str
    title: str
    withdrawn: bool = False
    day: date | None = None
    """None for what was filed before its day was kept."""


class Certificate(Document):
    """A certificate that a person gained."""

    collection: ClassVar[str] = "certificates"

    certificate: str
    number: str
    person: str
    home: str
    issuer: str = ""
    """Empty for what was issued before it was kept by whom."""
    withdrawn: bool = False
    day: date | None = None
    """None for what was issued before its day was kept."""
    record: str = ""
    """The submission by which it was issued; empty for what was issued before that was kept."""


class Lesson(Document):
    """A lesson and its day."""

    collection: ClassVar[str] = "lessons"

    title: str
    day: date
    cancelled: bool = False


class Attendance(Document):
    """An organisation's attendance at a lesson."""

    collection: ClassVar[str] = "attendances"

    lesson: str
    organisation: str
    attended: int
    withdrawn: bool = False
    record: str = ""
    """The submission by which it was recorded; empty for what was recorded before that was kept."""


class Activity(Document):
    """An activity that an organisation held."""

    collection: ClassVar[str] = "activities"

    organisation: str
    title: str
    prescribed: bool
    participants: int
    day: date
    withdrawn: bool = False
