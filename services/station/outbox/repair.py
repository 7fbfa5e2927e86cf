"""A damaged outbox: what can be read goes into a new one, the damaged file stays beside it, named by its day."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from services.station.outbox.failures import Damaged
from services.station.outbox.outbox import Outbox
from services.station.outbox.rows import State, digest_of

GAP = 10_000
"""Rows looked for beyond the last one that was found, where the file cannot say how many there are."""
COLUMNS = (
    "n, id, submitter, subject, headers, body, saved_at, corrects, digest, state, reasons, sequence, "
    "delivered_at, decided_at"
)
PHOTO_COLUMNS = "sha256, submitter, chunks, sent, state, reasons, saved_at, delivered_at"
ACCOMPANYING = ("", "-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Salvage:
    """What was read from a damaged outbox, how many rows of it could not be, and where the damaged file is now."""

    saved: int
    pending: int
    lost: int
    kept: Path


def opened(path: Path, now: datetime) -> tuple[Outbox, Salvage | None]:
    """The outbox, after a repair where that was needed. Only one process may do this at a time."""
    fresh = path.with_name("outbox.new")
    if fresh.exists() and not path.exists():
        _put_in_place(fresh, path, _kept(path, now))
    try:
        return Outbox(path), None
    except Damaged:
        salvage = _repaired(path, fresh, now)
    return Outbox(path), salvage


def _repaired(path: Path, fresh: Path, now: datetime) -> Salvage:
    """The new file is whole before the damaged one is moved: an end in between loses nothing."""
    _remove(fresh)
    new = Outbox(fresh)
    with closing(new):
        lost = _copied(path, new)
        counts = new.counts()
        new.gather()
    kept = _kept(path, now)
    _put_in_place(fresh, path, kept)
    return Salvage(sum(counts.values()), counts[State.PENDING], lost, kept)


def _kept(path: Path, now: datetime) -> Path:
    return path.with_name(f"outbox.damaged-{now:%Y%m%d-%H%M%S}")


def _put_in_place(fresh: Path, path: Path, kept: Path) -> None:
    """The damaged file leaves first: by its absence the next start knows that the new one is whole, and goes on here.

    Its WAL leaves before the new file comes, which would be read with it.
    """
    for end in ACCOMPANYING:
        with suppress(FileNotFoundError):
            os.replace(f"{path}{end}", f"{kept}{end}")
    os.replace(fresh, path)


def _remove(path: Path) -> None:
    for end in ACCOMPANYING:
        Path(f"{path}{end}").unlink(missing_ok=True)


def _copied(path: Path, new: Outbox) -> int:
    """How many rows could not be read, as far as the file says how many there were."""
    with closing(sqlite3.connect(path)) as damaged:
        try:
            damaged.execute("SELECT 1 FROM submissions LIMIT 0")
        except sqlite3.DatabaseError:
            return 0
        last = _last(damaged)
        with new.writing() as db:
            rows = list(_whole(damaged, last))
            marks = ", ".join("?" * len(COLUMNS.split(",")))
            db.executemany(f"INSERT OR IGNORE INTO submissions ({COLUMNS}) VALUES ({marks})", rows)
            _copy_photos(damaged, db)
    return max(last - len(rows), 0) if last else 0


def _last(damaged: sqlite3.Connection) -> int:
    """The number of the last row; 0 when that cannot be read."""
    for question in ("SELECT max(n) FROM submissions", "SELECT max(seq) FROM sqlite_sequence"):
        with suppress(sqlite3.DatabaseError):
            if found := damaged.execute(question).fetchone()[0]:
                return int(found)
    return 0


def _whole(damaged: sqlite3.Connection, last: int) -> Iterator[tuple[Any, ...]]:
    """Every row that can be read by its number and says what its digest says."""
    n, found = 1, 0
    while n <= last if last else n - found <= GAP:
        with suppress(sqlite3.DatabaseError, ValueError, TypeError, AttributeError):
            row = damaged.execute(f"SELECT {COLUMNS} FROM submissions WHERE n = ?", (n,)).fetchone()
            if row and digest_of(row[3], row[4], row[5]) == row[8]:
                found = n
                yield row
        n += 1


def _copy_photos(damaged: sqlite3.Connection, db: sqlite3.Connection) -> None:
    """Their files are elsewhere; what was heard from the county is simply asked for again."""
    marks = ", ".join("?" * len(PHOTO_COLUMNS.split(",")))
    with suppress(sqlite3.DatabaseError):
        rows = damaged.execute(f"SELECT {PHOTO_COLUMNS} FROM photos").fetchall()
        db.executemany(f"INSERT OR IGNORE INTO photos ({PHOTO_COLUMNS}) VALUES ({marks})", rows)


__all__ = ["Salvage", "opened"]
