"""How much the database's oplog takes: by default 5 % of the disk, whatever the county needs."""

from __future__ import annotations

import asyncio
import time
from urllib.parse import urlsplit

from pymongo.errors import OperationFailure, PyMongoError, ServerSelectionTimeoutError

from deploy.setup.outcome import Outcome
from shared.database.mongo import Client, connect

MIB = 1024 * 1024
LEAST, MOST = 990, 51_200
"""Megabytes between which a member takes a size."""
TAKEN_IN_WITHIN = 60.0
"""Seconds for a member that was just taken in to have copied who may enter it."""
LOOK = 0.2
SILENT = "it does not answer"


async def bound(client: Client, url: str, megabytes: int, patience: float = TAKEN_IN_WITHIN) -> Outcome:
    """Each member's is as large as told, also one that was made before; what is larger is cut by itself then.

    A size is a member's own and none that the others follow. One that answers and refuses is asked again for so many
    seconds: it is new, and knows nobody yet. One that is away keeps the size that it has, and is named.
    """
    members = (await client.admin.command("hello"))["hosts"]
    whys = await asyncio.gather(*(_patiently_bound(alone(url, member), megabytes, patience) for member in members))
    as_before = {member: why for member, why in zip(members, whys, strict=True) if why}
    lacking = tuple(f"the oplog of {member} is as large as it was: {why}" for member, why in as_before.items())
    return Outcome(tuple(f"oplog of {member}" for member in members if member not in as_before), lacking)


def alone(url: str, member: str) -> str:
    """The address of one member, whoever enters by it the same."""
    asked = urlsplit(url)
    entering, at, _ = asked.netloc.rpartition("@")
    options = "&".join(filter(None, (asked.query, "directConnection=true")))
    return asked._replace(netloc=f"{entering}{at}{member}", path=asked.path or "/", query=options).geturl()


async def _patiently_bound(member: str, megabytes: int, patience: float) -> str:
    until = time.monotonic() + patience
    while (why := await _bound_at(member, megabytes)) not in ("", SILENT) and time.monotonic() < until:
        await asyncio.sleep(LOOK)
    return why


async def _bound_at(member: str, megabytes: int) -> str:
    """Why it could not be; empty when it is."""
    client = connect(member)
    try:
        held = await client.local.command("collStats", "oplog.rs")
        if held.get("maxSize") != megabytes * MIB:
            await client.admin.command({"replSetResizeOplog": 1, "size": float(megabytes)})
    except ServerSelectionTimeoutError:
        return SILENT
    except OperationFailure as error:
        return str((error.details or {}).get("codeName", error.code))
    except PyMongoError as error:
        return type(error).__name__
    finally:
        client.close()
    return ""
