"""催办: an office reminds whoever something waits for, once a working day; the row says so to both of them.

It is no submission and decides nothing: each service keeps it beside what waits there, and the audit knows of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import ClassVar

from pymongo import IndexModel
from pymongo.errors import DuplicateKeyError

from shared.calendar import china_day, is_working_day, working_day_before
from shared.database.documents import Document
from shared.database.kept import documents
from shared.database.mongo import Database
from shared.forms import Shown
from shared.identity.acting import Acting
from shared.identity.rights import Job, may
from shared.pages.chinese import time_text

KEPT = timedelta(days=400)
REMIND = "remind"


class Reminder(Document):
    """The last time that an organisation reminded of a task, by both."""

    collection: ClassVar[str] = "reminders"

    task: str
    by: str
    person: str = ""
    at: datetime


INDEXES = {
    Reminder.collection: [
        IndexModel([("task", 1), ("by", 1)]),
        IndexModel([("at", 1)], expireAfterSeconds=int(KEPT.total_seconds())),
    ]
}


def begins(today: date) -> date:
    """From when on a reminder counts as of today: days off belong to the working day before them."""
    return today if is_working_day(today) else working_day_before(today)


def may_remind(last: datetime | None, today: date) -> bool:
    """Once a working day, by each office."""
    return last is None or china_day(last) < begins(today)


def reminds(acting: Acting | None) -> bool:
    """Whoever judges others' work; who only reads reminds nobody."""
    return acting is not None and may(acting, Job.JUDGE)


async def reminders(db: Database, tasks: Iterable[str], by: Iterable[str]) -> Mapping[str, Reminder]:
    """Of each task the last one of these organisations."""
    found = await documents(db, Reminder, {"task": {"$in": [*tasks]}, "by": {"$in": [*by]}})
    return {one.task: one for one in sorted(found, key=lambda one: one.at)}


async def remind(db: Database, task: str, acting: Acting, at: datetime) -> bool:
    """Whether this was the first of the day, however often it is pressed."""
    id, before = f"{acting.code}|{task}", datetime.combine(begins(china_day(at)), datetime.min.time(), at.tzinfo)
    sets = {"task": task, "by": acting.code, "person": acting.person, "at": at}
    try:
        wanted = {"_id": id, "at": {"$lt": before}}
        await db[Reminder.collection].update_one(wanted, {"$set": sets, "$inc": {"version": 1}}, upsert=True)
    except DuplicateKeyError:
        return False
    return True


def reminded_text(one: Reminder, by: str) -> str:
    """When, and by whom."""
    return f"{time_text(one.at)}{by}催办"


def remind_form(service: str, kind: str, task: str) -> Shown:
    """A button in the row."""
    return Shown(
        key=REMIND,
        title="催办",
        button="催办",
        lead="",
        action=f"/{service}/todo/{REMIND}",
        notice="",
        wrongs=(),
        hidden=(("task", task), ("kind", kind)),
        boxes=(),
        has_photos=False,
    )
