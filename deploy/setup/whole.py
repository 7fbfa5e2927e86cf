"""`SERVICE=whole`: waits until every server of the bus has all that it keeps, and every member of the database follows.

Whoever stops servers one after another asks so before the next: of three only one may be away.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict
from pymongo.errors import PyMongoError

from deploy.setup.members import PRIMARY, SECONDARY
from shared.bus.addresses import servers_in
from shared.database.mongo import Client, connect
from shared.process.config import SECRETS
from shared.process.lines import ending, only_json, say

MONITOR_PORT = 8222
"""Where a server of the bus says how it is, to its neighbours in containers alone."""
FOLLOWS_WITHIN = timedelta(seconds=2)
"""Of the primary's last write: a member that is nearer has all that was there when it came."""
LOOK = 0.5
"""Seconds between two looks."""
ANSWER = 5.0
"""Seconds for an answer; a server of the bus looks at each of its streams for it."""


class EveryServer(BaseSettings):
    """Where bus and database are: all of them, as set-up is told."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    nats_url: str
    mongo_url: str = Field(repr=False)

    @property
    def buses(self) -> list[str]:
        """Where each server of the bus is asked how it is."""
        return [f"http://{urlsplit(one).hostname}:{MONITOR_PORT}" for one in servers_in(self.nats_url)]


async def lacking(buses: Sequence[str], client: Client) -> list[str]:
    """The servers of the bus that are away or behind, then such members of the database."""
    async with httpx.AsyncClient(trust_env=False, timeout=ANSWER) as http:
        behind = [bus for bus in buses if not await _has_all(http, bus)]
    return behind + await _not_following(client)


async def _has_all(http: httpx.AsyncClient, bus: str) -> bool:
    """Of every stream and of every consumer: without more words that is what `healthz` is about."""
    try:
        return (await http.get(f"{bus}/healthz")).is_success
    except httpx.HTTPError:
        return False


async def _not_following(client: Client) -> list[str]:
    try:
        members = (await client.admin.command("replSetGetStatus"))["members"]
    except PyMongoError as error:
        return [f"database: {type(error).__name__}"]
    newest = max((one["optimeDate"] for one in members if one["state"] == PRIMARY), default=None)
    return [one["name"] for one in members if newest is None or not _follows(one, newest)]


def _follows(member: dict[str, Any], newest: datetime) -> bool:
    return member["state"] in (PRIMARY, SECONDARY) and bool(newest - member["optimeDate"] <= FOLLOWS_WITHIN)


async def whole(servers: EveryServer, patience: float) -> list[str]:
    """What is still lacking after so many seconds; empty as soon as nothing is."""
    until = time.monotonic() + patience
    client = connect(servers.mongo_url)
    try:
        while (lacks := await lacking(servers.buses, client)) and time.monotonic() < until:
            await asyncio.sleep(LOOK)
        return lacks
    finally:
        client.close()


def main() -> None:
    """Ends with 0 when all are whole, else with 1 and who is not."""
    parser = argparse.ArgumentParser(prog="python -m deploy.setup.whole", description="Waits until all are whole.")
    parser.add_argument("--patience", type=float, default=0, help="seconds for which they are waited for")
    asked = parser.parse_args()
    only_json("whole", sys.stderr)
    servers = EveryServer(_secrets_dir=SECRETS) if SECRETS.is_dir() else EveryServer()
    if lacks := asyncio.run(whole(servers, asked.patience)):
        sys.exit(ending("whole", f"After {asked.patience:.0f} s these are away or behind: {', '.join(lacks)}"))
    say("whole", "whole: every server of bus and database has what it keeps")


if __name__ == "__main__":
    main()
