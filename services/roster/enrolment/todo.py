"""What waits of stations' ways in: codes that end soon unused; and tokens of programs that end soon."""

from __future__ import annotations

from datetime import timedelta

from services.roster.enrolment.model import Enrolment
from shared.database.kept import documents
from shared.events.enrolment import InviteStation
from shared.pages.chinese import day_text
from shared.pages.words import name_of
from shared.todo.kinds import AskedTasks, FoundTasks, TaskKind
from shared.todo.tasks import Task

SOON = timedelta(days=3)
"""Before a code ends, from when on somebody sees to it."""
GONE = timedelta(days=30)
"""After a code ended unused, until when somebody is asked for another."""
TOKENS = timedelta(days=30)
"""Before a token ends, from when on whoever has it is told."""


async def to_invite(asked: AskedTasks) -> FoundTasks:
    """By whoever is next above a station that has not enrolled with its code."""

    def above(code: str) -> str | None:
        path = asked.here.roster.path(code, asked.here.now).split("/")
        return path[-2] if len(path) > 1 else None

    here = asked.here
    places = {*asked.places(InviteStation, above)}
    invited = await documents(here.parts.db, Enrolment, {"invitation": {"$ne": None}})
    ends = [
        (one, one.invitation.expires)
        for one in invited
        if one.invitation and one.id in places and here.today - GONE <= one.invitation.expires <= here.today + SOON
    ]
    return asked.cut(
        [
            Task(
                id=one.id,
                title=f"{name_of(one.id, here.roster, here.today)}：电脑还没有登记",
                says=f"登记码{day_text(day)}到期，到期后须重新发放",
                url=f"/roster/organisations/{one.id}/pc",
                button="" if asked.is_all else "查看",
                due=day,
                is_overdue=day < here.today,
            )
            for one, day in ends
        ]
    )


async def ending_tokens(asked: AskedTasks) -> FoundTasks:
    """Of one's own programs, to the county of all: the operator's command makes another."""
    here, tasks = asked.here, list[Task]()
    for one in here.roster:
        if asked.who in (one.id, asked.county):
            ending = (each for each in one.tokens if each.revoked is None)
            tasks += [
                Task(
                    id=f"{one.id}/{each.serial}",
                    title=f"{name_of(one.id, here.roster, here.today)}：程序口令即将到期",
                    says=f"{each.holder}使用的程序口令{day_text(each.until)}到期，请系统管理员重新发放",
                    url=f"/roster/organisations/{one.id}",
                    since=each.until - TOKENS,
                    due=each.until,
                )
                for each in ending
                if here.today <= each.until <= here.today + TOKENS
            ]
    return asked.cut(tasks)


TASKS = (
    TaskKind("invite-station", "站点登记", to_invite),
    TaskKind("tokens", "程序口令", ending_tokens, informs=True),
)
