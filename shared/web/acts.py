"""What forms have reported lately, in the service's own database: the same again may be a second act or the same one.

All copies of a service see it. It is no record of anything: what is not there, or cannot be read, is not asked about.
"""

from __future__ import annotations

import asyncio
import hashlib
from datetime import datetime, timedelta

import structlog
from pymongo import IndexModel

from shared.database.mongo import Database
from shared.events import Submission
from shared.forms.questions import Act
from shared.patience import is_fault

COLLECTION = "acts"
KEPT = timedelta(days=1)
INDEXES = {COLLECTION: [IndexModel([("sent", 1)], expireAfterSeconds=int(KEPT.total_seconds()))]}
WAIT = 1.0
"""Seconds for which a form waits for the database: nobody's form hangs on it."""

log = structlog.get_logger()


def words_of(submitter: str, organisation: str, data: Submission) -> str:
    """The same of what says the same, whenever it happened."""
    said = "\n".join((submitter, organisation, data.type, data.model_dump_json()))
    return hashlib.sha256(said.encode()).hexdigest()


async def earlier(db: Database, words: str) -> Act | None:
    """The newest that was reported in these words."""
    try:
        async with asyncio.timeout(WAIT):
            found = await db[COLLECTION].find_one({"_id": words})
    except Exception as error:
        if not is_fault(error):
            raise
        return None
    return Act(found["submission"], datetime.fromisoformat(found["happened"]), found["sent"]) if found else None


async def remember(db: Database, words: str, act: Act) -> None:
    """In place of what was reported in these words before."""
    kept = {"submission": act.id, "happened": act.happened.isoformat(), "sent": act.sent}
    try:
        async with asyncio.timeout(WAIT):
            await db[COLLECTION].replace_one({"_id": words}, kept, upsert=True)
    except Exception as error:
        if not is_fault(error):
            raise
        log.warning("act not remembered", submission=act.id, error=type(error).__name__)
