"""How a stage of a joint meeting is taken back, as long as the next one has not followed."""

from __future__ import annotations

from collections.abc import Iterator

from services.roster.meetings.model import Issue, Stage
from shared.database.documents import Key
from shared.events.roster import IssueRaised, IssueStudied, IssueWithdrawn, StudyWithdrawn
from shared.pipeline.decisions import Accepted, Original, Refused, State, Verdict, fact_of
from shared.pipeline.withdrawing import Withdrawing
from shared.roster.organisations import of_county


def _raised(original: Original) -> str:
    return of_county(original.organisation, fact_of(original, IssueRaised).issue)


RAISING = Withdrawing(Issue, _raised, IssueWithdrawn)
"""Its name is free again."""


def undo_raising(state: State, original: Original) -> Verdict:
    """What was studied stays raised."""
    issue = state.get(Issue, _raised(original))
    if issue and issue.stage is not Stage.RAISED:
        return Refused("issue-already-studied", issue=fact_of(original, IssueRaised).issue, title=issue.title)
    return RAISING.undo(state, original)


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
    return Accepted(back, original.taken_back(StudyWithdrawn))
