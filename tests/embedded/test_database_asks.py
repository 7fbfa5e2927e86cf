"""The embedded database asks who is there: new, of a release that asked nobody, on another port, by a new password."""

from __future__ import annotations

import asyncio
import stat
from pathlib import Path
from typing import Any

import pytest
from pymongo import MongoClient
from pymongo.errors import OperationFailure

from deploy.embedded.county.folder import prepare
from deploy.embedded.ports import any_free
from deploy.embedded.servers.running import Server, Servers, bus, database, started
from deploy.identity.database import MONITOR, address_of, as_itself
from deploy.setup.users import users
from services.inspection.photos.album import COLLECTIONS, NotLetIntoPhotos, beside
from shared.database.alive import called, end_transactions_of
from shared.database.mongo import connect
from shared.database.mongo import database as database_of
from shared.process.service import NOT_LET_IN
from shared.services import SERVICES
from tests.faults.processes import service
from tests.journeys.running import supervised

AUTHENTICATION_FAILED, NOT_ALLOWED, NO_SUCH_TRANSACTION = 18, 13, 251


def reads(url: str, service: str = "roster", **more: Any) -> int:
    """How many documents there are; who may not is an error with its code."""
    with MongoClient[dict[str, Any]](url, serverSelectionTimeoutMS=20_000, **more) as client:
        return client[f"lianban_{service}"]["organisations"].count_documents({})


def no(url: str, service: str = "roster", **more: Any) -> int | None:
    with pytest.raises(OperationFailure) as failed:
        reads(url, service, **more)
    return failed.value.code


async def begun(data: Path, secrets: Path | None, port: int) -> Server:
    server = database(data, lambda _: port, secrets=secrets)
    await server.start()
    if secrets:
        client = connect(address_of(secrets, "setup"))
        await users(client, secrets / "setup" / "users")
        client.close()
    return server


async def test_nobody_gets_in_without_a_password_and_a_service_to_its_own_documents_alone(tmp_path: Path) -> None:
    secrets = tmp_path / "secrets"
    server = await begun(tmp_path, secrets, any_free())
    try:
        assert no(server.url) == NOT_ALLOWED
        for service in SERVICES:
            assert reads(address_of(secrets, service), service) == 0
            other = "feedback" if service != "feedback" else "roster"
            assert no(address_of(secrets, service), other) == NOT_ALLOWED
        assert reads(address_of(secrets, "inspection"), "photos") == 0
        with pytest.raises(NotLetIntoPhotos):
            await lays_a_photo(address_of(secrets, "feedback"))
        await lays_a_photo(address_of(secrets, "inspection"))
        sees_how_it_is_and_nothing_that_is_kept(address_of(secrets, MONITOR))
        await ends_what_a_copy_of_it_left_open(address_of(secrets, "roster"))
        wrong = address_of(secrets, "roster").replace("roster:", "roster:x", 1)
        assert no(wrong) == AUTHENTICATION_FAILED
        await says_that_it_is_not_let_in(server, wrong, tmp_path)
        with MongoClient[dict[str, Any]](server.url) as anybody:
            assert "compression" not in anybody.admin.command({"hello": 1, "compression": ["zlib", "snappy", "zstd"]})
    finally:
        await server.stop()


def sees_how_it_is_and_nothing_that_is_kept(url: str) -> None:
    """What an exporter asks: of the server, of its replica set, and how far back the oplog reaches."""
    with MongoClient[dict[str, Any]](url, serverSelectionTimeoutMS=20_000) as client:
        assert client.admin.command("serverStatus")["ok"] == 1
        assert len(client.admin.command("replSetGetStatus")["members"]) == 1
        assert client["local"]["oplog.rs"].find_one(sort=[("$natural", 1)]) is not None
        for asks in (client["lianban_roster"]["organisations"].find_one, lambda: client["local"]["x"].insert_one({})):
            with pytest.raises(OperationFailure) as failed:
                asks()
            assert failed.value.code == NOT_ALLOWED


async def lays_a_photo(url: str) -> None:
    """In the store beside the ledgers: whoever may not waits, as for a server that is away."""
    client = connect(url)
    try:
        await beside(client).put("150424100202/0", dict.fromkeys(COLLECTIONS, b""))
        assert (await beside(client).statistics())["objects"] == len(COLLECTIONS)
    finally:
        client.close()


async def ends_what_a_copy_of_it_left_open(url: str) -> None:
    """A service's user needs no right of its own for that."""
    dead, next_one = connect(url, "lianban roster-1 00000000"), connect(url, called("roster-2"))
    try:
        async with await dead.start_session() as left:
            left.start_transaction()
            await database_of(dead, "roster")["leases"].insert_one({"_id": "a lease"}, session=left)
            await end_transactions_of(database_of(next_one, "roster"), "roster-1")
            with pytest.raises(OperationFailure) as ended:
                await database_of(dead, "roster")["leases"].find_one({}, session=left)
        assert ended.value.code == NO_SUCH_TRANSACTION
    finally:
        dead.close()
        next_one.close()


async def says_that_it_is_not_let_in(server: Server, wrong: str, folder: Path) -> None:
    """A service with a password that is wrong: one sentence, and an end that is for good."""
    there = await started(lambda: bus(folder, any_free))
    one = service("roster", Servers(there, server), folder / "logs", MONGO_URL=wrong)
    one.start()
    try:
        async with asyncio.timeout(120):
            assert await one.child.ended() == NOT_LET_IN
        (sentence,) = one.log().splitlines()
        assert "MONGO_URL: the database does not let its user in" in sentence
    finally:
        await one.child.kill()
        await there.stop()


async def test_a_folder_of_a_release_that_asked_nobody_is_taken_over_also_on_another_port(tmp_path: Path) -> None:
    before = await begun(tmp_path, None, any_free())
    with MongoClient[dict[str, Any]](before.url) as client:
        client["lianban_roster"]["organisations"].insert_one({"_id": "150424"})
    assert reads(before.url) == 1  # as anybody could
    await before.stop()
    secrets = tmp_path / "secrets"
    for _ in range(2):
        after = await begun(tmp_path, secrets, any_free())
        try:
            assert (no(after.url), reads(address_of(secrets, "roster"))) == (NOT_ALLOWED, 1)
        finally:
            await after.stop()


async def test_a_password_that_is_made_anew_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    secrets, port = tmp_path / "secrets", any_free()
    await (await begun(tmp_path, secrets, port)).stop()
    before = address_of(secrets, "setup")
    (secrets / "mongo" / "password").unlink()
    server = await begun(tmp_path, secrets, port)
    try:
        assert reads(address_of(secrets, "setup")) == 0
        assert no(before) == AUTHENTICATION_FAILED
        assert reads(server.url, **as_itself(secrets)) == 0
    finally:
        await server.stop()


def test_the_countys_folder_is_closed_to_others_also_where_an_earlier_release_left_it_open(tmp_path: Path) -> None:
    """With what lies in it: it may be copied elsewhere."""
    data, elsewhere = tmp_path / "county", tmp_path / "elsewhere"
    (data / "logs").mkdir(parents=True, mode=0o755)
    (data / "mongo").mkdir(mode=0o755)
    for file in (data / "live-from", data / "logs" / "roster.log", elsewhere):
        file.touch(0o644)
    (data / "link").symlink_to(elsewhere)
    data.chmod(0o755)
    prepare(data)
    inside = (data, data / "logs", data / "mongo", data / "live-from", data / "logs" / "roster.log")
    assert [stat.S_IMODE(one.stat().st_mode) for one in inside] == [0o700] * 3 + [0o600] * 2
    assert stat.S_IMODE(elsewhere.stat().st_mode) == 0o644


async def test_what_a_county_writes_is_its_owners_alone_and_its_services_enter_each_by_its_own(
    tmp_path: Path,
) -> None:
    async with supervised(tmp_path / "county", "--no-year") as county:
        await county.reaches("running")
        open_to_others = [
            place for place in county.data.rglob("*") if not place.is_symlink() and place.stat().st_mode & 0o077
        ]
        assert open_to_others == []
        assert no(county.running.addresses.mongo_url) == NOT_ALLOWED
        with MongoClient[dict[str, Any]](county.database_url) as client:
            current = client.admin.aggregate([{"$currentOp": {"allUsers": True, "idleConnections": True}}])
            entered = {user["user"] for one in current for user in one.get("effectiveUsers", ())}
        assert {*SERVICES} <= entered
