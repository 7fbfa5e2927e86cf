"""Events of the green channel and of ordinary cases."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from shared.events.registry import Fact, Submission
from shared.events.text import in_one_line
from shared.events.vocabulary import ClientGroup, Count, Day, Fen, ServiceMode, Several, Slug, Uuid, WorkingDays

MOST_MARK = 30
CaseMark = Annotated[
    str,
    StringConstraints(max_length=MOST_MARK),
    BeforeValidator(in_one_line),
    Field(description="By which whoever took a case in finds it again: its own number, never a name."),
]

# Submissions


class RecordGreenService(Submission, service="greenchannel"):
    """One service given through a green channel; persons are counted for vulnerable people only."""

    client: ClientGroup
    mode: ServiceMode
    persons: Annotated[
        Several, Field(description="Person-times (人次); 1 for an enterprise, whose unit is the case (次).")
    ] = 1


class OpenCase(Submission, service="greenchannel"):
    """A case is taken in; its limit is the one in force on the day it is opened."""

    process: Slug
    mark: CaseMark = ""


class CompleteCase(Submission, service="greenchannel", carries_on=True):
    """A case is done: visits the client made, fee in fen, whether the certificate was posted."""

    case: Uuid
    visits: Count
    fee: Fen
    posted: bool


# Facts


class GreenServiceRecorded(Fact, service="greenchannel"):
    """A green-channel service was given."""

    client: ClientGroup
    mode: ServiceMode
    persons: Several


class CaseOpened(Fact, service="greenchannel"):
    """A case was taken in and is due on a day."""

    case: Uuid
    process: Slug
    limit_days: WorkingDays
    due: Day
    provisional: bool


class CaseCompleted(Fact, service="greenchannel"):
    """A case was completed within so many working days."""

    case: Uuid
    process: Slug
    limit_days: WorkingDays
    working_days: WorkingDays
    on_time: bool
    visits: Count
    fee: Fen
    posted: bool


class SettleDueDays(Submission, service="greenchannel", committee_only=True):
    """A tick: due days are looked at under the calendar as it is known by this day."""

    day: Day


class CaseDueSettled(Fact, service="greenchannel"):
    """A case is due on another day than was told, or for certain: a notice of days off became known or was changed."""

    case: Uuid
    process: Slug
    before: Annotated[Day, Field(description="The due day that was told last.")]
    due: Day
    provisional: bool


class CaseTimingRevised(Fact, service="greenchannel"):
    """Under the settled calendar a completed case was in time or not, other than was told; as of its completion."""

    case: Uuid
    on_time: bool
    on_time_before: bool
    working_days: WorkingDays
    working_days_before: WorkingDays


class GreenServiceWithdrawn(GreenServiceRecorded, service="greenchannel"):
    """A green-channel service was corrected or withdrawn: what its record told, as of when it was given."""


class CaseOpeningWithdrawn(CaseOpened, service="greenchannel"):
    """A case was not taken in after all, or otherwise: what its opening told, as of then."""


class CaseCompletionWithdrawn(CaseCompleted, service="greenchannel"):
    """A case was not completed after all, or otherwise: what its completion told, as of then; it is open again."""
