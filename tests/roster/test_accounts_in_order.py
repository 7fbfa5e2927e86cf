"""What was not told is told by the next process, what is of nobody any more is gone, and seals follow a rotation."""

from __future__ import annotations

from datetime import UTC, datetime

from services.roster.accounts import kept
from services.roster.accounts.keeping import forget_erased, resealed_secrets, tell_numbers
from services.roster.accounts.model import Account
from services.roster.accounts.second_factor import new_secret, opened_secret, sealed_secret
from services.roster.people.model import Home, Person
from shared.database.kept import documents
from shared.identity.sessions import EndedSessions
from tests.county import County
from tests.sealed import KEYS, NEW, OLD, ROTATED
from tests.submitters import START, office


async def test_a_number_that_never_reached_the_bus_is_told_by_the_next_process(county: County) -> None:
    db = county.db("roster")
    await kept.changed(db, "p-1", kept.voiding(datetime.now(UTC), {"password": "x"}))
    assert not await EndedSessions(county.bus).has_ended("an-id", "p-1", 0)
    await tell_numbers(db, EndedSessions(county.bus))
    assert await EndedSessions(county.bus).has_ended("an-id", "p-1", 0)
    assert not await EndedSessions(county.bus).has_ended("an-id", "p-1", 1)


async def test_of_a_person_who_was_erased_no_account_is_kept(county: County) -> None:
    db = county.db("roster")
    for id, is_erased in (("p-1", True), ("p-2", False)):
        person = Person(id=id, homes=(Home(organisation=office.code, since=START),), erased=is_erased)
        await db[Person.collection].insert_one(person.to_store())
        await kept.changed(db, id, kept.voiding(datetime.now(UTC), {"password": "x"}))
    sessions = EndedSessions(county.bus)
    assert [await forget_erased(db, sessions), await forget_erased(db, sessions)] == [1, 0]
    assert [one.id for one in await documents(db, Account, {})] == ["p-2"]
    assert await EndedSessions(county.bus).has_ended("an-id", "p-1", 1)


async def test_second_factors_are_sealed_anew_after_a_rotation(county: County) -> None:
    db, secret = county.db("roster"), new_secret()
    await kept.changed(db, "p-1", {"$set": {"totp": sealed_secret(secret, "p-1", KEYS)}})
    assert [await resealed_secrets(db, ROTATED), await resealed_secrets(db, ROTATED)] == [1, 0]
    (account,) = await documents(db, Account, {})
    assert account.totp.startswith(f"{NEW.id}.")
    assert OLD.id != NEW.id
    assert opened_secret(account.totp, "p-1", ROTATED) == secret
    assert opened_secret(account.totp, "p-2", ROTATED) == ""
