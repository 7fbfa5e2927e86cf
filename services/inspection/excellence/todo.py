"""What waits of incidents: an answer of the organisation's, then the end by whoever is next above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from services.inspection.excellence.lines import incident_page
from services.inspection.excellence.model.incidents import Incident, IncidentStage
from shared.events.inspection import AnswerIncident, CloseIncident
from shared.pages.chinese import INCIDENTS, day_text, due_text
from shared.pages.words import acting_name, name_of
from shared.todo.kinds import AskedTasks, FoundTasks, TaskKind, soonest
from shared.todo.tasks import Task


async def to_answer(asked: AskedTasks) -> FoundTasks:
    """Reported ones that it has not answered, in time or not."""
    places = asked.places(AnswerIncident)

    def task(one: Incident) -> Task:
        says = f"{day_text(one.reported)}报告，{due_text(one.due, one.provisional)}前答复"
        return _task(asked, one, asked.answering(one.organisation), says, "答复")

    stages = (IncidentStage.REPORTED, IncidentStage.UNANSWERED)
    return await soonest(asked, Incident, _of(asked, places, stages), "due", task)


async def to_close(asked: AskedTasks) -> FoundTasks:
    """Answered ones, and those whose answer is overdue: by whoever is next above."""

    def above(code: str) -> str | None:
        path = asked.here.roster.place(code, asked.here.now).split("/")
        return path[-2] if len(path) > 1 else None

    def task(one: Incident) -> Task:
        is_answered = one.stage is IncidentStage.ANSWERED
        says = f"{day_text(one.answered)}答复" if is_answered and one.answered else "逾期没有答复"
        found = _task(asked, one, above(one.organisation) or "", says, "办结")
        return found.model_copy(update={"due": None, "is_overdue": not is_answered, "state": ("待办结", "warn")})

    stages = (IncidentStage.ANSWERED, IncidentStage.UNANSWERED)
    places = asked.places(CloseIncident, above)
    return replace(await soonest(asked, Incident, _of(asked, places, stages), "due", task), overdue=0)


def _of(asked: AskedTasks, places: Sequence[str], stages: Sequence[IncidentStage]) -> dict[str, Any]:
    return {"county": asked.county, "stage": {"$in": [*stages]}, "organisation": {"$in": [*places]}}


def _task(asked: AskedTasks, one: Incident, whose: str, says: str, button: str) -> Task:
    here = asked.here
    return Task(
        id=f"{one.id}",
        title=f"{name_of(one.organisation, here.roster, here.today)}：{INCIDENTS[one.kind]}",
        says=says,
        url=incident_page(one.organisation, one.incident),
        button="" if asked.is_all else button,
        whose=acting_name(whose, here.roster, here.today) if whose and whose != asked.who else "",
        since=one.reported,
        due=one.due,
        is_overdue=one.due < here.today,
    )


TASKS = (TaskKind("answer-incident", "待答复", to_answer), TaskKind("close-incident", "待办结的三无事项", to_close))
