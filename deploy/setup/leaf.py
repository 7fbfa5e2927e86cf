"""`python -m deploy.setup.leaf <township>`: its own bus keeps what its stations submit, the county's fetches it.

Safe to repeat: when the township has another station, and to fetch at once after the line was gone. By itself the
county's bus asks again only up to 40 seconds after (it waits 30 for an answer that was lost with the line, then 10).
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from contextlib import suppress

import nats.errors

from deploy.setup.streams import STREAM_NOT_FOUND, sources
from shared.bus.connection import Bus, BusRefused
from shared.bus.leaf import domain, fetched_from, is_from, submissions_at, verdicts_at
from shared.bus.streams import SUBMISSIONS
from shared.database.mongo import Database, connect, database
from shared.identity.access import Access, NoEntry, enter

PATIENCE = 60.0
"""Seconds in which the township's bus must answer through the county's."""
PAUSE = 0.1


async def stations_of(roster: Database, township: str) -> list[str]:
    """The township itself, its villages and whatever else is registered under its code."""
    found: list[str] = await roster["organisations"].distinct("_id", {"_id": {"$regex": f"^{township}"}})
    return sorted(found)


async def link(bus: Bus, township: str, stations: list[str]) -> int:
    """Both streams at the township, then the sources at the county; how many stations there are.

    Sources are taken away first and put back: then each asks the other at once, from where it was.
    """
    async with asyncio.timeout(PATIENCE):
        while not await _declared(bus, township, stations):
            await asyncio.sleep(PAUSE)
    others = [one for one in await sources(bus, SUBMISSIONS) if not is_from(one, township)]
    for taken in (others, others + fetched_from(township, stations)):
        await bus.api(f"STREAM.UPDATE.{SUBMISSIONS.name}", {**SUBMISSIONS.config(), "sources": taken})
    return len(stations)


async def _declared(bus: Bus, township: str, stations: list[str]) -> bool:
    """False while the line is not there."""
    with suppress(nats.errors.NoRespondersError, nats.errors.TimeoutError):
        verdicts = verdicts_at(township, stations)
        for config in (submissions_at(stations), {**verdicts, "sources": []}, verdicts):
            await _put(bus, township, config)
        return True
    return False


async def _put(bus: Bus, township: str, config: dict[str, object]) -> None:
    try:
        await bus.api(f"STREAM.UPDATE.{config['name']}", config, domain(township))
    except BusRefused as no:
        if no.err_code != STREAM_NOT_FOUND:
            raise
        await bus.api(f"STREAM.CREATE.{config['name']}", config, domain(township))


async def _run(nats_url: str, mongo_url: str, access: Access, township: str) -> int:
    connection = await enter(nats_url, access, connect_timeout=5, max_reconnect_attempts=3)
    client = connect(mongo_url)
    try:
        stations = await stations_of(database(client, "roster"), township)
        return await link(Bus(connection), township, stations) if stations else 0
    finally:
        client.close()
        await connection.close()


def main() -> None:
    """Reads where bus and database of the county are."""
    parser = argparse.ArgumentParser(prog="python -m deploy.setup.leaf", description="Links a township's own bus.")
    parser.add_argument("township", help="its code, nine digits")
    township = parser.parse_args().township
    missing = [name for name in ("NATS_URL", "MONGO_URL") if not os.environ.get(name)]
    if missing:
        sys.exit(f"{' and '.join(missing)} must be set: where the county's bus and database are.")
    access = Access.of(os.environ)
    try:
        linked = asyncio.run(_run(os.environ["NATS_URL"], os.environ["MONGO_URL"], access, township))
    except NoEntry as why:
        sys.exit(f"Nothing is linked: {why}")
    except TimeoutError:
        sys.exit(f"Nothing is linked: the bus of {township} does not answer; start it, or look at its line.")
    if not linked:
        sys.exit(f"Nothing is linked: the roster knows no organisation whose code begins with {township}.")
    print(f"linked: {linked} stations of {township}")


if __name__ == "__main__":
    main()
