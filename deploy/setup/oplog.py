"""How much the database's oplog takes: by default 5 % of the disk, whatever the county needs."""

from __future__ import annotations

import asyncio
from urllib.parse import urlsplit

from pymongo.errors import PyMongoError

from shared.database.mongo import Client, connect

MIB = 1024 * 1024
LEAST, MOST = 990, 51_200
"""Megabytes between which a member takes a size."""


async def bound(client: Client, url: str, megabytes: int) -> list[str]:
    """Each member's is as large as told, also one that was made before; what is larger is cut by itself then.

    A size is a member's own and none that the others follow. One that is away keeps the one that it has, and is named.
    """
    members = (await client.admin.command("hello"))["hosts"]
    kept = await asyncio.gather(*(_bound_at(alone(url, member), megabytes) for member in members))
    away = [f"oplog of {member} is as it was: {why}" for member, why in zip(members, kept, strict=True) if why]
    return ["oplog", *away]


def alone(url: str, member: str) -> str:
    """The address of one member, whoever enters by it the same."""
    asked = urlsplit(url)
    entering, at, _ = asked.netloc.rpartition("@")
    options = "&".join(filter(None, (asked.query, "directConnection=true")))
    return asked._replace(netloc=f"{entering}{at}{member}", path=asked.path or "/", query=options).geturl()


async def _bound_at(member: str, megabytes: int) -> str:
    """Why it could not be; empty when it is."""
    client = connect(member)
    try:
        held = await client.local.command("collStats", "oplog.rs")
        if int(held["maxSize"]) != megabytes * MIB:
            await client.admin.command({"replSetResizeOplog": 1, "size": float(megabytes)})
    except PyMongoError as error:
        return type(error).__name__
    finally:
        client.close()
    return ""
