"""The database of a county: its replica set, and a user for each service with its own database alone.

Files below `MONGO_USERS` hold each service's address with its password, as the service itself reads it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pymongo.errors import OperationFailure
from pymongo.uri_parser import parse_uri

from shared.database.mongo import PATIENCE_MS, Client, connect

NOT_YET_INITIALIZED = 94
AUTHENTICATION_FAILED = 18
USER_NOT_FOUND = 11
ELECTS_AFTER_MS = 3_000
"""Without a word of the primary the others of several elect another: by default only after ten seconds."""


async def initiate(url: str) -> str:
    """A replica set of the members that the address names, unless there is one; returns when it takes writes.

    The first of them begins a new one, and it alone may have users before. One that is there stays as it is.
    """
    asked = parse_uri(url)
    members = [f"{host}:{port}" for host, port in asked["nodelist"]]
    answers = await asyncio.gather(*(_is_in_a_set(asked, one) for one in members), return_exceptions=True)
    if True not in answers:
        all_are_new(answers)
        await _begin(asked, members)
    client = connect(url)
    try:
        await client.admin.command("hello")  # asks the primary, and waits until there is one
    finally:
        client.close()
    return "replica set"


def all_are_new(answers: Sequence[bool | BaseException]) -> None:
    """Raises why one could not say so; that it knows no user yet says it of any but the first."""
    for n, answer in enumerate(answers):
        is_without_users = isinstance(answer, OperationFailure) and answer.code == AUTHENTICATION_FAILED
        if isinstance(answer, BaseException) and not (n and is_without_users):
            raise answer


def _directly(asked: Mapping[str, Any], member: str) -> Client:
    entering = {"username": asked["username"], "password": asked["password"]}
    return Client(member, directConnection=True, serverSelectionTimeoutMS=PATIENCE_MS, **entering)


async def _begin(asked: Mapping[str, Any], members: Sequence[str]) -> None:
    configuration: dict[str, Any] = {
        "_id": asked["options"]["replicaSet"],
        "members": [{"_id": n, "host": host} for n, host in enumerate(members)],
        "settings": {"electionTimeoutMillis": ELECTS_AFTER_MS},
    }
    client = _directly(asked, members[0])
    try:
        await client.admin.command("replSetInitiate", configuration)
    finally:
        client.close()


async def _is_in_a_set(asked: Mapping[str, Any], member: str) -> bool:
    client = _directly(asked, member)
    try:
        await client.admin.command("replSetGetConfig")
    except OperationFailure as error:
        if error.code == NOT_YET_INITIALIZED:
            return False
        raise
    finally:
        client.close()
    return True


async def administrator(client: Client, url: str) -> str:
    """Whoever the address names may do anything; made by a member of the replica set itself."""
    return await _granted(client, parse_uri(url), ["root"])


async def users(client: Client, folder: Path) -> list[str]:
    """Each service's user with the password of its file; a password that was changed there is changed here."""
    return [await _user(client, one.name, one.read_text().strip()) for one in sorted(folder.iterdir())]


async def _user(client: Client, service: str, url: str) -> str:
    return await _granted(client, parse_uri(url), [{"role": "readWrite", "db": f"lianban_{service}"}])


async def _granted(client: Client, asked: Mapping[str, Any], roles: Sequence[Any]) -> str:
    granted = {"pwd": asked["password"], "roles": list(roles)}
    try:
        await client.admin.command({"updateUser": asked["username"], **granted})
    except OperationFailure as error:
        if error.code != USER_NOT_FOUND:
            raise
        await client.admin.command({"createUser": asked["username"], **granted})
    return f"database user {asked['username']}"
