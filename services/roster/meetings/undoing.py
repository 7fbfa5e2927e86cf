"""How a stage of a joint meeting is taken back, as long as the next one has not followed."""

from __future__ import annotations

from collections.abc import Iterator

from services.roster.meetings.model import Issue, Stage
from shared.database.documents import Key
from shared.events.roster import IssueRaised, IssueStudied, IssueWithdrawn, StudyWithdrawn
from shared.pipeline.decisions import Accepted, Original, Refused, State, Verdict, fact_of
from shared.roster.organisations import of_county


def raised(original: Original) -> Iterator[Key]:
    """The issue that was raised."""
    yield Key(Issue, of_county(original.organisation, fact_of(original, IssueRaised).issue))


def undo_raising(state: State, original: Original) -> Verdict:
    """Its name is free again; what was studied stays raised."""
    (key,) = raised(original)
    issue = state.get(Issue, key.id)
    if issue and issue.stage is not Stage.RAISED:
        return Refused("issue-already-studied", issue=fact_of(original, IssueRaised).issue, title=issue.title)
    withdrawn = (issue.having(withdrawn=True),) if issue else ()
    return Accepted(withdrawn, tuple(one.taken_back(IssueWithdrawn) for one in original.facts))


def studied(original: Original) -> Iterator[Key]:
    """The issue that was studied."""
    yield Key(Issue, of_county(original.organisation, fact_of(original, IssueStudied).issue))


def undo_study(state: State, original: Original) -> Verdict:
    """It is raised, and waits to be studied again; what was resolved stays studied."""
    (key,) = studied(original)
    issue = state.get(Issue, key.id)
    if issue and issue.stage is Stage.RESOLVED:
        return Refused("issue-already-resolved", issue=fact_of(original, IssueStudied).issue, title=issue.title)
    back = (issue.having(stage=Stage.RAISED, plan=""),) if issue else ()
    return Accepted(back, tuple(one.taken_back(StudyWithdrawn) for one in original.facts))
