"""Everything submitted from here, in one SQLite file: on the disk before anybody is told that it is saved.

A row goes pending -> delivered (the bus has stored it) -> accepted or refused (the county has decided). Rows that are
not decided stay for as long as it takes; decided ones are swept after `KEPT_DAYS`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from services.station.outbox.drafts import LARGEST, Draft
from services.station.outbox.failures import Damaged, NotSaved, not_saved
from services.station.outbox.rows import (
    COLUMNS,
    DECIDED,
    DELIVERED,
    INSERT,
    SEND_AGAIN,
    SWEEP,
    Answer,
    Saved,
    State,
    row,
    saved,
    utc,
)

KEPT_DAYS = 400
"""Days for which a submission can be looked up here after its verdict came, however long it waited for it."""
BUSY = 5.0
"""Seconds that one process waits for another to finish writing."""
SCHEMA = (Path(__file__).parent / "outbox.sql").read_text(encoding="utf-8")


AND_OF = ("", " AND submitter = ?")
"""Of every submitter, or of the one that is named."""


CORRECTS = "corrects = ? AND corrects <> ''"
"""What corrects a submission; the index of corrections is used only where the question says that it asks for such."""


class Outbox:
    """One file, for one thread; other processes may have it open too."""

    def __init__(self, path: Path) -> None:
        """Raises `Damaged` when the file is there but is no sound outbox."""
        self.path = path
        self._db = sqlite3.connect(path, isolation_level=None, timeout=BUSY)
        try:
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")
            self._db.executescript(SCHEMA)
            self.check()
        except sqlite3.OperationalError as error:
            self._db.close()
            raise not_saved(error, self.path) from error
        except sqlite3.DatabaseError as error:
            self._db.close()
            raise Damaged(str(error)) from error
        except Damaged:
            self._db.close()
            raise

    def check(self) -> None:
        """Raises `Damaged` when the file's pages contradict each other."""
        try:
            (found,) = self._db.execute("PRAGMA quick_check(1)").fetchone()
        except sqlite3.DatabaseError as error:
            raise Damaged(str(error)) from error
        if found != "ok":
            raise Damaged(found)

    def gather(self) -> None:
        """What is saved is in the one file, which may then be moved; closing does not say when the disk is too full."""
        try:
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            raise not_saved(error, self.path) from error

    def close(self) -> None:
        """What is saved stays."""
        self._db.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All that is written in the block, on the disk when it ends; or nothing, and a sentence."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield self._db
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            self._undo()
            raise not_saved(error, self.path) from error
        except BaseException:
            self._undo()
            raise

    def _undo(self) -> None:
        """A full disk has rolled back by itself."""
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def try_writing(self) -> None:
        """Writes as much as a submission may be, and takes it back."""
        with self.writing() as db:
            db.execute("INSERT OR REPLACE INTO notes (name, value, heard_at) VALUES ('try', ?, '')", ("0" * LARGEST,))
        with self.writing() as db:
            db.execute("DELETE FROM notes WHERE name = 'try'")

    def save(self, drafts: Sequence[Draft], at: datetime) -> None:
        """All of them in their order, or none; one whose id is here already is left as it is."""
        if any(len(draft.message.body) > LARGEST for draft in drafts):
            raise NotSaved(f"内容超过{LARGEST // 1024}KB，未能保存。请精简文字说明后重新保存。")
        rows = (row(draft, at) for draft in drafts)
        with self.writing() as db:
            db.executemany(INSERT, rows)

    def pending(self, most: int, submitter: str = "") -> list[Saved]:
        """The next to be sent, oldest first; of one submitter where one is named."""
        return self._found(
            f"WHERE state = 'pending'{AND_OF[bool(submitter)]} ORDER BY n LIMIT ?", *_of(submitter), most
        )

    def delivered(self, rows: Iterable[tuple[int, int]], at: datetime) -> None:
        """The bus has stored these: (row, sequence in its stream). A verdict that was quicker stands."""
        with self.writing() as db:
            db.executemany(DELIVERED, ((sequence, utc(at), n) for n, sequence in rows))

    def decided(self, answers: Iterable[Answer], at: datetime) -> int:
        """Notes verdicts and says how many of them were news; verdicts on what is not from here are nobody's."""
        rows = [(a.state, json.dumps(a.reasons, ensure_ascii=False), utc(at), a.submitter, a.id) for a in answers]
        with self.writing() as db:
            return db.executemany(DECIDED, rows).rowcount

    def unanswered(self, before: datetime, after: int, most: int, submitter: str = "") -> list[Saved]:
        """Delivered before that moment and not decided yet as far as is known here, from row `after` on."""
        wanted = f"WHERE state = 'delivered' AND delivered_at < ? AND n > ?{AND_OF[bool(submitter)]} ORDER BY n LIMIT ?"
        return self._found(wanted, utc(before), after, *_of(submitter), most)

    def ask_again(self, rows: Iterable[int]) -> None:
        """These are sent once more under their old ids: who knows them answers them again."""
        with self.writing() as db:
            db.executemany("UPDATE submissions SET state = 'pending' WHERE n = ? AND state = 'delivered'", _ones(rows))

    def send_again(self, since: datetime, until: datetime) -> int:
        """Everything that was delivered between goes once more, decided or not, pictures too; how many."""
        with self.writing() as db:
            sent = [db.execute(question, (utc(since), utc(until))).rowcount for question in SEND_AGAIN]
        return sum(sent)

    def one(self, id: str) -> Saved | None:
        """A submission by its id."""
        return next(iter(self._found("WHERE id = ?", id)), None)

    def sent_as(self, submitter: str, id: str) -> Saved | None:
        """What was submitted from here under an id."""
        return next(iter(self._found("WHERE submitter = ? AND id = ?", submitter, id)), None)

    def latest(self, most: int, behind: int = 0) -> list[Saved]:
        """The newest behind so many newer ones, the newest first."""
        return self._found("ORDER BY n DESC LIMIT ? OFFSET ?", most, behind)

    def of_types(self, types: Sequence[str], states: Sequence[State] = tuple(State)) -> list[Saved]:
        """All that are kept here of these types in these states, the newest first."""
        of = " OR ".join("subject GLOB ?" for _ in types)
        subjects = (f"submit.*.{name}.*" for name in types)
        return self._found(f"WHERE ({of}) AND state IN ({_places(states)}) ORDER BY n DESC", *subjects, *states)

    def newest(self, where: str, values: Sequence[object], most: int, after: int = 0) -> list[Saved]:
        """Those that fit, the newest first, behind so many."""
        return self._found(f"WHERE {where} ORDER BY n DESC LIMIT ? OFFSET ?", *values, most, after)

    def how_many(self, where: str, *values: object) -> int:
        """How many fit."""
        return int(self.asked(f"SELECT count(*) FROM submissions WHERE {where}", *values)[0][0])

    def successor(self, id: str) -> Saved | None:
        """The newest submission that corrects this one."""
        return next(iter(self._found(f"WHERE {CORRECTS} ORDER BY n DESC LIMIT 1", id)), None)

    def counts(self, submitter: str = "") -> dict[State, int]:
        """How many are in each state."""
        counting = f"SELECT state, count(*) FROM submissions WHERE true{AND_OF[bool(submitter)]} GROUP BY state"
        found = dict(self.asked(counting, *_of(submitter)))
        return {state: found.get(state, 0) for state in State}

    def oldest_pending(self, submitter: str = "") -> datetime | None:
        """Since when the oldest waits."""
        oldest = f"SELECT min(saved_at) FROM submissions WHERE state = 'pending'{AND_OF[bool(submitter)]}"
        ((found,),) = self.asked(oldest, *_of(submitter))
        return datetime.fromisoformat(found) if found else None

    def waiting_by_submitter(self) -> dict[str, int]:
        """How many wait to be sent, by the code under which they were saved; photos count as well."""
        counting = (
            "SELECT submitter, count(*) FROM (SELECT submitter, state FROM submissions UNION ALL"
            " SELECT submitter, state FROM photos) WHERE state = 'pending' GROUP BY submitter"
        )
        return dict(self.asked(counting))

    def sweep(self, now: datetime) -> int:
        """Removes what was decided more than `KEPT_DAYS` ago, and says how many."""
        with self.writing() as db:
            return db.execute(SWEEP, (utc(now - timedelta(days=KEPT_DAYS)),)).rowcount

    def _found(self, where: str, *values: object) -> list[Saved]:
        return [saved(found) for found in self.asked(f"SELECT {COLUMNS} FROM submissions {where}", *values)]

    def asked(self, question: str, *values: object) -> list[Any]:
        """The rows that answer a question."""
        return self._db.execute(question, values).fetchall()


def _of(submitter: str) -> tuple[str, ...]:
    return (submitter,) if submitter else ()


def _places(values: Sequence[str]) -> str:
    return ", ".join("?" * len(values))


def _ones(values: Iterable[int]) -> Iterator[tuple[int]]:
    return ((value,) for value in values)
