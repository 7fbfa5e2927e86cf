"""Events of patrol plans and checklists: what is patrolled, how often, and what is looked at."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from shared.events.registry import Fact, Submission
from shared.events.vocabulary import Code, Day, PatrolKind, Patroller, Rhythm, Slug, TimeOfDay, Title, WorkingDays
from shared.part import SubmittedPart

Weekday = Annotated[int, Field(ge=1, le=7, strict=True, description="1 is Monday, 7 is Sunday.")]
Version = Annotated[int, Field(ge=1, le=1000, strict=True, description="Counted from 1.")]
Weight = Annotated[int, Field(ge=1, le=100, strict=True)]


class ChecklistItem(SubmittedPart):
    """Something to be looked at, and how much it weighs in the score."""

    item: Slug
    name: Title
    weight: Weight


# Submissions


class AdoptPatrolPlan(Submission, service="inspection", committee_only=True):
    """The committee says who is patrolled and how often; a plan follows the one of its slug from its first day on.

    A weekly plan is due on its weekday, or on the week's last working day when that is none; a campaign lasts from
    `effective_from` to `effective_to` and is due on its last working day.
    """

    plan: Slug
    name: Title
    patrol: PatrolKind
    rhythm: Rhythm
    weekday: Weekday | None = None
    scope: Annotated[
        Code | None, Field(description="Whose subtree is patrolled; the whole county when it is missing.")
    ] = None
    checklist: Slug | None = None
    until: Annotated[TimeOfDay, Field(description="A patrol is on time by this time of the day on which it is due.")]
    silent_after_days: Annotated[WorkingDays, Field(description="Working days a place may be silent.")]
    effective_from: Day
    effective_to: Annotated[Day | None, Field(description="The last day, itself included.")] = None
    by: Annotated[
        Patroller | None,
        Field(description="Who patrols; null: stations themselves, windows and facilities the holder of the office."),
    ] = None


class PublishChecklist(Submission, service="inspection", committee_only=True):
    """The committee publishes a checklist's next version; it takes the place of the one before from its day on."""

    checklist: Slug
    version: Version
    name: Title
    effective_from: Day
    items: Annotated[list[ChecklistItem], Field(min_length=1, max_length=40)]


# Facts


class PatrolPlanAdopted(Fact, service="inspection"):
    """A patrol plan is in force from a day on."""

    plan: Slug
    name: Title
    patrol: PatrolKind
    rhythm: Rhythm
    scope: Code
    effective_from: Day
    effective_to: Day | None = None
    by: Annotated[Patroller | None, Field(description="Who patrols; null is as usual for the place.")] = None


class ChecklistPublished(Fact, service="inspection"):
    """A checklist has a version in force from a day on."""

    checklist: Slug
    version: Version
    name: Title
    effective_from: Day


class PatrolPlanWithdrawn(PatrolPlanAdopted, service="inspection"):
    """A plan that had not begun was taken back or is adopted otherwise: what was told, as of then."""


class ChecklistWithdrawn(ChecklistPublished, service="inspection"):
    """A version that was not in force yet was taken back or reads otherwise: what was told, as of then."""
