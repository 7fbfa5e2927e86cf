"""What was written is written again, in its order, as the database itself takes back what it has noted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bson.raw_bson import RawBSONDocument

from deploy.backup.archive import LARGEST
from deploy.backup.database import PHOTOS_APART
from deploy.backup.transactions import Committed, Op
from deploy.embedded.trouble import Trouble
from shared.database.mongo import Client
from shared.pipeline.ledger import FACTS, SUBMISSIONS

TOGETHER = 1_000
"""Writes of one request."""
OF_INDEXES = {"createIndexes", "startIndexBuild", "commitIndexBuild", "abortIndexBuild", "dropIndexes", "deleteIndexes"}
"""Left out: set-up makes the indexes that a release declares."""
KNOWN = {"create", "drop", "renameCollection", "collMod", "dropDatabase"}
STRANGE = "后续文件中有不能识别的操作{}，没有恢复；请用 --until 恢复到{:%Y-%m-%dT%H:%M:%S}。 An unknown operation."


class Replaying:
    """Into the databases of the moment at which the first of it was written."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._batch: list[Op] = []
        self._bytes = 0
        self.writes = 0
        self.entered = Counter[str]()
        """Entries of ledgers, by `<database>/<collection>`."""
        self.earliest: datetime | None = None
        """When the bus had stored the first of those from which facts followed: from there on they are to be told."""

    async def take(self, one: Committed) -> None:
        """The next."""
        for op in one.ops:
            if op["op"] == "c":
                await self.end()
                await self._command(op, one)
            else:
                await self._write(op)

    async def _write(self, op: Op) -> None:
        database, _, collection = op["ns"].partition(".")
        if database == PHOTOS_APART and op["op"] == "u":
            return  # laid once more, as it was: what was laid before the archive lies in a roll
        if op["op"] == "i" and collection in (SUBMISSIONS, FACTS):
            self.entered[f"{database}/{collection}"] += 1
            self._heed(op["o"])
        size = len(op["o"].raw) if isinstance(op["o"], RawBSONDocument) else 0
        if self._bytes + size > LARGEST or len(self._batch) == TOGETHER:
            await self.end()
        self._batch.append(op)
        self._bytes += size

    def _heed(self, entry: Mapping[str, Any]) -> None:
        if len(entry["facts"]):
            received = entry["received"].replace(tzinfo=UTC)
            self.earliest = min(received, self.earliest or received)

    async def _command(self, op: Op, one: Committed) -> None:
        name = next(iter(op["o"]))
        if name in OF_INDEXES:
            return
        if name not in KNOWN:
            raise Trouble(STRANGE.format(name, one.at.moment))
        database = op["ns"].partition(".")[0]
        is_there = op["o"][name] in await self._client[database].list_collection_names()
        if (name == "create" and is_there) or (name == "drop" and not is_there):
            return
        self._batch.append(op)
        await self.end()

    async def end(self) -> None:
        """All that was taken is written."""
        if self._batch:
            await self._client.admin.command({"applyOps": self._batch, "alwaysUpsert": False})
        self.writes += len(self._batch)
        self._batch, self._bytes = [], 0
