"""What waits of proposals: to be answered by the home, and what it did not answer in time, for the committee."""

from __future__ import annotations

from services.feedback.awards.words import kind_shown
from services.feedback.training_up.model import TrainingUpProposal
from services.feedback.training_up.pages import PAGE
from shared.database.documents import COUNTS
from shared.events.training_up import AnswerTrainingUp, ProposeTrainingUp
from shared.pages.chinese import day_text
from shared.pages.words import acting_name
from shared.todo.kinds import NOTHING_FOUND, AskedTasks, FoundTasks, TaskKind, soonest
from shared.todo.tasks import Task


async def to_answer(asked: AskedTasks) -> FoundTasks:
    """What was proposed to those for whom whoever looks answers."""
    wanted = {"organisation": {"$in": asked.places(AnswerTrainingUp)}, "answer": None, **COUNTS}
    return await soonest(asked, TrainingUpProposal, wanted, "due", lambda one: _task(asked, one, "答复"))


async def not_answered(asked: AskedTasks) -> FoundTasks:
    """What is past its day, for whoever proposed it."""
    if not asked.is_committees(ProposeTrainingUp) or asked.is_all:
        return NOTHING_FOUND
    late = {"county": asked.county, "answer": None, "due": {"$lt": asked.here.today.isoformat()}, **COUNTS}
    return await soonest(asked, TrainingUpProposal, late, "due", lambda one: _task(asked, one, "查看"))


def _task(asked: AskedTasks, one: TrainingUpProposal, button: str) -> Task:
    whose = asked.answering(one.organisation)
    return Task(
        id=f"training-up/{one.id}",
        title=f"答复培养建议：{kind_shown(one.award).name}获得者",
        says=f"{day_text(one.day)}提出，{day_text(one.due)}前答复",
        url=f"{PAGE}/{one.id}",
        button="" if asked.is_all else button,
        whose=acting_name(whose, asked.here.roster, asked.here.today) if whose != asked.who else "",
        since=one.day,
        due=one.due,
        is_overdue=one.is_overdue(asked.here.today),
    )


TASKS = (
    TaskKind("answer-training-up", "答复培养建议", to_answer),
    TaskKind("training-up-overdue", "培养建议逾期未答复", not_answered),
)
