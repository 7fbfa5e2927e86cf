"""How much the database's oplog takes: by default 5 % of the disk, whatever the county needs."""

from __future__ import annotations

from shared.database.mongo import Client

MIB = 1024 * 1024
LEAST, MOST = 990, 51_200
"""Megabytes between which a member takes a size."""


async def bound(client: Client, megabytes: int) -> str:
    """The primary's is as large as told, also one that was made before; what is larger is cut by itself then."""
    held = await client.local.command("collStats", "oplog.rs")
    if int(held["maxSize"]) != megabytes * MIB:
        await client.admin.command({"replSetResizeOplog": 1, "size": float(megabytes)})
    return "oplog"
