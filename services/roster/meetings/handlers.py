"""Which rule decides what is said of issues and the service guide, and what it needs to look at."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from services.roster.meetings import naming, taking_back, undoing
from services.roster.meetings import rules as meetings
from services.roster.meetings.model import GuideList, Process
from shared.events import Event
from shared.events.roster import CompileGuideList, HoldJointMeeting, PublishGuideItem, RaiseIssue, StudyIssue
from shared.pipeline.decisions import Handler, Handlers, Key
from shared.roster.organisations import of_county


def _raised(event: Event[RaiseIssue]) -> Iterator[Key]:
    return naming.keys(event.organisation, event.data.issue, event.organisation)


def _issue(event: Event[Any]) -> Iterator[Key]:
    return naming.keys(event.organisation, event.data.issue, event.data.raised_by)


def _meeting(event: Event[HoldJointMeeting]) -> Iterator[Key]:
    yield from _issue(event)
    for change in event.data.limits:
        yield Key(Process, of_county(event.organisation, change.process))


MEETINGS: Handlers = {
    PublishGuideItem: Handler(
        meetings.publish_item,
        lambda event: [Key(Process, of_county(event.organisation, event.data.process))],
        taking_back.undo_item,
        taking_back.published,
        taking_back.before_it_is_in_force,
        "limit-in-force",
    ),
    CompileGuideList: Handler(
        meetings.compile_list,
        lambda event: [Key(GuideList, of_county(event.organisation, event.data.list))],
        taking_back.LIST.undo,
        taking_back.LIST.needs,
    ),
    RaiseIssue: Handler(meetings.raise_issue, _raised, undoing.undo_raising, undoing.raised),
    StudyIssue: Handler(meetings.study_issue, _issue, undoing.undo_study, undoing.studied),
    HoldJointMeeting: Handler(
        meetings.hold_meeting,
        _meeting,
        taking_back.undo_meeting,
        taking_back.resolved,
        taking_back.before_it_takes_effect,
        "limit-in-force",
    ),
}
