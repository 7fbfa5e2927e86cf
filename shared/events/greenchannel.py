"""Events of the green channel and of ordinary cases."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from shared.events.registry import Fact, Submission
from shared.events.vocabulary import ClientGroup, Count, Day, Fen, ServiceMode, Several, Slug, Uuid, WorkingDays

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
