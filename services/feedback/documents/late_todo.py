"""What is overdue of documents, as whoever answers for the office finds it in 待办: a line for each step."""

from __future__ import annotations

from collections.abc import Sequence

from services.feedback.documents.late import LateStep, by_step, late_steps
from services.feedback.documents.words import DOCUMENT_STEPS
from shared.events.documents import OF_RECIPIENT, DocumentStep, SignMonthlyReports
from shared.pages.chinese import grouped
from shared.todo.kinds import NOTHING_FOUND, AskedTasks, FoundTasks
from shared.todo.tasks import Task


async def waits_too_long(asked: AskedTasks) -> FoundTasks:
    """How much is overdue of each step, to whoever answers for the office."""
    if not asked.is_committees(SignMonthlyReports):
        return NOTHING_FOUND
    found = await late_steps(asked.here.parts.db, asked.county, asked.here.today)
    return asked.cut([_of_step(step, [one for one in found if one.step is step]) for step in by_step(found)])


def _of_step(step: DocumentStep, late: Sequence[LateStep]) -> Task:
    escalated = sum(one.is_escalated for one in late)
    who = "主送单位" if step in OF_RECIPIENT else "经办人员"
    return Task(
        id=f"overdue/{step}",
        title=f"{grouped(len(late))}份反馈文件逾期未{DOCUMENT_STEPS[step]}",
        says=f"请督促{who}办理" + (f"，其中{grouped(escalated)}份已提请督办" if escalated else ""),
        url=f"/feedback/overdue-documents?step={step}",
        button="查看",
        state=("逾期", "bad"),
    )
