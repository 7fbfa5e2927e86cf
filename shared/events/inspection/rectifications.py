"""Submissions about rectification: a finding on its way from being opened to being closed (销号)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from shared.events.registry import Submission
from shared.events.vocabulary import HALL_PATROL, MOST_PHOTOS, SHA256_PATTERN, Day, Note, Statement, Uuid

RectificationId = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9a-f-]{36}/[0-9]{1,2}$"),
    Field(description="The inspection's id and the finding's place in it: <uuid>/0."),
]
Photo = Annotated[str, StringConstraints(pattern=SHA256_PATTERN), Field(description="SHA-256 of a photo, in hex.")]
PhotoList = Annotated[list[Photo], Field(max_length=MOST_PHOTOS)]


class AcceptRectification(Submission, service="inspection", carries_on=True):
    """The organisation concerned takes a finding on (领办); the deadline runs whether it does or not."""

    rectification: RectificationId


class SubmitRectification(Submission, service="inspection", carries_on=True):
    """The organisation concerned says that a finding is put right, and shows it."""

    rectification: RectificationId
    note: Note = ""
    photos: PhotoList = []


class VerifyRectification(Submission, service="inspection", office=HALL_PATROL, carries_on=True):
    """Somebody above, or for a window the office that patrols it, finds the work done (核验)."""

    rectification: RectificationId
    note: Note = ""
    reinspection: Annotated[Uuid | None, Field(description="The re-inspection that no longer found it.")] = None


class SendBackRectification(Submission, service="inspection", office=HALL_PATROL, carries_on=True):
    """Somebody who may verify the work finds it not done: a new deadline begins."""

    rectification: RectificationId
    reason: Statement


class ReopenRectification(Submission, service="inspection", office=HALL_PATROL, carries_on=True):
    """Somebody who may verify the work finds that it did not last: within 30 days of the verification."""

    rectification: RectificationId
    reason: Statement


class ExtendRectification(Submission, service="inspection", office=HALL_PATROL, carries_on=True):
    """Somebody who may verify the work gives more time for a reason, before it is submitted."""

    rectification: RectificationId
    working_days: Annotated[int, Field(ge=1, le=60, strict=True, description="Working days added to the deadline.")]
    reason: Statement


class SettleDeadlines(Submission, service="inspection", committee_only=True):
    """A tick: deadlines are looked at under the calendar as it is known by this day."""

    day: Day


class MarkOverdue(Submission, service="inspection", committee_only=True):
    """A tick: what is nearly due, overdue, to be escalated, too long unverified or to be closed by this day is told."""

    day: Day
