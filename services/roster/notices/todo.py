"""What waits of the calendar: next year's notice of days off, without which all due days beyond are provisional."""

from __future__ import annotations

from datetime import date

from shared.calendar import is_unknown
from shared.events.roster import PublishWorkingDays
from shared.todo.kinds import NOTHING_FOUND, AskedTasks, FoundTasks, TaskKind
from shared.todo.tasks import Task

MONTH = 11
"""In which the notice of the next year comes out."""


async def to_publish(asked: AskedTasks) -> FoundTasks:
    """By the committee, once this year's is missing or the next year's could be known."""
    today = asked.here.today
    years = [today.year] + [today.year + 1] * (today.month >= MONTH)
    missing = [year for year in years if is_unknown(year)]
    if not missing or not asked.is_committees(PublishWorkingDays):
        return NOTHING_FOUND
    return asked.cut([_task(year, today) for year in missing])


def _task(year: int, today: date) -> Task:
    due = date(year - 1, 12, 31)
    return Task(
        id=f"working-days-{year}",
        title=f"登记{year}年放假安排",
        says="登记以前，这一年的期限都是暂定的",
        url="/roster/calendar",
        button="登记",
        due=due,
        is_overdue=due < today,
    )


TASKS = (TaskKind("working-days", "放假安排", to_publish),)
