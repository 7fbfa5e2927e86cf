"""Whether bus and database stem from one moment, by a place in a stream that both of them remember.

A bus restored from a copy, a database restored from another, a disk that was lost: each goes on by itself as if nothing
had happened, and facts that one of them knows never reach the other. So whoever is about to read a stream compares what
its database has committed with what the bus says is done, and decides nothing while they do not fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shared.bus.connection import Bus
from shared.bus.puller import Seen
from shared.bus.streams import FACTS
from shared.database.lease import Kept, Reached
from shared.database.mongo import Database
from shared.events import Fact
from shared.pipeline.fact_ids import FOLLOWING
from shared.pipeline.ledger import ledger


class Misfit(StrEnum):
    """Why they do not fit: what the bus has is not what the database remembers."""

    ANOTHER_STREAM = "another-stream"
    """The stream was made anew: what the bus held before is not there."""
    BUS_EARLIER = "bus-earlier"
    """The stream ends before what is committed: the bus was restored from a copy, or has lost its end."""
    DATABASE_EARLIER = "database-earlier"
    """The bus holds facts that the database has not decided: that was restored from a copy, or was lost."""


@dataclass(frozen=True, slots=True)
class GoesOn:
    """They fit: go on at a place; `again` when the bus is to hand out everything behind it once more."""

    place: Reached
    again: bool = False
    forgives: int = 0
    """Facts up to there are not looked at any more."""


def compared(kept: Kept, seen: Seen, beyond: int) -> GoesOn | Misfit:
    """What a subscription's database remembers against what the bus says.

    The bus may be behind, for a message is committed before it is acknowledged: it comes again, with the same outcome.
    Where it is ahead, what still lies there is read once more: the bus counts as done also what was removed as too old.
    What was decided and removed is gone, though, and shows by its facts: `beyond` is the sequence of one of ours on the
    bus that followed from nothing in our ledger, 0 without one.
    """
    start = Reached(seen.stream)
    if kept.adopts == seen.stream:
        return GoesOn(start, again=True, forgives=beyond)
    if beyond > kept.forgives:
        return Misfit.DATABASE_EARLIER
    place = kept.place
    if place is None:
        return GoesOn(Reached(seen.stream, seen.done), forgives=kept.forgives)
    if not place.sequence:
        place = start
    if place.stream != seen.stream:
        return Misfit.ANOTHER_STREAM
    if place.sequence > seen.last:
        return Misfit.BUS_EARLIER
    return GoesOn(place, again=seen.done > place.sequence, forgives=kept.forgives)


async def beyond_ledger(bus: Bus, db: Database, service: str) -> int:
    """The sequence of the newest fact on the bus that followed from a submission to a service.

    0 if its ledger has it, as it should.
    """
    kinds = [kind.type for kind in Fact.registry.values() if kind.service == service]
    newest = [await bus.last_stored(FACTS.name, f"fact.{kind}.>") for kind in kinds]
    own = [one for one in newest if one and int(one.headers["ce-id"].rpartition("/")[2]) < FOLLOWING]
    last = max(own, key=lambda one: one.sequence, default=None)
    if last is None or await ledger(db).find_one({"_id": last.headers["ce-cause"]}, {"_id": 1}):
        return 0
    return last.sequence
