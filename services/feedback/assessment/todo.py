"""What waits of assessments: lists that were drawn up, or voted down, and not approved."""

from __future__ import annotations

from services.feedback.assessment.model import Assessment, AssessmentState
from services.feedback.assessment.pages import PAGE
from services.feedback.assessment.words import lost_text
from services.feedback.reports import periods
from shared.calendar import china_day
from shared.database.kept import documents
from shared.events.assessment import ApproveAssessment
from shared.pages.chinese import grouped
from shared.todo.kinds import NOTHING_FOUND, AskedTasks, FoundTasks, TaskKind
from shared.todo.tasks import Task


async def to_approve(asked: AskedTasks) -> FoundTasks:
    """Each period in a line, for those who enter the vote."""
    if not asked.is_committees(ApproveAssessment):
        return NOTHING_FOUND
    wanted = {"county": asked.county, "state": AssessmentState.DRAWN_UP.value}
    found = await documents(asked.here.parts.db, Assessment, wanted)
    return asked.cut([_to_approve(asked, one) for one in found])


def _to_approve(asked: AskedTasks, one: Assessment) -> Task:
    name, lost = f"{periods.in_chinese(one.period)}考核结果", one.voted_down
    said = lost_text(lost.vote) if lost else f"{grouped(one.members)}个单位"
    button = "办理" if lost else "审定"
    return Task(
        id=f"assessment/{one.period}",
        title=f"{name}未通过：重新生成或者再次表决" if lost else f"审定{name}",
        says=f"{said}，审定以后才能签发本期反馈",
        url=f"{PAGE}/of/{one.period}",
        button="" if asked.is_all else button,
        since=lost.vote.held_on if lost else china_day(one.drawn_up),
    )


TASKS = (TaskKind("approve-assessments", "审定考核", to_approve),)
