"""Keeps lines as they come: each once, behind the last row; what is older than it has to be kept goes, and says so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import structlog

from services.roster.audit.model import AuditRow, row_id
from shared.bus.connection import Bus, Message
from shared.calendar import CHINA
from shared.database.lease import Lease
from shared.database.mongo import Database
from shared.identity.audit import FIRST, AuditKind, AuditLine, chained, trimmed
from shared.pipeline.inlets import dead_letter
from shared.pipeline.pipeline import Step, no_beat, no_step

log = structlog.get_logger()


class AuditKeeper:
    """Driven batch by batch like a pipeline; a batch that comes again finds its lines kept."""

    in_turn = True
    """A row stands on the one before it."""

    def __init__(self, db: Database, bus: Bus, lease: Lease, days: int) -> None:
        self._rows, self._bus, self._lease, self._days = db[AuditRow.collection], bus, lease, days
        self._trimmed = ""
        self.step: Step = no_step
        self.beat: Callable[[], None] = no_beat

    async def begin(self) -> None:
        """It asks nothing of the bus but its lines."""

    async def beyond_ledger(self) -> int:
        """No fact comes of it."""
        return 0

    async def decide(self, messages: Sequence[Message]) -> int:
        """How many were new."""
        await self._lease.hold()
        lines = {line.id: line for line in map(_line, messages)}
        known = self._rows.find({"line.id": {"$in": [*lines]}}, {"line.id": 1})
        async for one in known:
            lines.pop(one["line"]["id"], None)
        await self._append([*lines.values()])
        if messages:
            await self._trim(messages[-1].received)
            await self._lease.hold(sequence=messages[-1].sequence)
        return len(lines)

    async def _append(self, lines: Sequence[AuditLine]) -> None:
        """In one order; a second writer, who would take the same numbers, fails on them and begins again."""
        last = await self._rows.find_one(sort=[("_id", -1)])
        n, before = (last["n"], last["sum"]) if last else (0, FIRST)
        rows = [{"_id": row_id(row["n"]), "version": 1, **row} for row in chained(lines, n, before)]
        if rows:
            await self._rows.insert_many(rows, ordered=True)
            log.info("audit kept", rows=len(rows), last=rows[-1]["n"], sum=rows[-1]["sum"])

    async def _trim(self, now: datetime) -> None:
        """Once a day: a row says up to which those go that are older than they have to be kept, and they go."""
        today = now.astimezone(CHINA).date()
        if self._trimmed == today.isoformat():
            return
        self._trimmed = today.isoformat()
        old: dict[str, Any] = {"line.at": {"$lt": (today - timedelta(days=self._days)).isoformat()}}
        if newest := await self._rows.find_one(old, sort=[("_id", -1)]):
            at = now.astimezone(CHINA).isoformat(timespec="seconds")
            said = trimmed(newest["n"], newest["sum"])
            await self._append([AuditLine(id=str(uuid4()), at=at, service="roster", kind=AuditKind.AUDIT, what=said)])
            await self._rows.delete_many({"_id": {"$lte": newest["_id"]}})

    async def tell(self, messages: Sequence[Message], kept: int) -> None:
        """Nobody is told."""

    async def bury(self, message: Message, why: str) -> None:
        """What fails alone every time goes to DEAD, as of every loop."""
        await self._bus.publish([dead_letter("roster", "service-error", why, message, message.subject.split(".")[1])])

    async def close(self) -> None:
        """It holds nothing beside the database and the bus."""


def _line(message: Message) -> AuditLine:
    return AuditLine.model_validate_json(message.body, extra="allow")
