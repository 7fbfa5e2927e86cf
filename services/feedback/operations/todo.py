"""What waits of feedback: letters that nobody could decide, reports that late facts changed, facts left behind.

Each is the county's, in one line with how many; and what an organisation is told: the reports issued to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from services.feedback.assessment.todo import TASKS as ASSESSMENTS
from services.feedback.awards.todo import TASKS as AWARDS
from services.feedback.county.start_pages import still_to_do
from services.feedback.documents.todo import TASKS as DOCUMENTS
from services.feedback.operations.letters import PAGE as LETTERS
from services.feedback.operations.rechecked import Rechecked
from services.feedback.packages.todo import TASKS as PACKAGES
from services.feedback.placing.pages import PAGE as MOVED
from services.feedback.placing.reads import left_behind
from services.feedback.reports.changed_pages import CHANGED
from services.feedback.reports.model import STANDS, Report
from services.feedback.reports.rereading import Rereading, periods_issued
from services.feedback.training_up.todo import TASKS as TRAINING_UP
from shared.calendar import china_day
from shared.dates import period_text
from shared.events.feedback import RePlaceFacts
from shared.identity.rights import Job, may
from shared.pages.chinese import day_text, grouped
from shared.pipeline.dead_letters import undriven
from shared.process.running import Running
from shared.todo.kinds import NOTHING_FOUND, AskedTasks, FoundTasks, TaskKind
from shared.todo.tasks import Task
from shared.web.first_page import START

LATELY = timedelta(days=60)
"""For which a report stands among what one was told."""


def changed_reports(parts: Running) -> Rechecked:
    """How many issued reports print what is no longer so: of a process, which looks now and then."""

    async def changed() -> int:
        county = parts.settings.county
        reread = Rereading(parts.db, county, await parts.roster.current())
        return len(await reread.changed(await periods_issued(parts.db, county)))

    return Rechecked(changed)


def tasks_of(parts: Running, reports: Rechecked) -> Sequence[TaskKind]:
    """Of a process: what takes long it looks at itself, now and then."""

    async def moved() -> int:
        return len(await left_behind(parts.db, parts.settings.county, await parts.roster.current()))

    facts = Rechecked(moved)

    async def to_put_right(asked: AskedTasks) -> FoundTasks:
        """Issued reports that print what is no longer so."""
        count = await reports.count() or 0 if _is_countys(asked, Job.AMEND) else 0
        title, says = f"{grouped(count)}份反馈印发后数据有变", "补报的事项改变了已印发的数据，请核对后更正"
        return _line(asked, count, Task(id="changed-reports", title=title, says=says, url=CHANGED, button="核对"))

    async def to_place(asked: AskedTasks) -> FoundTasks:
        """Facts that count where their organisation no longer stands."""
        count = await facts.count() or 0 if asked.is_committees(RePlaceFacts) else 0
        title, says = f"{grouped(count)}个单位的统计还在原隶属单位名下", "隶属关系变更后，请重新归属"
        return _line(asked, count, Task(id="moved", title=title, says=says, url=MOVED, button="归属"))

    return (
        TaskKind("start", "开始使用", to_set_up),
        TaskKind("dead-letters", "待人工处理", to_see_to),
        TaskKind("changed-reports", "待更正的反馈", to_put_right),
        TaskKind("moved", "重新归属", to_place),
        *DOCUMENTS,
        *ASSESSMENTS,
        *AWARDS,
        *TRAINING_UP,
        *PACKAGES,
        TaskKind("reports", "收到的反馈", reports_received, informs=True),
    )


async def to_set_up(asked: AskedTasks) -> FoundTasks:
    """What a county does first, until all of it is done."""
    left = await still_to_do(asked.here) if _is_countys(asked, Job.OPERATE) else None
    if left is None or left.coming is None:
        return NOTHING_FOUND
    title, says = f"开始使用：{left.coming.name}", f"还有{left.left}件事没有完成"
    return _line(asked, left.left, Task(id="start", title=title, says=says, url=START, button="办理"))


async def to_see_to(asked: AskedTasks) -> FoundTasks:
    """What could not be decided waits for the county's system administrator."""
    count = await undriven(asked.here.parts.bus) if _is_countys(asked, Job.OPERATE) else 0
    title, says = f"{grouped(count)}件报送系统无法办理", "请查看原因后再办或者归档"
    return _line(asked, count, Task(id="dead-letters", title=title, says=says, url=LETTERS, button="处理"))


def _is_countys(asked: AskedTasks, work: Job) -> bool:
    """Whether what the county sees to stands in this list: of a person, whose work it is; all of it for the county."""
    return asked.who == asked.county and (asked.is_all or may(asked.here.acting, work))


def _line(asked: AskedTasks, count: int, task: Task) -> FoundTasks:
    return asked.cut([task.model_copy(update={"state": ("待处理", "warn")})]) if count else NOTHING_FOUND


async def reports_received(asked: AskedTasks) -> FoundTasks:
    """Those issued to whoever looks lately, the newest first."""
    since = (asked.here.now - LATELY).isoformat()
    wanted = {"organisation": asked.who, "issued": {"$gt": since}, **STANDS}
    found = (
        await asked.here.parts.db[Report.collection].find(wanted, {"name": 1, "period": 1, "issued": 1}).to_list(None)
    )
    return asked.cut([_received(one["_id"], one["period"], one["issued"]) for one in found])


def _received(id: str, period: str, issued: str) -> Task:
    day = china_day(datetime.fromisoformat(issued))
    return Task(
        id=id,
        title=f"{period_text(period)}履职情况反馈",
        says=f"{day_text(day)}印发",
        url=f"/feedback/reports/{id}",
        since=day,
    )
