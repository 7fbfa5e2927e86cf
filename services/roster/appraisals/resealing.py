"""After a rotation of the people's keys what lies in sheets under older ones is sealed anew, a few at a time."""

from __future__ import annotations

from collections import Counter

import structlog

from services.roster.appraisals.model import Sheet
from services.roster.appraisals.order import having_parts
from shared.database.mongo import Database
from shared.identity.sealing import NotOpened, SealKeys

AT_ONCE = 50
log = structlog.get_logger()


async def resealed_sheets(db: Database, keys: SealKeys) -> int:
    """How many of the next few were sealed anew; one that cannot be opened stays as it is, and is told."""
    older = {"keys": {"$elemMatch": {"$ne": keys.newest.id}}}
    found = [Sheet.stored(raw) async for raw in db[Sheet.collection].find(older).limit(AT_ONCE)]
    return sum([await _resealed(db, keys, one) for one in found])


async def _resealed(db: Database, keys: SealKeys, sheet: Sheet) -> int:
    try:
        parts = {step: keys.reseal(text, sheet.name, step) for step, text in sheet.parts.items()}
    except NotOpened:
        log.error("a sheet cannot be opened", sheet=sheet.name, keys=sheet.keys)
        return 0
    then = having_parts(sheet, parts)
    answer = await db[Sheet.collection].replace_one({"_id": sheet.id, "version": sheet.version}, then.to_store())
    return answer.modified_count


async def sheets_under(db: Database) -> Counter[str]:
    """In how many sheets something lies under each key, by its id."""
    found = db[Sheet.collection].find({"keys": {"$ne": []}}, {"keys": 1})
    return Counter([key async for raw in found for key in raw["keys"]])
