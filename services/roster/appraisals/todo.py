"""What waits of appraisals, each for the one person who does it: no list of a whole organisation tells of any."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.roster.appraisals.audience import reader_of
from services.roster.appraisals.list_pages import PAGE
from services.roster.appraisals.model import Sheet
from services.roster.appraisals.order import (
    ANSWERED,
    ARCHIVED,
    COMMITTEE,
    HOME,
    PEERS,
    SELF,
    SETTLED,
    SIGNED,
    STEP_NAMES,
)
from services.roster.appraisals.stepping import BY_COUNTY, BY_HOME
from services.roster.appraisals.words import name_of_year
from services.roster.people.reads import people_in
from shared.database.documents import COUNTS
from shared.events import Submission
from shared.events.roster.appraisals import AppraiseHome, AppraiseMember, ArchiveAppraisal
from shared.pages.chinese import day_text, grouped
from shared.roster.people import People
from shared.todo.kinds import NOTHING_FOUND, AskedTasks, FoundTasks, TaskKind, soonest
from shared.todo.tasks import Tab, Task


async def of_oneself(asked: AskedTasks) -> FoundTasks:
    """To appraise oneself, and to read what came of it."""
    me = asked.here.acting.person if asked.here.acting else ""
    if asked.tab is not Tab.MINE or not me:
        return NOTHING_FOUND
    wanted = {**COUNTS, "person": me, "awaits": {"$in": [SELF.value, SIGNED.value]}}
    return await soonest(asked, Sheet, wanted, "due", lambda one: _task(one, asked, None))


async def of_home(asked: AskedTasks) -> FoundTasks:
    """What a home branch's secretary appraises, or settles."""
    homes = reader_of(asked.here).homes
    if asked.tab is not Tab.MINE or not homes or not asked.here.does(AppraiseHome):
        return NOTHING_FOUND
    settles = {"awaits": SETTLED.value, f"parts.{BY_HOME}": {"$exists": False}}
    wanted = {**COUNTS, "home": {"$in": sorted(homes)}, "$or": [{"awaits": HOME.value}, settles]}
    return await _named(asked, wanted)


async def of_committee(asked: AskedTasks) -> FoundTasks:
    """What the committee's secretaries do."""
    if not _is_committees(asked, AppraiseMember):
        return NOTHING_FOUND
    settles = {"awaits": SETTLED.value, f"parts.{BY_COUNTY}": {"$exists": False}}
    steps = {"awaits": {"$in": [PEERS.value, COMMITTEE.value, ANSWERED.value]}}
    return await _named(asked, {**COUNTS, "county": asked.county, "$or": [steps, settles]})


async def to_archive(asked: AskedTasks) -> FoundTasks:
    """How many were read and are to be filed."""
    return await _counted(
        asked, ArchiveAppraisal, {"awaits": ARCHIVED.value}, "archive", "待报组织部、归档", "archived"
    )


async def left_undone(asked: AskedTasks) -> FoundTasks:
    """How many wait so long for others that it was told above."""
    return await _counted(asked, AppraiseMember, {"is_escalated": True}, "escalated", "逾期多日未办理，请督促", "")


async def _counted(
    asked: AskedTasks, verb: type[Submission], by: Mapping[str, Any], id: str, says: str, state: str
) -> FoundTasks:
    if not _is_committees(asked, verb):
        return NOTHING_FOUND
    wanted = {**COUNTS, "county": asked.county, **by}
    count = await asked.here.parts.db[Sheet.collection].count_documents(wanted)
    if not count:
        return NOTHING_FOUND
    url = f"{PAGE}?state={state}" if state else PAGE
    title = f"{grouped(count)}份考核评议表{says}"
    return asked.cut([Task(id=f"{id}-appraisals", title=title, says="打开“考核评议”逐份办理", url=url, button="办理")])


def _is_committees(asked: AskedTasks, verb: type[Submission]) -> bool:
    """As a person, in the list of what is one's own to do."""
    return asked.tab is Tab.MINE and bool(reader_of(asked.here).county) and asked.is_committees(verb)


async def _named(asked: AskedTasks, wanted: Mapping[str, Any]) -> FoundTasks:
    people = await asked.once("people", lambda: people_in(asked.here.parts.db))
    return await soonest(asked, Sheet, wanted, "due", lambda one: _task(one, asked, people))


def _task(one: Sheet, asked: AskedTasks, people: People | None) -> Task:
    """To those to whom the sheet is open: of another's with the name."""
    assert one.awaits is not None
    whose = f"{people.name_of(one.person) or ''}" if people else ""
    return Task(
        id=f"{one.awaits}/{one.name}",
        title=f"{STEP_NAMES[one.awaits]}：{whose}{name_of_year(one.year)}",
        says=f"{day_text(one.due)}前办理" if one.due else "请办理",
        url=f"{PAGE}/{one.name}",
        button="办理",
        due=one.due,
        is_overdue=one.due is not None and one.due < asked.here.today,
    )


TASKS = (
    TaskKind("own-appraisal", "本人考核评议", of_oneself),
    TaskKind("home-appraisal", "成员党组织评定", of_home),
    TaskKind("committee-appraisal", "联合党委评定", of_committee),
    TaskKind("archive-appraisals", "考核评议归档", to_archive),
    TaskKind("late-appraisals", "逾期的考核评议", left_undone),
)
