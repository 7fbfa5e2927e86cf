"""Events of patrols: what is patrolled, what was found, what was missed."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from shared.events.inspection.plans import Version
from shared.events.inspection.rectifications import RectificationId
from shared.events.registry import Fact, Submission
from shared.events.vocabulary import (
    HALL_PATROL,
    MOST_PHOTOS,
    Count,
    Day,
    Hundredths,
    Note,
    PatrolKind,
    Severity,
    Sha256,
    Slug,
    Title,
    Uuid,
    WorkingDays,
)

Mark = Annotated[int, Field(ge=0, le=100, strict=True)]


class Finding(BaseModel):
    """Something an inspection found wrong, to be put right within working days."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    item: Title
    severity: Severity
    note: Note = ""
    rectify_within: WorkingDays


class Checked(BaseModel):
    """The marks given by a version of a checklist: 0 to 100 for each of its items."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    checklist: Slug
    version: Version
    marks: Annotated[dict[Slug, Mark], Field(min_length=1, max_length=40)]


class GeoPlace(BaseModel):
    """Where a patrol was, as the device says, in degrees (WGS 84)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]


# Submissions


class LogInspection(Submission, service="inspection", office=HALL_PATROL):
    """One patrol of a place; the day it counts for follows from the day it happened, however late it arrives.

    Without `plan` it is the daily patrol of its kind. With `checked` the score has to be what the marks come to:
    the weighted mean of the marks, in hundredths, rounded half up.
    """

    patrol: PatrolKind
    score: Hundredths
    findings: Annotated[list[Finding], Field(max_length=20)] = []
    plan: Slug | None = None
    checked: Checked | None = None
    place: GeoPlace | None = None
    photos: Annotated[
        list[Sha256],
        Field(max_length=MOST_PHOTOS, description="Photos of the submitter; they may arrive later or never."),
    ] = []
    reinspects: Annotated[
        RectificationId | None, Field(description="The rectification that this inspection looks at again.")
    ] = None


class CloseDay(Submission, service="inspection", committee_only=True):
    """A tick: the patrols due on a working day are counted, what is missing is said."""

    day: Day


# Facts


class InspectionLogged(Fact, service="inspection"):
    """A place was patrolled."""

    inspection: Uuid
    patrol: PatrolKind
    plan: Annotated[Slug | None, Field(description="The plan it follows; null outside every plan.")]
    day: Annotated[Day, Field(description="The day on which it happened.")]
    due: Annotated[Day | None, Field(description="The day for which it counts; null when nothing is due.")]
    score: Hundredths
    checklist: Slug | None = None
    version: Version | None = None
    findings: Count
    first_of_day: Annotated[bool, Field(description="The first patrol of this place by this plan for the day due.")]
    on_time: Annotated[
        bool, Field(description="With it the place is on time: the first patrol captured by the plan's time.")
    ]
    made_up: Annotated[bool, Field(description="It arrived after the day was closed; the missed one is withdrawn.")]


class PatrolMissed(Fact, service="inspection"):
    """A place was not patrolled by the end of the day on which it was due."""

    patrol: PatrolKind
    plan: Slug
    day: Day


class MissedPatrolWithdrawn(Fact, service="inspection"):
    """A patrol that had been said to be missed was made after all, as was learnt later."""

    patrol: PatrolKind
    plan: Slug
    day: Day


class PatrolDayClosed(Fact, service="inspection"):
    """The county's patrols by one plan that were due on a working day: expected, done, and done on time."""

    plan: Slug
    patrol: PatrolKind
    day: Day
    expected: Count
    done: Count
    on_time: Count
