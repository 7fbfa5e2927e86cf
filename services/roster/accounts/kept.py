"""Accounts in the database: each change is one atomic write of one document, for two may come at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from pymongo.errors import DuplicateKeyError

from services.roster.accounts.model import Account, AccountSession, OneTimeCode, RememberedDevice
from services.roster.accounts.rules import LOCKED_FOR, MOST_FAILURES
from shared.bus.streams import WORKING_DAY
from shared.database.kept import documents
from shared.database.mongo import Database

LATEST_FIRST = (("began", -1),)


async def accounts_of(db: Database, persons: Iterable[str]) -> Mapping[str, Account]:
    """Of each of them, also of one who has none yet."""
    asked = [*persons]
    found = {one.id: one for one in await documents(db, Account, {"_id": {"$in": asked}})}
    return {person: found.get(person) or Account(id=person) for person in asked}


async def account_of(db: Database, person: str) -> Account:
    """One of them."""
    return (await accounts_of(db, [person]))[person]


async def changed(
    db: Database, person: str, update: Mapping[str, Any], only_if: Mapping[str, Any] = {}
) -> Account | None:
    """The account as it is then; None where the condition does not hold."""
    wanted = {"_id": person, **only_if}
    raw = await db[Account.collection].find_one_and_update(
        wanted, dict(update), upsert=not only_if, return_document=True
    )
    return Account.stored(raw) if raw else None


def voiding(at: datetime, now: Mapping[str, Any], gone: Iterable[str] = ()) -> Mapping[str, Any]:
    """An update after which all sessions so far are void."""
    taken = {"$unset": dict.fromkeys(gone, "")} if gone else {}
    return {"$set": {**now, "changed": at}, "$inc": {"epoch": 1}, **taken}


async def given_code(db: Database, person: str, code: OneTimeCode) -> Account:
    """A new code in the place of everything else by which one could sign in."""
    gone = ("password", "totp", "totp_used", "failures", "locked_until", "unified")
    account = await changed(db, person, voiding(code.given, {"code": code.model_dump()}, gone))
    assert account is not None
    await forget_devices(db, person)
    return account


async def bound(db: Database, person: str, mark: str, update: Mapping[str, Any], only_if: Mapping[str, Any]) -> str:
    """Empty when it is; else why it is not: another account has that identity, or this one has changed."""
    try:
        sets = {"$set": {"unified": mark, **update}}
        return "" if await changed(db, person, sets, only_if) else "changed"
    except DuplicateKeyError:
        return "taken"


async def failed_once(db: Database, person: str, day: date, at: datetime) -> bool:
    """Whether with this attempt the account is locked."""
    times = {"$cond": [{"$eq": ["$failures.day", day.isoformat()]}, {"$add": ["$failures.times", 1]}, 1]}
    is_over = {"$gte": ["$failures.times", MOST_FAILURES]}
    locks: list[dict[str, Any]] = [
        {"$set": {"failures": {"day": day.isoformat(), "times": times}}},
        {"$set": {"locked_until": {"$cond": [is_over, at + LOCKED_FOR, "$locked_until"]}}},
        {"$set": {"failures.times": {"$cond": [is_over, 0, "$failures.times"]}}},
    ]
    raw = await db[Account.collection].find_one_and_update({"_id": person}, locks, return_document=True)
    return bool(raw) and raw.get("locked_until") == at + LOCKED_FOR


async def begun(db: Database, session: AccountSession) -> None:
    """One time that somebody is signed in."""
    raw = session.model_dump(exclude={"id", "version"})
    await db[AccountSession.collection].insert_one({"_id": session.id, **raw})


async def replaced(db: Database, session: str) -> None:
    """It is gone on with by another, and never by itself again."""
    await db[AccountSession.collection].update_one({"_id": session}, {"$set": {"replaced": True}})


async def session_at(db: Database, session: str, device: RememberedDevice) -> AccountSession | None:
    """The session that began on a device, while nothing there has ended it for good."""
    wanted = {"_id": session, "remembered": device.id, "replaced": {"$ne": True}}
    raw = await db[AccountSession.collection].find_one(wanted)
    return AccountSession.stored(raw) if raw else None


async def entered(db: Database, session: AccountSession) -> None:
    """Noted with the account, whose slips are forgotten: whoever goes on in another unit has shown nothing anew."""
    await begun(db, session)
    slips = {"failures": "", "locked_until": ""}
    await changed(
        db, session.person, {"$set": {"last_in": session.began}, "$unset": slips}, {"disabled": {"$ne": True}}
    )


async def sessions_of(db: Database, person: str, at: datetime) -> list[AccountSession]:
    """Those that began within a working day, the latest first; which go on the bus knows."""
    since = at - timedelta(seconds=WORKING_DAY)
    return await documents(db, AccountSession, {"person": person, "began": {"$gt": since}}, LATEST_FIRST)


async def device_of(db: Database, person: str, digest: str, at: datetime) -> RememberedDevice | None:
    """One that the person told to remember them, while it does."""
    wanted = {"_id": digest, "person": person, "until": {"$gt": at}}
    raw = await db[RememberedDevice.collection].find_one_and_update(
        wanted, {"$set": {"used": at}}, return_document=True
    )
    return RememberedDevice.stored(raw) if raw else None


async def devices_of(db: Database, person: str, at: datetime) -> list[RememberedDevice]:
    """Those that remember the person."""
    return await documents(db, RememberedDevice, {"person": person, "until": {"$gt": at}}, (("since", -1),))


async def remember(db: Database, device: RememberedDevice) -> None:
    """From now on."""
    raw = device.model_dump(exclude={"id", "version"})
    await db[RememberedDevice.collection].insert_one({"_id": device.id, **raw})


async def forget_devices(db: Database, person: str, *digests: str) -> None:
    """These, or all of a person's."""
    of = {"_id": {"$in": [*digests]}} if digests else {}
    await db[RememberedDevice.collection].delete_many({"person": person, **of})
