"""Whose clock is wrong where something comes from the future: its sender's, or the server's own.

The bus stamps what it stores with its server's clock. Where that is slow every station is ahead of it, and none is to
blame: what they say is not refused for good but waits until that clock is right, or the time has come. For an hour at
most, for nothing else is decided meanwhile, and whoever has stolen three keys could bring it about.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import NamedTuple

from shared.database.mongo import Database
from shared.events import Event
from shared.events.vocabulary import AHEAD
from shared.pipeline.admission import MISTYPED
from shared.pipeline.ledger import SUBMISSIONS, ledger
from shared.pipeline.outcomes import Read
from shared.roster.organisations import county_of

TOGETHER = timedelta(minutes=10)
"""What came so much before or after tells of the same clock."""
FEWEST = 3
"""Fewer than so many may all be wrong themselves."""
LOOKS_BACK = 200
"""Entries of the ledger, the newest."""


class Timed(NamedTuple):
    """Who said when something happened, and when the bus had it."""

    submitter: str
    happened: datetime
    received: datetime


class FromTheFuture(Exception):
    """Something of a batch is: whose clock is wrong is to be asked, and the batch decided again."""

    def __init__(self, decided: Collection[str]) -> None:
        super().__init__("something is of later than it came")
        self.decided = decided
        """The keys of what stood in the ledger before."""


class ServerClockSlow(Exception):
    """Most stations are ahead of this server: the same again, once its clock is right."""


def utc_now() -> datetime:
    """The clock of the machine that decides."""
    return datetime.now(UTC)


def slow_by(seen: Iterable[Timed], at: datetime) -> timedelta | None:
    """How much the server's clock was slow when it said `at`; None where it is not, or nobody can know.

    Of each submitter the latest counts, for what happened a while ago tells nothing against a clock. At least `FEWEST`
    must be ahead by more than is admitted, and more than half of all.
    """
    ahead: dict[str, timedelta] = {}
    for submitter, happened, received in seen:
        by = happened - received
        if abs(received - at) <= TOGETHER and by > -AHEAD:
            ahead[submitter] = max(by, ahead.get(submitter, by))
    too_far = [by.total_seconds() for by in ahead.values() if by > AHEAD]
    return timedelta(seconds=median(too_far)) if len(too_far) >= FEWEST and 2 * len(too_far) > len(ahead) else None


async def servers_fault(db: Database, batch: Sequence[Read], decided: Collection[str]) -> frozenset[str]:
    """The keys of what comes from the future by the server's fault alone, and is to be taken now.

    `ServerClockSlow` where the time of some has not come: nothing is decided before.
    """
    seen, found = [*await _entered(db), *_coming(batch)], set[str]()
    for event, received in ((read.event, read.message.received) for read in batch if read.key not in decided):
        if not isinstance(event, Event) or not AHEAD < event.time - received <= MISTYPED:
            continue
        if slow := slow_by(seen, received):
            if event.time > utc_now() + AHEAD:
                raise ServerClockSlow(f"this server's clock is slow by {slow.total_seconds():.0f} s: set it")
            found.add(event.key)
    return frozenset(found)


async def _entered(db: Database) -> list[Timed]:
    """What programs of their own sent: a page asks this server's clock, and so does the county's own."""
    read = {"submitter": 1, "happened": 1, "received": 1}
    newest = ledger(db, SUBMISSIONS).find({"actor": {"$exists": False}}, read).sort("$natural", -1).limit(LOOKS_BACK)
    entries = await newest.to_list(None)
    return [
        Timed(one["submitter"], one["happened"], one["received"]) for one in entries if _is_outside(one["submitter"])
    ]


def _coming(batch: Sequence[Read]) -> list[Timed]:
    events = ((read.event, read.message.received) for read in batch)
    return [
        Timed(event.submitter, event.time, received)
        for event, received in events
        if isinstance(event, Event) and not event.actor and _is_outside(event.submitter)
    ]


def _is_outside(submitter: str) -> bool:
    return submitter != county_of(submitter)
