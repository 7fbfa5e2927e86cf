"""Rules of the joint meeting's three stages, and of the service guide whose limits it changes."""

from __future__ import annotations

from services.roster.meetings import naming
from services.roster.meetings.model import GuideList, Issue, Limit, Process, Stage
from shared.events import Event
from shared.events.roster import (
    CompileGuideList,
    GuideItemPublished,
    GuideListCompiled,
    HoldJointMeeting,
    IssueRaised,
    IssueStudied,
    JointMeetingHeld,
    LimitChange,
    ProcessLimitChanged,
    PublishGuideItem,
    RaiseIssue,
    StudyIssue,
)
from shared.pipeline.decisions import About, Accepted, Refused, State, Verdict
from shared.roster.organisations import of_county


def publish_item(state: State, event: Event[PublishGuideItem]) -> Verdict:
    """An item enters the guide with its limit, or its limit is set anew from a later day."""
    asked = event.data
    before = state.get(Process, of_county(event.organisation, asked.process))
    if before and before.limits and before.limits[-1].since >= asked.effective_from:
        return Refused("registered-earlier", code=asked.process, title=before.name, valid_from=before.limits[-1].since)
    limit = Limit(since=asked.effective_from, days=asked.limit_days, name=asked.name, responsible=event.organisation)
    process = Process(
        id=of_county(event.organisation, asked.process),
        version=before.version if before else 0,
        name=asked.name,
        responsible=event.organisation,
        limits=(*(before.limits if before else ()), limit),
    )
    return Accepted((process,), (GuideItemPublished(**asked.model_dump()),))


def compile_list(state: State, event: Event[CompileGuideList]) -> Verdict:
    """Each list is compiled once."""
    asked = event.data
    at = of_county(event.organisation, asked.list)
    before = state.get(GuideList, at) or GuideList(id=at, name=asked.name, items=0, withdrawn=True)
    if not before.withdrawn:
        return Refused("list-already-compiled", list=asked.list, title=before.name)
    said = {"name": asked.name, "items": asked.items, "day": event.day, "record": event.key}
    compiled = before.having(**said, withdrawn=False)
    return Accepted((compiled,), (GuideListCompiled(**asked.model_dump()),))


def raise_issue(state: State, event: Event[RaiseIssue]) -> Verdict:
    """Stage one: an issue is raised once by whom it is about, after consulting organisations that exist."""
    asked, by = event.data, event.organisation
    if before := naming.standing(state, by, asked.issue):
        return Refused("issue-already-raised", issue=asked.issue, title=before.title)
    if stranger := next((code for code in asked.consulted if not state.roster.path(code, event.time)), None):
        return Refused("unknown-organisation", organisation=stranger)
    at = naming.place(state, by, asked.issue)
    gone = state.get(Issue, at)
    issue = Issue(
        id=at,
        version=gone.version if gone else 0,
        title=asked.title,
        consulted=tuple(asked.consulted),
        stage=Stage.RAISED,
        raised_by=by,
        also=gone.also if gone else (),
        days={Stage.RAISED: event.day},
        records={Stage.RAISED: event.key},
    )
    return Accepted((issue, *naming.beside(state, by, asked.issue)), (IssueRaised(**asked.model_dump()),))


def study_issue(state: State, event: Event[StudyIssue]) -> Verdict:
    """Stage two follows stage one."""
    asked = event.data
    issue = naming.going_on(state, event.organisation, asked.issue, asked.raised_by)
    if isinstance(issue, Refused):
        return issue
    if no := not_to_be_studied(issue, asked.issue):
        return no
    fact = IssueStudied(issue=asked.issue, raised_by=asked.raised_by)
    studied = issue.having(**issue.at(Stage.STUDIED, event.day, event.key), plan=asked.plan)
    return Accepted((studied,), (fact,))


def not_to_be_studied(issue: Issue, name: str) -> Refused | None:
    """Why it cannot be studied: it was already."""
    is_raised = issue.stage is Stage.RAISED
    return None if is_raised else Refused("issue-already-studied", issue=name, title=issue.title)


def not_to_be_resolved(issue: Issue, name: str) -> Refused | None:
    """Why no joint meeting can resolve it: it is not studied yet, or resolved already."""
    if issue.stage is Stage.STUDIED:
        return None
    slug = "issue-not-studied" if issue.stage is Stage.RAISED else "issue-already-resolved"
    return Refused(slug, issue=name, title=issue.title)


def hold_meeting(state: State, event: Event[HoldJointMeeting]) -> Verdict:
    """Stage three follows stage two; the limits it sets hold from a day on, for processes the guide knows."""
    asked = event.data
    issue = naming.going_on(state, event.organisation, asked.issue, asked.raised_by)
    if isinstance(issue, Refused):
        return issue
    if no := not_to_be_resolved(issue, asked.issue):
        return no
    for change in asked.limits:
        process = state.get(Process, of_county(event.organisation, change.process))
        if process is None or not process.limits or process.limits[-1].since >= asked.effective_from:
            return Refused("unknown-process", process=change.process, day=asked.effective_from)
    return _resolved(state, event, issue)


def _resolved(state: State, event: Event[HoldJointMeeting], issue: Issue) -> Accepted:
    asked = event.data
    processes, facts = [], []
    for change in {change.process: change for change in asked.limits}.values():
        process, fact = _limited(state, event, change)
        processes.append(process)
        facts.append(About(process.responsible, fact))
    resolved = issue.having(**issue.at(Stage.RESOLVED, event.day, event.key), resolution=asked.resolution)
    held = JointMeetingHeld(issue=asked.issue, effective_from=asked.effective_from, raised_by=asked.raised_by)
    return Accepted((resolved, *processes), (held, *facts))


def _limited(state: State, event: Event[HoldJointMeeting], change: LimitChange) -> tuple[Process, ProcessLimitChanged]:
    asked, process = event.data, state.get(Process, of_county(event.organisation, change.process))
    assert process is not None
    limit = Limit(since=asked.effective_from, days=change.limit_days, issue=asked.issue)
    fact = ProcessLimitChanged(
        process=change.process,
        before_days=process.limits[-1].days,
        limit_days=change.limit_days,
        effective_from=asked.effective_from,
        issue=asked.issue,
    )
    return process.having(limits=(*process.limits, limit)), fact
