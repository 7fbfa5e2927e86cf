"""After a rotation what lies under older keys is sealed anew, a few at a time, until nothing is left of it.

It changes nothing that was decided: the same particulars of the same person under another key. Where the person is
changed meanwhile, that holds, and its new seal is under the newest key anyway.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping
from typing import Any

import structlog

from services.roster.appraisals.resealing import resealed_sheets, sheets_under
from services.roster.enrolment.settings import RosterSettings
from services.roster.people.model import Person
from services.roster.people.rules import marks
from shared.database.mongo import Database
from shared.identity.sealing import NotOpened, SealKeys, key_id
from shared.patience import again
from shared.process.clock import no_beat, no_time
from shared.process.running import Running
from shared.roster.particulars import UnfitParticulars, read_particulars

AT_ONCE = 50
LOOK = 600.0
"""Seconds between two looks; a key is new only when the service has started anew."""

log = structlog.get_logger()


async def keep_sealed(parts: Running, settings: RosterSettings) -> None:
    """For as long as the service runs; without keys, nothing."""
    keys = settings.seals
    if keys is None:
        return await no_time(parts)
    while True:
        anew = await again(lambda: resealed(parts.db, keys), no_beat, "particulars")
        anew += await again(lambda: resealed_sheets(parts.db, keys), no_beat, "sheets")
        if anew == 0:
            await asyncio.sleep(LOOK)


async def resealed(db: Database, keys: SealKeys) -> int:
    """How many of the next few were sealed anew; those that cannot be opened stay as they are, and are told."""
    older: Mapping[str, Any] = {"sealed": {"$regex": rf"^(?!{keys.newest.id}\.)."}}
    found = [Person.stored(raw) async for raw in db[Person.collection].find(older).limit(AT_ONCE)]
    return sum([await _resealed(db, keys, one) for one in found])


async def _resealed(db: Database, keys: SealKeys, person: Person) -> int:
    try:
        known = read_particulars(keys.open(person.sealed, person.id, person.home))
        sealed = keys.reseal(person.sealed, person.id, person.home)
    except (NotOpened, UnfitParticulars):
        log.error("particulars cannot be opened", person=person.id, key=key_id(person.sealed))
        return 0
    then = person.having(sealed=sealed, marks=marks(keys, known))
    answer = await db[Person.collection].replace_one({"_id": person.id, "version": person.version}, then.to_store())
    return answer.modified_count


async def sealed_under(db: Database) -> dict[str, int]:
    """How many persons' particulars, and sheets of appraisals, lie under each key, by its id."""
    found = db[Person.collection].find({"sealed": {"$ne": ""}}, {"sealed": 1})
    persons = Counter([key_id(raw["sealed"]) async for raw in found])
    return dict(persons + await sheets_under(db))
