"""Ledger against ledger: every fact that follows from a service's ledgers is in feedback's, and nothing else is.

Feedback's is counted, then the services are asked, then it is counted again once it is through with what the bus has: a
fact that came meanwhile is in neither difference.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from typing import ClassVar

import structlog
from prometheus_client import Gauge

from services.feedback.measures.standing import ALL_EVERY
from shared.asks.bus import asked, within
from shared.asks.published import ASKS, PublishedAsked, PublishedFacts, Publishing
from shared.bus.connection import Bus
from shared.bus.streams import facts_for
from shared.database.documents import Document
from shared.database.kept import document
from shared.database.mongo import Database
from shared.events import Fact
from shared.pipeline.tally import HEARD, Tally
from shared.process.running import Running

MISSING = Gauge(
    "lianban_facts_missing", "Facts that follow from a service's ledgers and are not in feedback's, by service.", ["of"]
)
UNFOUNDED = Gauge(
    "lianban_facts_unfounded", "Facts in feedback's ledger that follow from nothing in a service's, by service.", ["of"]
)
FOLLOWED = facts_for("feedback")
PATIENCE = 120.0
"""Seconds within which feedback is through with what was told, or it is not compared: a backlog has its own alert."""
LOOK = 0.5
LOOKS, AGAIN_AFTER = 3, 20.0
"""How often, and after how many seconds, what is missing is looked for again: what is committed is about to be told."""
LATEST = "latest"

Answered = Callable[[str, PublishedAsked], Awaitable[PublishedFacts | None]]
"""What a service says of its ledgers; None where it says nothing."""

log = structlog.get_logger()


class Comparison(Document):
    """What was found the last time."""

    collection: ClassVar[str] = "comparisons"

    at: datetime
    facts: int
    """That feedback has."""
    missing: dict[str, dict[str, int]]
    """By service and type, of the services that answered."""
    unfounded: dict[str, dict[str, int]]
    unanswered: tuple[str, ...] = ()


def compared(
    before: Mapping[str, int], published: Mapping[str, Mapping[str, int]], after: Mapping[str, int]
) -> tuple[dict[str, dict[str, int]], dict[str, dict[str, int]]]:
    """What feedback lacks of each service and what it has beyond; a type of a later release is nobody's here."""
    missing, beyond = dict[str, dict[str, int]](), dict[str, dict[str, int]]()
    for service, counted in published.items():
        own = {one for one in before if one in Fact.registry and Fact.registry[one].service == service}
        missing[service] = {one: short for one, n in counted.items() if (short := n - after.get(one, 0)) > 0}
        beyond[service] = {one: more for one in sorted(own) if (more := before[one] - counted.get(one, 0)) > 0}
    return missing, beyond


class Books:
    """What is kept between two comparisons."""

    def __init__(self, db: Database, bus: Bus, answered: Answered) -> None:
        self._bus, self._answered = bus, answered
        self._heard = Tally(db, FOLLOWED.name, HEARD)
        self._all = time.monotonic()

    async def compare(self) -> Comparison | None:
        """None where feedback is behind: then nothing can be said. Every day all is counted from the beginning."""
        if anew := time.monotonic() - self._all >= ALL_EVERY.total_seconds():
            self._heard.forget()
            self._all = time.monotonic()
        question = PublishedAsked(anew=anew)
        before = Counter(await self._heard.now())
        published = await self._published(question)
        for _ in range(LOOKS):
            if not await through(self._bus):
                return None
            after = await self._heard.now()
            missing, unfounded = compared(before, published, after)
            if not any(missing.values()):
                break
            await asyncio.sleep(AGAIN_AFTER)
        return Comparison(
            id=LATEST,
            at=datetime.now(UTC),
            facts=after.total(),
            missing=missing,
            unfounded=unfounded,
            unanswered=tuple(one for one in ASKS if one not in published),
        )

    async def _published(self, question: PublishedAsked) -> dict[str, Mapping[str, int]]:
        """Of every service that answers, when it has been asked a few times: at a start not all are there."""
        found = dict[str, Mapping[str, int]]()
        for n in range(LOOKS):
            asking = [service for service in ASKS if service not in found]
            answers = await asyncio.gather(*(self._answered(service, question) for service in asking))
            found |= {service: one.counted for service, one in zip(asking, answers, strict=True) if one is not None}
            if len(found) == len(ASKS) or n == LOOKS - 1:
                break
            await asyncio.sleep(AGAIN_AFTER)
        return found


def by_asking(parts: Running) -> Answered:
    """Every service over the bus, feedback itself at once."""
    own = Publishing(parts.db, parts.service)

    async def answered(service: str, question: PublishedAsked) -> PublishedFacts | None:
        of = ASKS[service]
        return await (
            within(of.wait, own.counted(question)) if service == parts.service else asked(parts, of, question)
        )

    return answered


async def through(bus: Bus, patience: float = PATIENCE) -> bool:
    """Whether feedback has added up all facts that the bus has at some moment from now on."""
    try:
        async with asyncio.timeout(patience):
            while await _waiting(bus):
                await asyncio.sleep(LOOK)
    except TimeoutError:
        return False
    return True


async def _waiting(bus: Bus) -> int:
    info = await bus.api(f"CONSUMER.INFO.{FOLLOWED.stream}.{FOLLOWED.name}")
    return int(info["num_pending"] + info["num_ack_pending"])


async def note(db: Database, found: Comparison) -> None:
    """For pages and metrics; the newest takes the place of the one before."""
    fields = found.to_store()
    del fields["_id"], fields["version"]
    await db[Comparison.collection].update_one({"_id": LATEST}, {"$set": fields, "$inc": {"version": 1}}, upsert=True)
    for service in ASKS:
        for gauge, by_type in ((MISSING, found.missing), (UNFOUNDED, found.unfounded)):
            if service in by_type:
                gauge.labels(service).set(sum(by_type[service].values()))
    if any(found.missing.values()) or any(found.unfounded.values()):
        log.error("ledgers differ", missing=found.missing, unfounded=found.unfounded)


async def newest(db: Database) -> Comparison | None:
    """The last one, whichever copy made it."""
    return await document(db, Comparison, LATEST)
