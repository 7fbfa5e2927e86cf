"""What waits of cases: those whose limit ends within a working day, or has ended."""

from __future__ import annotations

from services.greenchannel.channels import apart_text, case_url, process_names
from services.greenchannel.model import Case
from shared.calendar import due_after
from shared.database.documents import COUNTS
from shared.events.greenchannel import CompleteCase
from shared.pages.chinese import day_text, due_text
from shared.pages.words import acting_name
from shared.todo.kinds import AskedTasks, FoundTasks, TaskKind, soonest
from shared.todo.tasks import Task

NEAR = 1
"""Working days before its due day from which on a case is a task."""


async def to_complete(asked: AskedTasks) -> FoundTasks:
    """For whoever took them in, or answers for it now."""
    here = asked.here
    near = due_after(here.today, NEAR).day.isoformat()
    places = asked.places(CompleteCase)
    wanted = {"organisation": {"$in": places}, "completed": None, "due": {"$lte": near}, **COUNTS}
    names = await asked.once("names", lambda: process_names(here.parts.db)) if asked.most else {}

    def task(one: Case) -> Task:
        whose, called = asked.answering(one.organisation), names.get(one.process, one.process)
        return Task(
            id=one.id,
            title=f"{called}：{apart_text(one)}",
            says=f"{day_text(one.opened)}受理，{due_text(one.due, one.provisional)}到期",
            url=case_url(one),
            button="" if asked.is_all else "办结",
            whose=acting_name(whose, here.roster, here.today) if whose != asked.who else "",
            since=one.opened,
            due=one.due,
            is_overdue=one.due < here.today,
        )

    return await soonest(asked, Case, wanted, "due", task)


TASKS = (TaskKind("complete-case", "到期办件", to_complete),)
