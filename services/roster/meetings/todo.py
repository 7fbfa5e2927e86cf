"""What waits of issues: to be studied by the committee, then resolved by a joint meeting."""

from __future__ import annotations

from services.roster.meetings.issues import REACHED, page_of
from services.roster.meetings.model import Issue, Stage
from shared.database.documents import COUNTS
from shared.database.kept import documents
from shared.events import Submission
from shared.events.roster import HoldJointMeeting, StudyIssue
from shared.pages.chinese import day_text
from shared.pages.words import acting_name
from shared.todo.kinds import NOTHING_FOUND, AskedTasks, FoundTasks, TaskKind
from shared.todo.tasks import Task


async def _at(asked: AskedTasks, stage: Stage, verb: type[Submission], button: str) -> FoundTasks:
    """Few, for each is a meeting's work; the committee goes on with all of them."""
    if not asked.is_committees(verb):
        return NOTHING_FOUND
    found = await documents(asked.here.parts.db, Issue, {"stage": stage.value, **COUNTS})
    return asked.cut([_task(asked, one, button) for one in found])


async def to_study(asked: AskedTasks) -> FoundTasks:
    """Raised ones."""
    return await _at(asked, Stage.RAISED, StudyIssue, "研究")


async def to_resolve(asked: AskedTasks) -> FoundTasks:
    """Studied ones."""
    return await _at(asked, Stage.STUDIED, HoldJointMeeting, "议定")


def _task(asked: AskedTasks, issue: Issue, button: str) -> Task:
    here, raised, state = asked.here, issue.days.get(Stage.RAISED), REACHED[issue.stage]
    by = acting_name(issue.raised_by, here.roster, here.today) if issue.raised_by else ""
    return Task(
        id=issue.id,
        title=issue.title,
        says="".join(filter(None, (by, f"{day_text(raised)}提出" if raised else "提出" if by else "已提出"))),
        url=page_of(issue),
        button=button,
        since=raised,
        state=(state.word, state.level),
    )


TASKS = (TaskKind("study-issue", "待研究的议题", to_study), TaskKind("resolve-issue", "待议定的议题", to_resolve))
