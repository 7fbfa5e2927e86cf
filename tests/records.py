"""What services have written, read as two runs may be compared by it."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from typing import Any

from motor.motor_asyncio import AsyncIOMotorClient
from nats.aio.client import Client

from services.feedback.measures.recompute import differences, months_kept
from shared.bus.connection import Bus, Message
from shared.bus.streams import DEAD, FACTS, VERDICTS
from shared.database import mongo
from shared.services import SERVICES

PAGE = 500
MOMENTARY = ("received", "sequence", "version")
"""What differs between two runs that came to the same."""
BY_THE_CLOCK = ("leases", "alive", "outs_noted", "comparisons")
"""What a process notes of itself as time goes by, whatever it decides."""


@dataclass(frozen=True)
class Outcome:
    """What a run came to: comparable, for it holds no receipt times, sequences and versions."""

    ledger: dict[str, Any]
    facts: dict[str, Any]
    verdicts: dict[str, Any]
    monthly: dict[str, Any]
    documents: dict[str, Any]
    dead: list[Any]
    differences: list[dict[str, Any]]

    def unlike(self, other: Outcome) -> list[str]:
        """In which parts two runs came to different things."""
        return [part.name for part in fields(self) if getattr(self, part.name) != getattr(other, part.name)]


class Records:
    """Ledgers, facts, verdicts and documents of all services."""

    def __init__(self, client: Client, databases: AsyncIOMotorClient[dict[str, Any]]) -> None:
        self.client, self.databases = client, databases
        self.bus = Bus(client)

    def db(self, service: str) -> mongo.Database:
        """A service's own database."""
        return mongo.database(self.databases, service)

    async def dead(self) -> list[Message]:
        """All dead letters."""
        return [letter for letter in await self.everything(DEAD.name) if letter.subject.split(".")[1] in SERVICES]

    async def ledger(self) -> dict[str, Any]:
        """Both ledgers of every service: who asked or told what, and what became of it."""
        return {
            f"{service}/{name}": await self._kept(service, name)
            for service in SERVICES
            for name in ("ledger", "fact_ledger")
        }

    async def facts(self) -> dict[str, Any]:
        """Every fact by its id; one that was published again says the same."""
        facts: dict[str, Any] = {}
        for message in await self.everything(FACTS.name):
            headers = {name: value for name, value in message.headers.items() if name.startswith("ce-")}
            fact = (message.subject, headers, message.body)
            assert facts.setdefault(headers["ce-id"], fact) == fact
        return facts

    async def verdicts(self) -> dict[str, Any]:
        """The verdict that stands for each submission."""
        return {message.subject: json.loads(message.body) for message in await self.everything(VERDICTS.name)}

    async def monthly(self) -> dict[str, Any]:
        """What the facts of each month add up to, by place."""
        return await self._kept("feedback", "monthly")

    async def documents(self) -> dict[str, Any]:
        """Everything else that the services keep."""
        kept = {}
        for service in SERVICES:
            for name in sorted(await self.db(service).list_collection_names()):
                if name not in ("ledger", "fact_ledger", "monthly", *BY_THE_CLOCK):
                    kept[f"{service}/{name}"] = await self._kept(service, name)
        return kept

    async def differences(self) -> list[dict[str, Any]]:
        """What the standing check finds, over all months."""
        db = self.db("feedback")
        return [found for month in await months_kept(db) for found in await differences(db, month)]

    async def outcome(self) -> Outcome:
        """All that two runs are compared by."""
        return Outcome(
            await self.ledger(),
            await self.facts(),
            await self.verdicts(),
            await self.monthly(),
            await self.documents(),
            sorted((letter.subject, letter.headers["lianban-subject"], letter.body) for letter in await self.dead()),
            await self.differences(),
        )

    async def _kept(self, service: str, name: str) -> dict[str, Any]:
        cursor = self.db(service)[name].find()
        return {one["_id"]: {k: v for k, v in one.items() if k not in MOMENTARY} async for one in cursor}

    async def everything(self, stream: str) -> list[Message]:
        """All messages of a stream, by direct get."""
        found: list[Message] = []
        while page := await self.bus.following(stream, ">", found[-1].sequence if found else 0, PAGE):
            found += page
        return found
