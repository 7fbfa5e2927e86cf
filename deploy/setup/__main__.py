"""`python -m deploy.setup`: makes streams, consumers, collections and indexes; safe to repeat.

NATS_URL and MONGO_URL (or a file of that name among the container's secrets) say where bus and database are; with
MONGO_USERS the database is also given its replica set and a user for each service.
"""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict
from pymongo.errors import PyMongoError

from deploy.setup.indexes import index
from deploy.setup.streams import declare
from deploy.setup.users import initiate, users
from shared.bus.connection import Bus
from shared.database.mongo import connect
from shared.identity.access import Access, NoEntry, enter
from shared.process.config import SECRETS
from shared.process.lines import ending, only_json, say


class Where(BaseSettings):
    """Bus and database, and how to enter them."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    nats_url: str = ""
    mongo_url: str = Field(default="", repr=False)
    mongo_users: Path | None = None

    @property
    def missing(self) -> list[str]:
        """What must be told and was not."""
        return [name.upper() for name in ("nats_url", "mongo_url") if not getattr(self, name)]


async def set_up(nats_url: str, mongo_url: str, access: Access, mongo_users: Path | None = None) -> list[str]:
    """Everything a county needs before its services start."""
    done: list[str] = [await initiate(mongo_url)] if mongo_users else []
    client = connect(mongo_url)
    try:
        if mongo_users:
            done += await users(client, mongo_users)
        return [*done, *await _declared(nats_url, access), *await index(client)]
    finally:
        client.close()


async def _declared(nats_url: str, access: Access) -> list[str]:
    connection = await enter(nats_url, access, connect_timeout=5, max_reconnect_attempts=3)
    try:
        return await declare(Bus(connection))
    finally:
        await connection.close()


def main() -> None:
    """Reads where bus and database are, and sets up."""
    only_json("setup", sys.stderr)
    where = Where(_secrets_dir=SECRETS) if SECRETS.is_dir() else Where()
    if where.missing:
        sys.exit(ending("setup", f"{' and '.join(where.missing)} must be set: where bus and database are."))
    try:
        done = asyncio.run(set_up(where.nats_url, where.mongo_url, Access.of(os.environ), where.mongo_users))
    except (NoEntry, PyMongoError) as why:
        sys.exit(ending("setup", f"Nothing is set up: {why}"))
    say("setup", f"set up: {len(done)} parts as declared")


main()
