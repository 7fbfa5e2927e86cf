"""A rebuild at work: each month is added up at one moment, and what differed then is added to what is kept now.

Problems come last, for what is said of one is said in several months. Its progress lies in the database: killed at any
point it goes on with the month in which it was, and finds right what it had put right.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, TypeVar

from pymongo.errors import BulkWriteError

from services.feedback.documents.signing import content_hash
from services.feedback.measures.recompute import differences, months_kept
from services.feedback.problems.model import Problem
from services.feedback.problems.recompute import Unlike, unlike_facts
from services.feedback.rebuilding.mending import increment, lines, lines_of
from services.feedback.rebuilding.model import Rebuild
from services.feedback.reports.model import STANDS, Report
from shared.database.documents import Change, WorkingCopy
from shared.database.kept import document
from shared.database.mongo import DUPLICATE_KEY, Database, Session, Superseded, code_of, in_transaction, write
from shared.pipeline.ledger import FACTS, ledger

R = TypeVar("R")
AT_ONCE = 1_000
"""Problems that are put right in one transaction."""
TELLS = 1.0
"""Seconds between two words of how far it is."""


class Rebuilding:
    """One that was begun; `Superseded` where somebody else goes on with it."""

    def __init__(self, db: Database, of: Rebuild) -> None:
        self._db, self._of = db, of
        self._read = of.facts_read

    async def run(self) -> Rebuild:
        """To its end."""
        months = self._of.months or tuple(await months_kept(self._db))
        by_month = {month: await self._facts_in(month) for month in months}
        await self._say(months=months, facts=sum(by_month.values()), read_from=datetime.now(UTC))
        for month in months[self._of.done :]:
            await self._month(month, by_month)
        await self._problems()
        await self._say(is_running=False, ended=datetime.now(UTC), altered=tuple(await altered(self._db)))
        return self._of

    async def _facts_in(self, month: str) -> int:
        return await ledger(self._db, FACTS).count_documents({"month": month})

    async def _month(self, month: str, by_month: Mapping[str, int]) -> None:
        found = await self._telling(differences(self._db, month, self._heard))
        done = self._of.done + 1
        self._read = sum(by_month[one] for one in self._of.months[:done])
        more = [line for one in found for line in lines(one)]
        await self._say(map(increment, found), done=done, **self._of.with_lines(more))

    async def _problems(self) -> None:
        """Those that are missing, then the others: what moved on since it was looked at is looked at again.

        Apart, for a missing one that was made meanwhile ends its transaction: nothing else can be written in it then.
        """
        have_moved = True
        while have_moved:
            found = await self._telling(unlike_facts(self._db))
            missing = [one for one in found if one.kept is None]
            parts = (missing, [one for one in found if one.kept])
            together = (of[n : n + AT_ONCE] for of in parts for n in range(0, len(of), AT_ONCE))
            have_moved = not all([await self._put_right(problems) for problems in together])

    async def _put_right(self, problems: Sequence[Unlike]) -> bool:
        """False, and nothing is written, where one was written or made since it was looked at."""
        try:
            await self._say((one.right for one in problems), **self._of.with_lines([*lines_of(problems)]))
        except (Superseded, BulkWriteError) as met:
            if not _moved_on(met):
                raise
            return False
        return True

    async def _telling(self, look: Coroutine[Any, Any, R]) -> R:
        """What is found, while it is told that somebody is looking."""
        seen = asyncio.Event()
        telling = asyncio.create_task(self._keep_telling(seen))
        try:
            return await look
        finally:
            seen.set()
            await telling

    def _heard(self, more: int) -> None:
        self._read += more

    async def _keep_telling(self, until: asyncio.Event) -> None:
        while not until.is_set():
            with suppress(TimeoutError):
                async with asyncio.timeout(TELLS):
                    await until.wait()
            if not until.is_set():
                await self._say()

    async def _say(self, changes: Iterable[Change] = (), **changed: Any) -> None:
        """How far it is, together with what is put right: both or neither."""
        now = self._of.having(beat=datetime.now(UTC), facts_read=self._read, **changed)
        copy = WorkingCopy()
        copy.apply((now, *changes))

        async def written(session: Session) -> None:
            await write(self._db, session, copy)

        await in_transaction(self._db, written)
        self._of = now.having(version=now.version + 1)


def _moved_on(met: Superseded | BulkWriteError) -> bool:
    """Whether a problem was written, or made, since it was looked at; not where somebody else works on the rebuild."""
    return met.args == (Problem.collection,) if isinstance(met, Superseded) else code_of(met) == str(DUPLICATE_KEY)


async def altered(db: Database) -> list[str]:
    """Signed reports that no longer are what was signed, by their seal."""
    sealed = db[Report.collection].find({**STANDS, "content": {"$gt": ""}})
    return sorted([one["_id"] async for one in sealed if not _is_whole(Report.stored(one))])


def _is_whole(report: Report) -> bool:
    return content_hash(report) == report.content


async def rebuilt(db: Database, id: str) -> None:
    """Goes on with a rebuild to its end; what ended already is left."""
    found = await document(db, Rebuild, id)
    if found and found.is_running:
        await Rebuilding(db, found).run()
