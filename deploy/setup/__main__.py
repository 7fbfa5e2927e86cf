"""`python -m deploy.setup [--patience SECONDS]`: makes streams, consumers, collections and indexes; safe to repeat.

NATS_URL and MONGO_URL (or a file of that name among the container's secrets) say where bus and database are; with
MONGO_USERS the database is also given its replica set and a user for each service, with MONGO_KEY_FILE (which its
members share) its administrator as well. With COUNTY nothing is set up for
that county on another's data. BUS_ROOM=2 gives each stream twice the room that is declared, SUBMISSIONS_DAYS=60
keeps what is submitted and not decided for sixty days. REPLICAS=3 keeps each on
three servers of the bus; unless told they are as many as before, and fewer only with REPLICAS_MAY_FALL.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import nats.errors
from pydantic import BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError
from pymongo.errors import PyMongoError

from deploy.setup.indexes import index
from deploy.setup.oplog import LEAST, MOST, bound
from deploy.setup.outcome import Outcome
from deploy.setup.patiently import patiently
from deploy.setup.replicas import Copies, FewerCopies
from deploy.setup.restored import NOT_WHOLE, broken_off
from deploy.setup.streams import WouldExpire, declare
from deploy.setup.users import initiate, users
from services.roster.enrolment.settings import RosterSettings
from shared.bus.addresses import no_bus
from shared.bus.connection import Bus, BusRefused
from shared.database.mongo import connect, database
from shared.identity.access import Access, NoEntry, enter
from shared.process.config import NOT_LET_IN, SECRETS, mistakes_in, unread, would_refuse
from shared.process.lines import ending, only_json, say
from shared.process.release import LaterRelease, may_work_on, note_release
from shared.process.whose import AnotherCounty, own_databases
from shared.services import SERVICES


class Where(BaseSettings):
    """Bus and database, and how to enter them."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    nats_url: str = ""
    mongo_url: str = Field(default="", repr=False)
    mongo_users: Path | None = None
    mongo_key_file: Path | None = None
    county: str = ""
    replicas: Annotated[Copies, BeforeValidator(int)] | None = Field(
        default=None, description="Servers of the bus that keep each stream"
    )
    replicas_may_fall: bool = Field(default=False, description="That there are fewer than before is meant")
    oplog_mb: int | None = Field(default=None, ge=LEAST, le=MOST, description="The most the database's oplog takes")
    submissions_days: int | None = Field(
        default=None, ge=7, le=365, description="Days for which what is submitted waits to be decided"
    )
    bus_room: float = Field(default=1, ge=0.05, le=100, description="How many times the declared limits streams have")

    @property
    def missing(self) -> list[str]:
        """What must be told and was not."""
        return [name.upper() for name in ("nats_url", "mongo_url") if not getattr(self, name)]


async def set_up(where: Where, access: Access) -> Outcome:
    """Everything a county needs before its services start."""
    connection = await enter(where.nats_url, access, connect_timeout=5, max_reconnect_attempts=3)
    try:
        return await _database(where) + await _bus(where, Bus(connection))
    finally:
        await connection.close()


async def _bus(where: Where, bus: Bus) -> Outcome:
    return await declare(bus, where.bus_room, where.replicas, where.replicas_may_fall, where.submissions_days)


async def _database(where: Where) -> Outcome:
    """Nothing but its replica set where it is another county's, or kept as this release does not know it."""
    key = where.mongo_key_file.read_text().strip() if where.mongo_key_file else ""
    done = Outcome((await initiate(where.mongo_url, key),)) if where.mongo_users else Outcome()
    client = connect(where.mongo_url)
    try:
        databases = [database(client, service) for service in SERVICES]
        await may_work_on(databases)
        if where.county:
            await own_databases(where.county, databases)
        if where.mongo_users:
            done += Outcome(tuple(await users(client, where.mongo_users)))
        if where.oplog_mb:
            done += await bound(client, where.mongo_url, where.oplog_mb)
        done += Outcome(tuple(await index(client)))
        await note_release(databases)
        return done
    finally:
        client.close()


NOT_OURS = (NoEntry, AnotherCounty, LaterRelease, FewerCopies, WouldExpire)
"""What somebody has to see to before anything is set up."""


def _where() -> Where:
    try:
        return Where(_secrets_dir=SECRETS) if SECRETS.is_dir() else Where()
    except SettingsError as error:
        _not_right(f"Nothing is set up: {unread(error)}")
    except ValidationError as error:
        _not_right(f"Settings are not right, nothing is set up: {mistakes_in(error)}")


def _not_right(sentence: str) -> NoReturn:
    """Nothing that waiting would mend: as a service ends that its settings keep from starting."""
    print(ending("setup", sentence), file=sys.stderr, flush=True)
    sys.exit(NOT_LET_IN)


def main() -> None:
    """Reads where bus and database are, and sets up."""
    parser = argparse.ArgumentParser(prog="python -m deploy.setup", description="Sets bus and database up.")
    parser.add_argument("--patience", type=float, default=0, help="seconds for which bus and database may be away")
    asked = parser.parse_args()
    only_json("setup", sys.stderr)
    where = _where()
    if where.missing:
        _not_right(f"{' and '.join(where.missing)} must be set: where bus and database are.")
    if why_not := no_bus(where.nats_url):
        _not_right(f"Nothing is set up: NATS_URL {why_not}")
    if broken_off(SECRETS):
        _not_right(NOT_WHOLE)
    environment = {name: value for name, value in os.environ.items() if name != "MONGO_USERS"}
    if mistakes := would_refuse(environment, RosterSettings):
        _not_right(f"Settings are not right, nothing is set up: {mistakes}")
    try:
        done = asyncio.run(patiently(lambda: set_up(where, Access.of(os.environ)), asked.patience))
    except NOT_OURS as why:
        _not_right(f"Nothing is set up: {why}")
    except (PyMongoError, BusRefused, nats.errors.Error, OSError) as why:
        sys.exit(ending("setup", f"Nothing is set up: {why}"))
    say("setup", str(done))


main()
