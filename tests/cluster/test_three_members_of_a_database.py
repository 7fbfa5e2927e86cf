"""A database of three members: set-up makes a replica set of them once, and goes by the one that is there."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from pymongo.errors import OperationFailure, ServerSelectionTimeoutError

from deploy.identity.database import address_of
from deploy.setup.patiently import patiently
from deploy.setup.users import AUTHENTICATION_FAILED, all_are_new, initiate
from shared.database.mongo import connect, database, members_away
from tests.cluster.ensemble import Ensemble, members

PATIENCE = 120.0


async def test_a_set_is_made_once_and_takes_writes_without_its_primary(tmp_path: Path) -> None:
    """Its members ask who is there, and nobody was before."""
    async with members(tmp_path, tmp_path / "secrets") as three:
        running, url = Ensemble({}, three), address_of(tmp_path / "secrets", "setup")
        client = connect(url)
        try:
            config = (await client.admin.command("replSetGetConfig"))["config"]
            assert [one["host"] for one in config["members"]] == [*three]
            assert members_away(client) == 0
            await (await running.primary()).kill()
            assert await patiently(lambda: initiate(url), PATIENCE) == "replica set"
            await database(client, "roster")["alive"].insert_one({"_id": "written to two of three"})
            assert (await client.admin.command("replSetGetConfig"))["config"]["version"] == config["version"]
            async with asyncio.timeout(PATIENCE):
                while members_away(client) != 1:
                    await asyncio.sleep(0.2)
        finally:
            client.close()


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
