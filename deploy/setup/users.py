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

from shared.database.mongo import Client

NOT_YET_INITIALIZED = 94
USER_NOT_FOUND = 11
LOOK = 0.2


async def initiate(url: str) -> str:
    """A replica set of the one member that the address names, unless there is one; returns when it takes writes."""
    asked = parse_uri(url)
    host, port = asked["nodelist"][0]
    client = Client(host, port, directConnection=True, username=asked["username"], password=asked["password"])
    try:
        if not await _has_configuration(client):
            member = {"_id": 0, "host": f"{host}:{port}"}
            await client.admin.command("replSetInitiate", {"_id": asked["options"]["replicaSet"], "members": [member]})
        while not (await client.admin.command("hello"))["isWritablePrimary"]:
            await asyncio.sleep(LOOK)
    finally:
        client.close()
    return "replica set"


async def _has_configuration(client: Client) -> bool:
    try:
        await client.admin.command("replSetGetConfig")
    except OperationFailure as error:
        if error.code == NOT_YET_INITIALIZED:
            return False
        raise
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
