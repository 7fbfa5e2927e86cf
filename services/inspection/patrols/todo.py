"""What waits of patrols: what is due for whoever looks and was not looked at, a line for each plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from services.inspection.patrols import reads as records
from services.inspection.patrols.board import url as day_url
from services.inspection.patrols.due import form_url
from services.inspection.patrols.measures import DueLine
from services.inspection.patrols.round import round_url
from shared.events.inspection import LogInspection
from shared.pages.words import acting_name, name_of
from shared.todo.kinds import AskedTasks, FoundTasks, TaskKind
from shared.todo.tasks import Task

NAMED = 3
"""Places that a line names."""


async def to_patrol(asked: AskedTasks) -> FoundTasks:
    """By plan, for a round is made at one go; counted in plans, its places said in words."""
    here = asked.here
    lines = await asked.once("patrols", lambda: records.open_on(here.parts.db, asked.county, here.roster, here.today))
    left = [one for one in lines if not one.done and asked.is_mine(one.patroller, LogInspection, one.organisation)]
    by_plan: dict[tuple[str, date], list[DueLine]] = {}
    for line in left:
        by_plan.setdefault((line.plan.plan, line.day), []).append(line)
    return asked.cut([_task(asked, its) for its in by_plan.values()])


def _task(asked: AskedTasks, left: Sequence[DueLine]) -> Task:
    first, own = left[0], all(one.is_self_check for one in left)
    word, here = "自查" if own else "巡查", asked.here
    names = [name_of(one.organisation, here.roster, here.today) for one in left]
    called = "、".join(names[:NAMED]) + (f"等{len(left)}处" if len(left) > NAMED else "")
    return Task(
        id=f"{first.plan.plan}/{first.day}",
        title=f"{first.plan.name}：还有{len(left)}处没有{word}" if len(left) > 1 else f"{first.plan.name}：{names[0]}",
        says=f"{called}，{first.plan.until}前为按时" if len(left) > 1 else f"{first.plan.until}前为按时",
        url=_url(asked, left),
        button="" if asked.is_all else "开始",
        whose=_whose(asked, left) if asked.is_all else "",
        since=first.day,
        due=first.day,
    )


def _whose(asked: AskedTasks, left: Sequence[DueLine]) -> str:
    """Who patrols them, where that is somebody else; each place by itself where it looks after itself."""
    first, here = left[0], asked.here
    if all(one.is_self_check for one in left):
        one = "" if first.organisation == asked.who else name_of(first.organisation, here.roster, here.today)
        return "上列各处" if len(left) > 1 else one
    return acting_name(first.patroller, here.roster, here.today) if first.patroller != asked.who else ""


def _url(asked: AskedTasks, left: Sequence[DueLine]) -> str:
    """The one place's form, the round of several, or the day's page for whoever only looks."""
    first = left[0]
    if asked.is_all:
        return day_url(first.day)
    return form_url(first.plan.plan, first.organisation) if len(left) == 1 else round_url(first.plan.plan)


TASKS = (TaskKind("patrol", "待巡查", to_patrol),)
