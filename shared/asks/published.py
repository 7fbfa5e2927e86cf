"""What feedback's standing check asks every service: how many facts of each type follow from its ledgers."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Coroutine
from typing import Any

from pydantic import BaseModel

from shared.asks.bus import Asking, answers
from shared.bus.streams import SUBSCRIPTIONS
from shared.database.mongo import Database
from shared.pipeline.tally import LEDGER_OF, PUBLISHED, Tally
from shared.process.running import Running
from shared.services import SERVICES


class PublishedAsked(BaseModel):
    """Of both ledgers."""

    anew: bool = False
    """Counted from the beginning."""


class PublishedFacts(BaseModel):
    """The answer, by type."""

    counted: dict[str, int]


ASKS = {service: Asking(service, "published", PublishedAsked, PublishedFacts, wait=120) for service in SERVICES}
"""The first time a service reads its ledgers from the beginning."""


class Publishing:
    """The tallies of a service's ledgers."""

    def __init__(self, db: Database, service: str) -> None:
        own = (f"{service}-{part}" for part in LEDGER_OF)
        names = {one.name for one in SUBSCRIPTIONS}
        self._tallies = [Tally(db, name, PUBLISHED) for name in own if name in names]
        self._one_at_a_time = asyncio.Lock()

    async def counted(self, asked: PublishedAsked) -> PublishedFacts:
        """One count at a time, whoever asks."""
        async with self._one_at_a_time:
            if asked.anew:
                for one in self._tallies:
                    one.forget()
            counts = [await one.now() for one in self._tallies]
        return PublishedFacts(counted=sum(counts, Counter[str]()))


def answers_published(parts: Running) -> Coroutine[Any, Any, None]:
    """Tells feedback, until it is cancelled."""
    publishing = Publishing(parts.db, parts.service)

    async def counted(_: Running, asked: PublishedAsked) -> PublishedFacts:
        return await publishing.counted(asked)

    return answers(parts, ASKS[parts.service], counted)
