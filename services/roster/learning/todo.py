"""What waits of lessons: the attendance of stations that have not said; others attend as they like."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.roster.committee import within
from services.roster.learning.model import Attendance, Lesson
from services.roster.station_desk import LATE
from shared.database.documents import COUNTS
from shared.database.kept import documents
from shared.events.roster import RecordAttendance
from shared.events.vocabulary import OrganisationKind
from shared.pages.chinese import day_text
from shared.todo.kinds import NOTHING_FOUND, AskedTasks, FoundTasks, TaskKind
from shared.todo.tasks import Task

WITHIN = timedelta(days=7)
"""After a lesson, in which its attendance is to be told."""


async def to_attend(asked: AskedTasks) -> FoundTasks:
    """For a station a task for each lesson; for those above one line for each, with how many have not said."""
    here, db = asked.here, asked.here.parts.db
    stations = [code for code in asked.places(RecordAttendance) if _is_station(asked, code)]
    if not stations:
        return NOTHING_FOUND
    lately = {"$lte": here.today.isoformat(), "$gte": (here.today - LATE).isoformat()}
    wanted: dict[str, Any] = {"_id": {"$regex": f"^{asked.county}/"}, "cancelled": {"$ne": True}, "day": lately}
    lessons = await documents(db, Lesson, wanted)
    of = {"lesson": {"$in": [within(one.id) for one in lessons]}, **COUNTS}
    said = {(one.lesson, one.organisation) for one in await documents(db, Attendance, of)} if lessons else set()
    left = ((one, [code for code in stations if (within(one.id), code) not in said]) for one in lessons)
    return asked.cut([_task(asked, lesson, len(codes)) for lesson, codes in left if codes])


def _is_station(asked: AskedTasks, code: str) -> bool:
    stands = asked.here.roster.standing(code, asked.here.now)
    return stands is not None and stands.kind is OrganisationKind.VILLAGE


def _task(asked: AskedTasks, lesson: Lesson, left: int) -> Task:
    name, due = within(lesson.id), lesson.day + WITHIN
    is_own = not asked.is_all
    return Task(
        id=f"{name}",
        title=f"{lesson.title}：到课登记",
        says=f"{day_text(lesson.day)}开课" + ("" if is_own else f"，{left}个站点没有登记"),
        whose="" if is_own else "各站点",
        url=f"/roster/lessons/{name}/{asked.who}" if is_own else f"/roster/lessons/{name}?attended=no",
        button="登记" if is_own else "",
        since=lesson.day,
        due=due,
        is_overdue=due < asked.here.today,
    )


TASKS = (TaskKind("attendance", "到课登记", to_attend),)
