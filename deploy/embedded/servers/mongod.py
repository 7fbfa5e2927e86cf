"""The database: one real mongod, as a replica set of one, so that transactions and majority writes are real."""

import asyncio
import signal
from pathlib import Path
from typing import Any

from pymongo.errors import AutoReconnect, OperationFailure

from deploy.embedded.children.child import Command
from deploy.embedded.ports import HOST
from deploy.embedded.servers.binaries import mongod
from deploy.embedded.servers.readiness import PAUSE, listening
from deploy.identity.database import address_of, as_itself
from deploy.setup.users import administrator
from shared.database.mongo import Client

REPLICA_SET = "lianban"
NOT_YET_INITIALIZED = 94
ALREADY_INITIALIZED = 23

_OPTIONS = (
    f"--replSet={REPLICA_SET}",
    f"--bind_ip={HOST}",
    "--nounixsocket",
    "--wiredTigerCacheSizeGB=0.5",
    "--oplogSize=1024",
    # A service killed within a transaction would lock its lease, and so the one that follows it out, for 60 to 90 s.
    "--setParameter=transactionLifetimeLimitSeconds=10",
    "--setParameter=diagnosticDataCollectionEnabled=false",
    # The driver compresses nothing; below 6.0.27 a compressed message reads memory before anybody has signed in
    # (CVE-2025-14847), and no newer mongod can be had as a package that runs here.
    "--networkMessageCompressors=disabled",
    # A secondary would be given this long to take over; there is none.
    "--setParameter=shutdownTimeoutMillisForSignaledShutdown=100",
)


def command(store: Path, port: int, secrets: Path | None = None) -> Command:
    """Orphaned, it is asked to end rather than killed; a locale that the machine lacks would stop it.

    With the folder of secrets it lets nobody in without a password.
    """
    asks = (f"--keyFile={secrets / 'mongo' / 'key'}",) if secrets else ()
    argv = (mongod(), f"--dbpath={store}", f"--port={port}", *asks, *_OPTIONS)
    return Command("mongod", argv, {"LC_ALL": "C"}, orphaned=signal.SIGTERM)


def url(port: int) -> str:
    """What a client connects to."""
    return f"mongodb://{HOST}:{port}/?replicaSet={REPLICA_SET}"


async def ready(port: int, secrets: Path | None = None) -> None:
    """Returns when it takes writes; a new one is given its replica set, one on another port is told so.

    One that asks has its administrator then, the folder of a release that asked nobody as well.
    """
    await listening(port)  # the driver would look only twice a second
    entering: dict[str, Any] = as_itself(secrets) if secrets else {}
    client = Client(HOST, port, directConnection=True, **entering)
    try:
        while not await _is_primary(client, f"{HOST}:{port}"):
            await asyncio.sleep(PAUSE)
        if secrets:
            await administrator(client, address_of(secrets, "setup"))
    finally:
        client.close()


async def _is_primary(client: Client, host: str) -> bool:
    """While it still reads its configuration it says that it has none, and closes connections when it has read it."""
    try:
        await _configure(client, host)
        return bool((await client.admin.command("hello"))["isWritablePrimary"])
    except AutoReconnect:
        return False
    except OperationFailure as error:
        if error.code != ALREADY_INITIALIZED:
            raise
        return False


async def _configure(client: Client, host: str) -> None:
    stored = await _stored_configuration(client)
    if stored is None:
        member = {"_id": 0, "host": host}
        await client.admin.command("replSetInitiate", {"_id": REPLICA_SET, "members": [member]})
    elif stored["members"][0]["host"] != host:
        await _move(client, stored, host)


async def _stored_configuration(client: Client) -> dict[str, Any] | None:
    try:
        answer = await client.admin.command("replSetGetConfig")
    except OperationFailure as error:
        if error.code == NOT_YET_INITIALIZED:
            return None
        raise
    return dict(answer["config"])


async def _move(client: Client, stored: dict[str, Any], host: str) -> None:
    """By force, because a member that no longer finds itself in its configuration has no primary to ask."""
    member = {**stored["members"][0], "host": host}
    changed = {**stored, "version": stored["version"] + 1, "members": [member]}
    await client.admin.command("replSetReconfig", changed, force=True)
