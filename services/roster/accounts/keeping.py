"""Beside everything else the roster keeps accounts in order: what was not told yet is told, what nobody has is gone.

All sessions of a person are void by the account's number, which lies in the database before the bus has it; a process
that ends between the two leaves it to the next. Of a person whose particulars were erased nothing is kept here either.
After a rotation secrets of second factors are sealed anew, as particulars are.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import structlog

from services.roster.accounts.model import Account, AccountSession, RememberedDevice
from services.roster.accounts.second_factor import opened_secret, sealed_secret
from services.roster.accounts.signing_out import note_outs
from services.roster.enrolment.settings import RosterSettings
from services.roster.people.model import Person
from shared.bus.streams import WORKING_DAY
from shared.database.kept import documents
from shared.database.mongo import Database
from shared.identity.sealing import SealKeys, key_id
from shared.identity.sessions import EndedSessions
from shared.patience import again
from shared.process.clock import no_beat
from shared.process.running import Running

LOOK = 60.0
"""Seconds between two looks."""
log = structlog.get_logger()


async def keep_accounts(parts: Running, settings: RosterSettings) -> None:
    """For as long as the service runs."""
    keys = settings.seals
    await again(lambda: tell_numbers(parts.db, parts.sessions), no_beat, "accounts")
    while True:
        await again(lambda: in_order(parts.db, parts.sessions, keys), no_beat, "accounts")
        await asyncio.sleep(LOOK)


async def in_order(db: Database, sessions: EndedSessions, keys: SealKeys | None) -> None:
    """Once."""
    await note_outs(db, sessions)
    await forget_erased(db, sessions)
    if keys is not None:
        await resealed_secrets(db, keys)


async def tell_numbers(db: Database, sessions: EndedSessions) -> None:
    """Those that were raised while some session of before may still go on."""
    since = datetime.now(UTC) - timedelta(seconds=WORKING_DAY)
    for one in await documents(db, Account, {"changed": {"$gt": since}}):
        await sessions.end_before(one.id, one.epoch)


async def forget_erased(db: Database, sessions: EndedSessions) -> int:
    """How many accounts were of persons who are known no longer."""
    erased = [one.id for one in await documents(db, Person, {"erased": True})]
    gone = await documents(db, Account, {"_id": {"$in": erased}})
    for one in gone:
        await sessions.end_before(one.id, one.epoch + 1)
        for kind in (AccountSession, RememberedDevice):
            await db[kind.collection].delete_many({"person": one.id})
        await db[Account.collection].delete_one({"_id": one.id})
        log.info("account removed", person=one.id)
    return len(gone)


async def resealed_secrets(db: Database, keys: SealKeys) -> int:
    """How many lay under older keys; one that cannot be opened stays as it is."""
    older = {"totp": {"$regex": rf"^(?!{keys.newest.id}\.)."}}
    count = 0
    for one in await documents(db, Account, older):
        if secret := opened_secret(one.totp, one.id, keys):
            sealed = {"$set": {"totp": sealed_secret(secret, one.id, keys)}}
            count += (await db[Account.collection].update_one({"_id": one.id, "totp": one.totp}, sealed)).modified_count
        else:
            log.error("second factor cannot be opened", person=one.id, key=key_id(one.totp))
    return count
