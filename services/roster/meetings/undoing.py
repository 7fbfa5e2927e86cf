"""How a stage of a joint meeting is taken back, as long as the next one has not followed."""

from __future__ import annotations

from collections.abc import Iterator

from services.roster.meetings import naming
from services.roster.meetings.model import Stage
from shared.database.documents import Key
from shared.events.roster import IssueRaised, IssueStudied, IssueWithdrawn, StudyWithdrawn
from shared.pipeline.decisions import Accepted, Original, Refused, State, Verdict, fact_of


def raised(original: Original) -> Iterator[Key]:
    """The issue that was raised."""
    return naming.keys(original.organisation, fact_of(original, IssueRaised).issue, original.organisation)


def undo_raising(state: State, original: Original) -> Verdict:
    """Its name is free again; what was studied stays raised."""
    name = fact_of(original, IssueRaised).issue
    issue = naming.raised(state, original.organisation, name, original.organisation)
    if issue and issue.stage is not Stage.RAISED:
        return Refused("issue-already-studied", issue=name, title=issue.title)
    return Accepted((issue.having(withdrawn=True),) if issue else (), original.taken_back(IssueWithdrawn))


def studied(original: Original) -> Iterator[Key]:
    """The issue that was studied."""
    fact = fact_of(original, IssueStudied)
    return naming.keys(original.organisation, fact.issue, fact.raised_by)


def undo_study(state: State, original: Original) -> Verdict:
    """It is raised, and waits to be studied again; what was resolved stays studied."""
    fact = fact_of(original, IssueStudied)
    issue = naming.raised(state, original.organisation, fact.issue, fact.raised_by)
    if issue and issue.stage is Stage.RESOLVED:
        return Refused("issue-already-resolved", issue=fact.issue, title=issue.title)
    back = (issue.having(stage=Stage.RAISED, plan=""),) if issue else ()
    return Accepted(back, original.taken_back(StudyWithdrawn))
