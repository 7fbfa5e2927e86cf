"""Issues and the joint meetings that decide on them."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from shared.events.registry import Fact, Submission
from shared.events.vocabulary import Code, Day, Note, Slug, Title, WorkingDays

RaisedBy = Annotated[Code | None, Field(description="Who raised the issue, where several raised one under this name.")]


class LimitChange(BaseModel):
    """A new limit for a process, in working days."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    process: Slug
    limit_days: WorkingDays


class RaiseIssue(Submission, service="roster"):
    """Stage one of a joint meeting: a small meeting with the departments concerned raises an issue."""

    issue: Slug
    title: Title
    consulted: Annotated[list[Code], Field(min_length=1, max_length=200)]


class StudyIssue(Submission, service="roster", committee_only=True):
    """Stage two: the committee studies the issue and forms a plan."""

    issue: Slug
    plan: Note
    raised_by: RaisedBy = None


class HoldJointMeeting(Submission, service="roster", committee_only=True):
    """Stage three: the joint meeting resolves the issue; it may set new limits for processes."""

    issue: Slug
    resolution: Note
    limits: Annotated[list[LimitChange], Field(max_length=50)] = []
    effective_from: Day
    raised_by: RaisedBy = None


class IssueRaised(Fact, service="roster"):
    """An issue was raised after consulting departments."""

    issue: Slug
    title: Title
    consulted: Annotated[list[Code], Field(min_length=1, max_length=200)]


class IssueStudied(Fact, service="roster"):
    """The committee studied an issue."""

    issue: Slug
    raised_by: RaisedBy = None


class JointMeetingHeld(Fact, service="roster"):
    """A joint meeting resolved an issue."""

    issue: Slug
    effective_from: Day
    raised_by: RaisedBy = None


class ProcessLimitChanged(Fact, service="roster"):
    """A joint meeting changed a process limit from a day on."""

    process: Slug
    before_days: WorkingDays
    limit_days: WorkingDays
    effective_from: Day
    issue: Slug


class JointMeetingWithdrawn(JointMeetingHeld, service="roster"):
    """A resolution that was not in force yet was taken back or reads otherwise: what was told, as of then."""


class ProcessLimitWithdrawn(ProcessLimitChanged, service="roster"):
    """A changed limit that was not in force yet was taken back: what was told, as of then."""


class IssueWithdrawn(IssueRaised, service="roster"):
    """An issue was corrected or withdrawn before it was studied: what its raising told, as of then."""


class StudyWithdrawn(IssueStudied, service="roster"):
    """A study was corrected or withdrawn before a joint meeting resolved its issue: what it told, as of then."""
