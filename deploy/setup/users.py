"""The database of a county: its replica set, a user for each service with its own databases alone, one who monitors.

Files below `MONGO_USERS` hold each service's address with its password, as the service itself reads it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pymongo.errors import OperationFailure
from pymongo.uri_parser import parse_uri

from deploy.identity.database import MONITOR, as_a_member
from deploy.setup.members import SETTINGS, grown
from shared.database.mongo import PATIENCE_MS, Client
from shared.services import TABLE

LOOKS = ({"role": "clusterMonitor", "db": "admin"}, {"role": "read", "db": "local"})
"""How the servers and their replica set are, and how far back the oplog reaches."""
NOT_YET_INITIALIZED = 94
AUTHENTICATION_FAILED = 18
USER_NOT_FOUND = 11


async def initiate(url: str, key: str = "") -> str:
    """A replica set of the members that the address names, unless there is one; returns when it takes writes.

    The first of them begins a new one, and it alone may have users before; one that is there is given those that it
    lacks. With the `key` that they share nobody need be there: whom the address names becomes their administrator.
    """
    asked = parse_uri(url)
    members = [f"{host}:{port}" for host, port in asked["nodelist"]]
    named = {"username": asked["username"], "password": asked["password"]}
    entering = {"serverSelectionTimeoutMS": PATIENCE_MS, **(as_a_member(key) if key else named)}
    answers = await asyncio.gather(*(_is_in_a_set(one, entering) for one in members), return_exceptions=True)
    name = asked["options"]["replicaSet"]
    if True not in answers:
        all_are_new(answers)
        await _begin(name, members, entering)
    client = Client(members, replicaSet=name, **entering)
    try:
        await client.admin.command("hello")  # asks the primary, and waits until there is one
        await grown(client, members)
        if key:
            await administrator(client, url)
    finally:
        client.close()
    return "replica set"


def all_are_new(answers: Sequence[bool | BaseException]) -> None:
    """Raises why one could not say so; that it knows no user yet says it of any but the first."""
    for n, answer in enumerate(answers):
        is_without_users = isinstance(answer, OperationFailure) and answer.code == AUTHENTICATION_FAILED
        if isinstance(answer, BaseException) and not (n and is_without_users):
            raise answer


async def _begin(name: str, members: Sequence[str], entering: Mapping[str, Any]) -> None:
    configuration: dict[str, Any] = {
        "_id": name,
        "members": [{"_id": n, "host": host} for n, host in enumerate(members)],
        "settings": SETTINGS,
    }
    client = Client(members[0], directConnection=True, **entering)
    try:
        await client.admin.command("replSetInitiate", configuration)
    finally:
        client.close()


async def _is_in_a_set(member: str, entering: Mapping[str, Any]) -> bool:
    client = Client(member, directConnection=True, **entering)
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
    return [await _user(client, one.name, one.read_text().strip()) for one in sorted(folder.iterdir()) if one.is_file()]


async def _user(client: Client, service: str, url: str) -> str:
    if service == MONITOR:
        return await _granted(client, parse_uri(url), LOOKS)
    own = (service, *(more for one in TABLE if one.name == service for more in one.beside))
    return await _granted(client, parse_uri(url), [{"role": "readWrite", "db": f"lianban_{one}"} for one in own])


async def _granted(client: Client, asked: Mapping[str, Any], roles: Sequence[Any]) -> str:
    granted = {"pwd": asked["password"], "roles": list(roles)}
    try:
        await client.admin.command({"updateUser": asked["username"], **granted})
    except OperationFailure as error:
        if error.code != USER_NOT_FOUND:
            raise
        await client.admin.command({"createUser": asked["username"], **granted})
    return f"database user {asked['username']}"
