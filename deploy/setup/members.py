"""Members of the database's replica set: how soon they miss one another, and those that a set which is there lacks."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping, Sequence
from typing import Any

from pymongo.errors import OperationFailure

from shared.database.mongo import Client

ELECTS_AFTER_MS = 3_000
SETTINGS = {
    # Without a word of the primary the others of several elect another: by default only after ten seconds.
    "electionTimeoutMillis": ELECTS_AFTER_MS,
    # Whoever is silent as long is taken for gone, and nobody copies from it any more: by default ten seconds as well.
    "heartbeatTimeoutSecs": ELECTS_AFTER_MS // 1000,
    # While one is gone, what the others have is told by this alone, and each write waits for it: two by default.
    "heartbeatIntervalMillis": 500,
}
LOOK = 0.5
"""Seconds between two looks at a member that copies what there is."""
PRIMARY, SECONDARY = 1, 2
"""States of a member that has everything, as the server numbers them."""
NEW = "newlyAdded"
"""So the server marks one that does not vote yet, and tells nobody who asks it for the configuration."""
CHANGED_MEANWHILE = {
    103,  # NewReplicaSetConfigurationIncompatible: of a version that is there
    109,  # ConfigurationInProgress
    308,  # CurrentConfigNotCommittedYet
}
PATIENCE = 600.0
"""Seconds for one to copy everything; whoever sets up begins anew after it."""


async def grown(client: Client, hosts: Sequence[str]) -> None:
    """The set has each of these as a member; they come in one at a time, and none is ever taken out.

    A new one votes only when it has copied everything: the server sees to that. What another changes meanwhile, the
    server itself or a second set-up, is read again. `TimeoutError` when one takes longer than `PATIENCE`, and what the
    server says when it has taken none in that time.
    """
    until = time.monotonic() + PATIENCE
    while wanted := having_next(config := await _configuration(client), hosts):
        if not await _taken(client, wanted, until):
            await asyncio.sleep(LOOK)
            continue
        for new in wanted["members"][len(config["members"]) :]:
            async with asyncio.timeout(PATIENCE):
                while not await _votes(client, new["_id"]):
                    await asyncio.sleep(LOOK)
        until = time.monotonic() + PATIENCE


async def _configuration(client: Client) -> dict[str, Any]:
    return dict((await client.admin.command("replSetGetConfig"))["config"])


async def _taken(client: Client, wanted: Mapping[str, Any], until: float) -> bool:
    """False where another was before us and there is time to look again."""
    try:
        await client.admin.command("replSetReconfig", wanted)
    except OperationFailure as error:
        if error.code not in CHANGED_MEANWHILE or time.monotonic() > until:
            raise
        return False
    return True


def having_next(config: Mapping[str, Any], hosts: Sequence[str]) -> dict[str, Any] | None:
    """The configuration with the first host that it lacks, and with our settings where we have begun the set."""
    members = list(config["members"])
    lacking = [host for host in hosts if host not in {one["host"] for one in members}]
    is_ours = config.get("settings", {}).get("electionTimeoutMillis") == ELECTS_AFTER_MS
    settings = {**config.get("settings", {}), **(SETTINGS if lacking or is_ours else {})}
    if not lacking and settings == config.get("settings", {}):
        return None
    new = [{"_id": 1 + max(one["_id"] for one in members), "host": host} for host in lacking[:1]]
    return {**config, "version": config["version"] + 1, "members": members + new, "settings": settings}


async def _votes(client: Client, member: int) -> bool:
    """Whether it takes writes, or follows; and is no longer noted as new, which changes the configuration once more."""
    members = (await client.admin.command("replSetGetStatus"))["members"]
    if not any(one["_id"] == member and one["state"] in (PRIMARY, SECONDARY) for one in members):
        return False
    noted = await client.local["system.replset"].find_one() or {}
    return not any(one["_id"] == member and one.get(NEW) for one in noted["members"])
