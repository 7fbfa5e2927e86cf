"""Whose bus and database are, as what lies in them tells: nothing is noted for it, so data of every release does.

Until something has been accepted they are nobody's, and a code that was mistyped may still be corrected.
"""

from __future__ import annotations

from collections.abc import Sequence

from shared.bus.connection import Bus
from shared.bus.streams import ROSTER
from shared.database.mongo import Database
from shared.pipeline.ledger import first_organisation
from shared.roster.organisations import county_of


class AnotherCounty(Exception):
    """What a process was to go on with is another county's: the sentence says whose, and what to do."""


async def of_database(db: Database) -> str:
    """The county of what a service has accepted, or followed, first; empty where that is nothing."""
    first = await first_organisation(db)
    return county_of(first) if first else ""


async def of_bus(bus: Bus) -> str:
    """The county of the roster's organisation that was written before all others; empty where there is none."""
    (everybody,) = ROSTER.subjects
    first = await bus.next(ROSTER.name, everybody, 0)
    return county_of(first.subject.removeprefix(everybody.removesuffix(">"))) if first else ""


async def own_databases(county: str, databases: Sequence[Database]) -> None:
    """`AnotherCounty` where one is another's."""
    for db in databases:
        _own(county, await of_database(db), "database")


async def own_bus(county: str, bus: Bus) -> None:
    """`AnotherCounty` where it is another's."""
    _own(county, await of_bus(bus), "bus")


def _own(county: str, holds: str, what: str) -> None:
    if holds and holds != county:
        raise AnotherCounty(
            f"COUNTY is {county}, but the {what} holds the county {holds}: start it with COUNTY={holds}, "
            f"or give {county} a bus and a database of its own."
        )
