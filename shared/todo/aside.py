"""不再办理: what was refused and will not be sent again is put aside with a reason, and may be taken up again.

Nothing that was submitted changes by it: it waits no longer, and stays among what was done and among the records.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import ClassVar

from pymongo import IndexModel

from shared.database.documents import Document
from shared.database.kept import documents
from shared.database.mongo import Database
from shared.events.vocabulary import MOST_TITLE
from shared.forms import Shown
from shared.forms.inputs import Box, Input
from shared.identity.acting import Acting
from shared.todo.tasks import anchor_of

KEPT = timedelta(days=400)
ASIDE, TAKE_UP, REASON = "put-aside", "take-up", "reason"
MOST_REASON = MOST_TITLE


class PutAside(Document):
    """A refused submission, by its key in the ledger."""

    collection: ClassVar[str] = "put_aside"

    by: str
    person: str = ""
    at: datetime
    reason: str


INDEXES = {PutAside.collection: [IndexModel([("at", 1)], expireAfterSeconds=int(KEPT.total_seconds()))]}


async def put_aside(db: Database, task: str, acting: Acting, at: datetime, reason: str) -> None:
    """From now on; once more says the newer reason."""
    sets = {"by": acting.code, "person": acting.person, "at": at, "reason": reason}
    await db[PutAside.collection].update_one({"_id": task}, {"$set": sets, "$inc": {"version": 1}}, upsert=True)


async def take_up(db: Database, task: str) -> bool:
    """Whether it was put aside."""
    return bool((await db[PutAside.collection].delete_one({"_id": task})).deleted_count)


async def asides(db: Database, tasks: Iterable[str]) -> Mapping[str, PutAside]:
    """Those of them that were put aside."""
    return {one.id: one for one in await documents(db, PutAside, {"_id": {"$in": [*tasks]}})}


def aside_form(service: str, task: str) -> Shown:
    """Folded in the row, for it needs a reason."""
    key = f"{ASIDE}-{anchor_of(task)}"
    hint = f"例如事项已经取消、改由其他单位报送，不超过{MOST_REASON}字。"
    reason = Input(f"{key}-{REASON}", REASON, "不再办理的理由", "text", hint=hint, is_needed=True)
    return _form(key, service, ASIDE, "不再办理", task, (Box("", (reason,)),))


def take_up_form(service: str, task: str) -> Shown:
    """The way back."""
    return _form(TAKE_UP, service, TAKE_UP, "恢复办理", task, ())


def _form(key: str, service: str, to: str, title: str, task: str, boxes: tuple[Box, ...]) -> Shown:
    return Shown(
        key=key,
        title=title,
        button=title,
        lead="",
        action=f"/{service}/todo/{to}",
        notice="",
        wrongs=(),
        hidden=(("task", task),),
        boxes=boxes,
        has_photos=False,
    )
