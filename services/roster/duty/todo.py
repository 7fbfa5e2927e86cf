"""What waits of the duty: the next turn to be planned, and what holders did before their term ends."""

from __future__ import annotations

from datetime import timedelta

from services.roster.committee import within
from services.roster.duty.model import STANDS, Turn, TurnWork
from services.roster.duty.rules import holders_on
from shared.database.documents import COUNTS
from shared.database.kept import documents
from shared.dates import turn_text
from shared.events.roster import PlanTurn, RecordTurnWork
from shared.pages.chinese import day_text
from shared.pages.words import acting_name
from shared.todo.kinds import NOTHING_FOUND, AskedTasks, FoundTasks, TaskKind
from shared.todo.tasks import Task

AHEAD = timedelta(days=30)
"""Before the last turn ends, from when on the next is to be planned."""
ENDING = timedelta(days=15)
"""Before a turn ends, from when on its holders are asked for what they did."""


async def to_plan(asked: AskedTasks) -> FoundTasks:
    """By the committee, when no turn is planned for the time after this month."""
    if not asked.is_committees(PlanTurn):
        return NOTHING_FOUND
    turns = await documents(asked.here.parts.db, Turn, {"county": asked.county, **STANDS})
    last = max((one.ends for one in turns), default=None)
    if last is not None and last > asked.here.today + AHEAD:
        return NOTHING_FOUND
    says = f"已安排的轮值到{day_text(last)}为止" if last else "还没有安排轮值"
    is_overdue = last is not None and last < asked.here.today
    task = Task(
        id="next-turn",
        title="安排下一期轮值",
        says=says,
        url="/roster/turns",
        button="安排",
        due=last,
        is_overdue=is_overdue,
        state=("待安排", "warn"),
    )
    return asked.cut([task])


async def to_record(asked: AskedTasks) -> FoundTasks:
    """By each holder that has recorded nothing, before the turn is handed over."""
    here, db = asked.here, asked.here.parts.db
    today = here.today
    there = {
        "begins": {"$lte": today.isoformat()},
        "ends": {"$gte": today.isoformat(), "$lte": (today + ENDING).isoformat()},
    }
    turns = await documents(db, Turn, {"county": asked.county, **STANDS, **there})
    tasks = list[Task]()
    for turn in turns:
        done = await documents(db, TurnWork, {"turn": within(turn.id), **COUNTS})
        recorded = {one.organisation for one in done}
        for holder in holders_on(here.roster, turn.holders, today):
            if holder not in recorded and asked.is_mine(holder, RecordTurnWork, holder):
                tasks.append(_task(asked, turn, holder))
    return asked.cut(tasks)


def _task(asked: AskedTasks, turn: Turn, holder: str) -> Task:
    name = turn_text(within(turn.id))
    return Task(
        id=f"{within(turn.id)}/{holder}",
        title=f"{name}轮值：登记轮值工作",
        says=f"{day_text(turn.ends)}交接，还没有登记工作",
        url=f"/roster/turns/{within(turn.id)}",
        button="" if asked.is_all else "登记",
        whose=acting_name(holder, asked.here.roster, asked.here.today) if holder != asked.who else "",
        since=turn.begins,
        due=turn.ends,
    )


TASKS = (TaskKind("plan-turn", "轮值安排", to_plan), TaskKind("turn-work", "轮值工作", to_record))
