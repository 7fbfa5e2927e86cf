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
    Check,
    Code,
    Count,
    Day,
    Hundredths,
    Inspector,
    Note,
    PatrolKind,
    Rhythm,
    Severity,
    Sha256,
    Slug,
    Title,
    Uuid,
    WorkingDays,
)
from shared.part import SubmittedPart

Mark = Annotated[int, Field(ge=0, le=100, strict=True)]


class Finding(BaseModel):
    """Something an inspection found wrong, to be put right within working days."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    item: Title
    severity: Severity
    note: Note = ""
    rectify_within: WorkingDays


class Checked(SubmittedPart):
    """The marks given by a version of a checklist: 0 to 100 for each of its items."""

    checklist: Slug
    version: Version
    marks: Annotated[dict[Slug, Mark], Field(min_length=1, max_length=40)]


class GeoPlace(SubmittedPart):
    """Where a patrol was, as the device says, in degrees (WGS 84)."""

    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]


# Submissions


class LogInspection(Submission, service="inspection", office=HALL_PATROL):
    """One look at a place; the day it counts for follows from the day it happened, however late it arrives.

    Who submits it tells what it is: the place itself checks itself, whoever the plan names patrols, and anybody else
    makes a spot check. Without `plan` it follows the daily plan of its kind by which its submitter patrols, if there is
    one; a place that names a plan by which others patrol it is refused. With `checked` the score has to be what the
    marks come to: the weighted mean of the marks, in hundredths, rounded half up.
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
    camera: Annotated[bool, Field(description="The place was looked at through a camera, not on the spot.")] = False


class CloseDay(Submission, service="inspection", committee_only=True):
    """A tick: the patrols due on a working day are counted, what is missing is said."""

    day: Day


class SettlePatrolDays(Submission, service="inspection", committee_only=True):
    """A tick: days before this one, closed by another calendar or roster than is known now, are looked at again."""

    day: Day


# Facts


class InspectionLogged(Fact, service="inspection"):
    """A place was looked at. One without `check` is older than the three kinds, and counts as a patrol."""

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
    check: Annotated[Check | None, Field(description="Self-check, patrol or spot check.")] = None
    by: Annotated[Inspector | None, Field(description="By whom the place was looked at.")] = None
    rhythm: Annotated[Rhythm | None, Field(description="How often the plan is due; null outside every plan.")] = None
    in_force: Annotated[
        Version | None,
        Field(description="The checklist's version of that day, where an older one was used that the place last knew."),
    ] = None


class PatrolMade(Fact, service="inspection"):
    """An organisation patrolled another place, as a plan asks of it; what was found there is told about the place."""

    patrol: PatrolKind
    plan: Slug
    place: Code
    due: Day
    first: Annotated[bool, Field(description="The first patrol of the place by this plan for the day due.")]
    on_time: Annotated[bool, Field(description="With it the place is on time.")]


class PatrolMissed(Fact, service="inspection"):
    """An organisation did not look at a place by the end of the day on which it was due.

    Without `place` it is an older fact, told about the place whoever was to patrol it.
    """

    patrol: PatrolKind
    plan: Slug
    day: Day
    place: Code | None = None
    check: Annotated[Check | None, Field(description="Self-check of oneself, or patrol of another place.")] = None


class MissedPatrolWithdrawn(Fact, service="inspection"):
    """A patrol that had been said to be missed was made after all, or was not due; told about whom it was said."""

    patrol: PatrolKind
    plan: Slug
    day: Day
    place: Code | None = None
    check: Annotated[Check | None, Field(description="As in what is withdrawn.")] = None


class PatrolDayClosed(Fact, service="inspection"):
    """The county's patrols by one plan that were due on a working day: expected, done, and done on time."""

    plan: Slug
    patrol: PatrolKind
    day: Day
    expected: Count
    done: Count
    on_time: Count


class InspectionWithdrawn(InspectionLogged, service="inspection"):
    """A look at a place was taken back or is reported otherwise: what it counted for last, as of when it happened."""


class InspectionRevised(Fact, service="inspection"):
    """In the place of a look that was withdrawn an earlier told one is the first, or brings the place in time.

    Told as of that look; it was neither before, and a flag that is not set says nothing new.
    """

    inspection: Uuid
    patrol: PatrolKind
    plan: Slug
    due: Day
    first_of_day: bool
    on_time: bool
    check: Annotated[Check | None, Field(description="As when it was logged.")] = None


class PatrolMadeWithdrawn(PatrolMade, service="inspection"):
    """A patrol of another place was taken back or is reported otherwise: what it counted for last."""


class PatrolMadeRevised(PatrolMade, service="inspection"):
    """In the place of a patrol that was withdrawn this one is the first, or brings the place in time: what is new."""


class PatrolDayWithdrawn(Fact, service="inspection"):
    """What was said of a day's patrols by a plan counts no longer: a notice that came later made it no working day."""

    plan: Slug
    patrol: PatrolKind
    day: Day
