"""What waits of awards: nominations to judge and to make public, awards to grant once they were public long enough."""

from __future__ import annotations

from services.feedback.awards.model import Nomination
from services.feedback.awards.nomination_list import PAGE
from services.feedback.awards.objecting import answer_due
from services.feedback.awards.words import award_name
from shared.database.documents import COUNTS
from shared.database.kept import documents
from shared.events.feedback import (
    AnswerNominationObjection,
    GrantAward,
    JudgeNomination,
    ObjectToNomination,
    PublishNomination,
)
from shared.pages.chinese import day_text
from shared.pages.words import name_of
from shared.todo.kinds import NOTHING_FOUND, AskedTasks, FoundTasks, TaskKind
from shared.todo.tasks import Task


async def to_judge(asked: AskedTasks) -> FoundTasks:
    """Each nomination that nobody has judged."""
    if not asked.is_committees(JudgeNomination):
        return NOTHING_FOUND
    wanted = {"county": asked.county, "until": None, "marks": [], **COUNTS}
    found = await documents(asked.here.parts.db, Nomination, wanted)
    return asked.cut([_of(asked, one, "评审", f"{day_text(one.day)}推荐") for one in found])


async def to_publish(asked: AskedTasks) -> FoundTasks:
    """Each nomination that was judged and is not public."""
    if not asked.is_committees(PublishNomination):
        return NOTHING_FOUND
    wanted = {"county": asked.county, "until": None, "marks": {"$ne": []}, **COUNTS}
    found = await documents(asked.here.parts.db, Nomination, wanted)
    return asked.cut([_of(asked, one, "公示", f"{len(one.marks)}名评委已评审") for one in found])


async def to_answer(asked: AskedTasks) -> FoundTasks:
    """Each nomination to which somebody objects, and has no answer."""
    if not asked.is_committees(AnswerNominationObjection):
        return NOTHING_FOUND
    wanted = {"county": asked.county, "objections": {"$elemMatch": {"upheld": None}}, "granted": "", **COUNTS}
    found = await documents(asked.here.parts.db, Nomination, wanted)
    return asked.cut([_to_answer(asked, one) for one in found])


def _to_answer(asked: AskedTasks, one: Nomination) -> Task:
    """Together with how long it is public: before that is over nothing can be granted anyway."""
    due = min(map(answer_due, one.unanswered))
    public = f"，公示到{day_text(one.until)}止" if one.until else ""
    says = f"{len(one.unanswered)}项异议待答复，{day_text(due)}前答复{public}"
    return _of(asked, one, "答复异议", says).model_copy(update={"due": due, "is_overdue": due < asked.here.today})


async def to_grant(asked: AskedTasks) -> FoundTasks:
    """Each that is public no longer, and by which nothing was granted."""
    if not asked.is_committees(GrantAward):
        return NOTHING_FOUND
    over = {"$ne": None, "$lt": asked.here.today.isoformat()}
    wanted = {"county": asked.county, "until": over, "granted": "", **COUNTS}
    found = await documents(asked.here.parts.db, Nomination, wanted)
    clear = [one for one in found if one.until and not one.unanswered and not one.upheld]
    return asked.cut([_of(asked, one, "授予", f"{day_text(one.until)}公示期满") for one in clear if one.until])


def _of(asked: AskedTasks, one: Nomination, word: str, says: str) -> Task:
    called = name_of(one.organisation, asked.here.roster, asked.here.today)
    return Task(
        id=f"{one.step}/{one.id}",
        title=f"{word}：{called}推荐的“{award_name(one)}”",
        says=says,
        url=f"{PAGE}/{one.id}",
        button="" if asked.is_all else word,
        since=one.until or one.day,
    )


async def public_now(asked: AskedTasks) -> FoundTasks:
    """Each that is public, and until when; whoever reads it may object."""
    if not asked.is_committees(PublishNomination) and not asked.places(ObjectToNomination):
        return NOTHING_FOUND
    wanted = {"county": asked.county, "until": {"$gte": asked.here.today.isoformat()}, "granted": "", **COUNTS}
    found = await documents(asked.here.parts.db, Nomination, wanted)
    return asked.cut([_of(asked, one, "公示", f"公示到{day_text(one.until)}止") for one in found if one.until])


TASKS = (
    TaskKind("judge-nominations", "评审推荐", to_judge),
    TaskKind("publish-nominations", "公示推荐", to_publish),
    TaskKind("answer-nomination-objections", "答复公示异议", to_answer),
    TaskKind("grant-nominated", "授予荣誉", to_grant),
    TaskKind("public-nominations", "公示中的推荐", public_now, informs=True),
)
