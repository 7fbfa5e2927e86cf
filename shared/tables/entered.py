"""A table that was brought: which line became which submissions. What stood in it is kept nowhere but in those."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import ClassVar, NamedTuple
from uuid import UUID, uuid5

from shared.database.documents import Document
from shared.database.kept import document
from shared.database.mongo import Database
from shared.part import KeptPart
from shared.pipeline.ledger import Entry, ledger

NAMESPACE = UUID("7d0b54e6-2f43-5a5c-9c55-5d1c6a0b8f21")


class EnteredLine(KeptPart):
    """A line: about whom, and the keys of its submissions, in order."""

    line: int
    about: str
    keys: tuple[str, ...]


class EnteredTable(Document):
    """One file of one submitter: the same once more adds to it."""

    collection: ClassVar[str] = "entered_tables"

    submitter: str
    file: str
    at: datetime
    lines: tuple[EnteredLine, ...] = ()

    def and_also(self, more: Iterable[EnteredLine]) -> EnteredTable:
        """With lines that were entered now."""
        by_line = {one.line: one for one in (*self.lines, *more)}
        return self.having(lines=tuple(by_line[n] for n in sorted(by_line)))


class LineOutcome(NamedTuple):
    """What became of a line: each of its submissions as the ledger has it, None of one that it has not yet."""

    line: EnteredLine
    entries: tuple[Entry | None, ...]


def table_key(submitter: str, digest: str) -> str:
    """Under which a file is known."""
    return f"{submitter}/{digest[:32]}"


def submission_of(submitter: str, digest: str, line: int, what: str) -> str:
    """Its id: the same file twice enters nothing twice."""
    return str(uuid5(NAMESPACE, f"{submitter}/{digest}/{line}/{what}"))


async def table_at(db: Database, id: str, submitter: str, file: str, now: datetime) -> EnteredTable:
    """As it is known, or from now on."""
    return await document(db, EnteredTable, id) or EnteredTable(id=id, submitter=submitter, file=file, at=now)


async def keep(db: Database, table: EnteredTable) -> None:
    """Before anything of it is sent, so that nothing is sent that no page tells of."""
    await db[EnteredTable.collection].replace_one({"_id": table.id}, table.to_store(), upsert=True)


async def outcomes(db: Database, table: EnteredTable) -> Sequence[LineOutcome]:
    """Line by line."""
    keys = [key for one in table.lines for key in one.keys]
    found: Mapping[str, Entry] = {one["_id"]: one async for one in ledger(db).find({"_id": {"$in": keys}})}
    return [LineOutcome(one, tuple(found.get(key) for key in one.keys)) for one in table.lines]


async def latest(db: Database, submitter: str, most: int) -> Sequence[EnteredTable]:
    """Those that a submitter brought last."""
    found = db[EnteredTable.collection].find({"submitter": submitter}).sort("at", -1).limit(most)
    return [EnteredTable.stored(raw) async for raw in found]
