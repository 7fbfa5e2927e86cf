"""A database of three members: set-up makes a replica set of them once, and goes by the one that is there."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from pymongo.errors import OperationFailure, ServerSelectionTimeoutError

from deploy.identity.database import address_of
from deploy.setup.members import ELECTS_AFTER_MS, SETTINGS, having_next
from deploy.setup.oplog import MIB, alone, bound
from deploy.setup.patiently import patiently
from deploy.setup.users import AUTHENTICATION_FAILED, administrator, all_are_new, initiate
from shared.database.mongo import Client, database, members_away
from tests.cluster.ensemble import PATIENCE, Ensemble, members, reaching


async def test_a_set_is_made_once_and_takes_writes_without_its_primary(tmp_path: Path) -> None:
    """Its members ask who is there, and nobody was before."""
    async with members(tmp_path, tmp_path / "secrets") as three:
        running, url = Ensemble({}, three), address_of(tmp_path / "secrets", "setup")
        client = reaching(url)
        try:
            config = (await client.admin.command("replSetGetConfig"))["config"]
            assert [one["host"] for one in config["members"]] == [*three]
            await are_away(client, 0)
            await (await running.primary()).kill()
            assert await patiently(lambda: initiate(url), PATIENCE) == "replica set"
            await database(client, "roster")["alive"].insert_one({"_id": "written to two of three"})
            assert (await client.admin.command("replSetGetConfig"))["config"]["version"] == config["version"]
            await are_away(client, 1)
        finally:
            client.close()


async def are_away(client: Client, members: int) -> None:
    """So many, as the client notices by itself."""
    async with asyncio.timeout(PATIENCE):
        while members_away(client) != members:
            await asyncio.sleep(0.2)


async def test_each_member_keeps_as_much_of_its_writes_as_told_and_one_that_is_away_is_named(tmp_path: Path) -> None:
    """The set has one size in no document: each member has its own."""
    async with members(tmp_path, tmp_path / "secrets") as three:
        running, url = Ensemble({}, three), address_of(tmp_path / "secrets", "setup")
        client = reaching(url)
        try:
            assert (await bound(client, url, 1500, PATIENCE)).lacking == ()
            assert {await oplog_of(url, one) for one in three} == {1500}
            gone = await running.primary()
            await gone.kill()
            assert await patiently(lambda: initiate(url), PATIENCE) == "replica set"
            said = await bound(client, url, 2000, PATIENCE)
            assert said.lacking == (f"the oplog of {gone.url} is as large as it was: it does not answer",)
            assert {await oplog_of(url, one) for one in three if one != gone.url} == {2000}
        finally:
            client.close()


async def test_a_member_that_does_not_know_yet_who_sets_up_is_asked_until_it_does(tmp_path: Path) -> None:
    """One that was just taken in, while it copies the others: here nothing reaches it until it is let go on."""
    async with members(tmp_path, tmp_path / "secrets") as three:
        url = address_of(tmp_path / "secrets", "setup")
        entered = url.split("//")[1].split("@")[0]
        as_later = url.replace(entered, "later:a-password")
        client = reaching(url)
        await bound(client, url, 1000, PATIENCE)
        primary = str((await client.admin.command("hello"))["primary"])
        behind = next(one for one in three if one != primary)
        held = reaching(alone(url, behind))
        await held.admin.command({"fsync": 1, "lock": True})
        later = reaching(as_later)
        try:
            await patiently(lambda: administrator(client, as_later), PATIENCE)
            named = f"the oplog of {behind} is as large as it was: AuthenticationFailed"
            assert named in (await bound(later, as_later, 1500, patience=0)).lacking
            asked = asyncio.create_task(bound(later, as_later, 1500, PATIENCE))
            await asyncio.sleep(1)
            assert not asked.done()
            await held.admin.command("fsyncUnlock")
            assert (await asked).lacking == ()
            assert {await oplog_of(url, one) for one in three} == {1500}
        finally:
            for each in (client, held, later):
                each.close()


async def oplog_of(url: str, member: str) -> int:
    """Megabytes."""
    client = reaching(alone(url, member))
    try:
        return int((await client.local.command("collStats", "oplog.rs"))["maxSize"]) // MIB
    finally:
        client.close()


async def test_a_set_of_one_grows_to_three_and_keeps_what_it_has(tmp_path: Path) -> None:
    """They come in one at a time, and set-up again changes nothing."""
    secrets = tmp_path / "secrets"
    async with members(tmp_path, secrets, begun=1) as three:
        url, key = address_of(secrets, "setup"), (secrets / "mongo" / "key").read_text().strip()
        first, *_ = three
        client = reaching(url.replace(",".join(three), first))
        try:
            await database(client, "roster")["alive"].insert_one({"_id": "written to one"})
            beside = [patiently(lambda: initiate(url, key), PATIENCE) for _ in range(2)]
            assert set(await asyncio.gather(*beside)) == {"replica set"}
            config = (await client.admin.command("replSetGetConfig"))["config"]
            assert [one["host"] for one in config["members"]] == [*three]
            assert {name: config["settings"][name] for name in SETTINGS} == SETTINGS
            await patiently(lambda: initiate(url), PATIENCE)
            assert (await client.admin.command("replSetGetConfig"))["config"]["version"] == config["version"]
        finally:
            client.close()
        await three[first].kill()
        all_three = reaching(url)
        try:
            assert await patiently(lambda: database(all_three, "roster")["alive"].find_one({}), PATIENCE)
        finally:
            all_three.close()


async def test_how_soon_members_miss_one_another_is_brought_up_also_while_one_is_away(tmp_path: Path) -> None:
    """Only one that is new is waited for, ten minutes at most."""
    async with members(tmp_path) as three:
        url = Ensemble({}, three).mongo_url
        client = reaching(url)
        try:
            await patiently(lambda: as_others_set_it(client), PATIENCE)
            *_, last = three
            await three[last].kill()
            async with asyncio.timeout(PATIENCE):
                await patiently(lambda: initiate(url), PATIENCE)
            now = (await client.admin.command("replSetGetConfig"))["config"]["settings"]
            assert {name: now[name] for name in SETTINGS} == SETTINGS
        finally:
            client.close()


async def as_others_set_it(client: Client) -> None:
    """Tried again from the start where the set elects another meanwhile."""
    config = (await client.admin.command("replSetGetConfig"))["config"]
    settings = {**config["settings"], "heartbeatTimeoutSecs": 10}
    wanted = {**config, "version": config["version"] + 1, "settings": settings}
    await client.admin.command("replSetReconfig", wanted)


A_MEMBER = {"_id": 4, "host": "one:27017"}
BY_OTHERS = {"electionTimeoutMillis": 10_000}


def test_a_set_is_given_the_next_member_that_it_lacks_and_none_is_taken_out() -> None:
    config = {"_id": "lianban", "version": 7, "members": [A_MEMBER], "settings": BY_OTHERS}
    grown = having_next(config, ["two:27017", "three:27017"])
    assert grown == {
        "_id": "lianban",
        "version": 8,
        "members": [A_MEMBER, {"_id": 5, "host": "two:27017"}],
        "settings": SETTINGS,
    }
    assert having_next(config, ["one:27017"]) is None


def test_how_soon_members_miss_one_another_is_brought_up_only_in_a_set_that_was_begun_here() -> None:
    before = {"electionTimeoutMillis": ELECTS_AFTER_MS, "heartbeatTimeoutSecs": 10}
    config = {"version": 1, "members": [A_MEMBER], "settings": before}
    brought = having_next(config, ["one:27017"])
    assert brought is not None
    assert brought["settings"] == SETTINGS
    assert having_next({**config, "settings": BY_OTHERS}, ["one:27017"]) is None


NEW = False
WITHOUT_USERS = OperationFailure("Authentication failed", AUTHENTICATION_FAILED)
AWAY = ServerSelectionTimeoutError("nobody answers")


@pytest.mark.parametrize("answers", [[NEW], [NEW, NEW, NEW], [NEW, WITHOUT_USERS, WITHOUT_USERS]])
def test_a_set_is_begun_by_the_first_of_members_that_are_all_new(answers: list[bool | BaseException]) -> None:
    all_are_new(answers)


@pytest.mark.parametrize("answers", [[AWAY], [WITHOUT_USERS, NEW, NEW], [NEW, NEW, AWAY]])
def test_a_set_is_not_begun_before_each_has_said_so(answers: list[bool | BaseException]) -> None:
    """Also where the first lets nobody in: its password is wrong then."""
    with pytest.raises((OperationFailure, ServerSelectionTimeoutError)):
        all_are_new(answers)
