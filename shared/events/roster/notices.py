"""The State Council's yearly notice of days off, as the county makes it known."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from shared.events.registry import Fact, Submission
from shared.events.vocabulary import Day, Note, Title
from shared.holidays import FIRST_YEAR

NoticeYear = Annotated[int, Field(ge=FIRST_YEAR, le=2099, strict=True, description="The year that the notice is for.")]


class DaysOff(BaseModel):
    """A holiday with the days off around it, the first and the last included."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Title
    first: Day
    last: Day


Holidays = Annotated[list[DaysOff], Field(min_length=1, max_length=20)]
WorkedWeekends = Annotated[
    list[Day], Field(max_length=30, description="Saturdays and Sundays that the notice makes working days.")
]


class PublishWorkingDays(Submission, service="roster", committee_only=True):
    """A year's notice of days off; the last one for a year counts. Days of the last week before it may be named."""

    year: NoticeYear
    days_off: Holidays
    working_days: WorkedWeekends = []
    basis: Note = ""


class WorkingDaysPublished(Fact, service="roster"):
    """The working days of a year are known; `edition` counts the notices for it, a correction is the next."""

    year: NoticeYear
    days_off: Holidays
    working_days: WorkedWeekends
    edition: Annotated[int, Field(ge=1, le=1000, strict=True)]
