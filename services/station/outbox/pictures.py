"""Photos on their way: the picture is a file on the disk, its row says how many of its chunks the bus has stored."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from services.station.outbox.failures import NotSaved
from services.station.outbox.outbox import AND_OF, Outbox
from services.station.outbox.outbox import KEPT_DAYS as RECORDS_KEPT_DAYS
from services.station.outbox.rows import Answer, State
from shared.bus.photos import chunk, digest_of
from shared.events.outgoing import Outgoing
from shared.events.photos import CHUNK, chunks_of
from shared.pages.photo_words import unfit_photo

KEPT_DAYS = 30
"""Days for which a picture stays here that the county has, or will not have."""
INSERT = (
    "INSERT INTO photos (sha256, submitter, chunks, saved_at) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (sha256) DO UPDATE SET state = 'pending', sent = 0, reasons = '[]' WHERE state = 'refused'"
)
UNDECIDED = "state IN ('pending', 'delivered')"
DECIDED = f"UPDATE photos SET state = ?, reasons = ? WHERE sha256 = ? AND {UNDECIDED}"


class Picture(NamedTuple):
    """A picture that is not wholly delivered; `sent` is the number of its next chunk."""

    sha256: str
    submitter: str
    chunks: int
    sent: int


class Pictures:
    """The folder of pictures and their rows in the outbox."""

    def __init__(self, outbox: Outbox, folder: Path) -> None:
        self._outbox = outbox
        self._folder = folder

    def save(self, submitter: str, body: bytes, at: datetime, name: str = "照片") -> str:
        """Its SHA-256, when file and row are on the disk; the same twice is one, sent anew if it was refused."""
        if no := unfit_photo(body, name):
            raise NotSaved(no)
        digest = digest_of(body)
        try:
            self._write(digest, body)
        except OSError as error:
            raise NotSaved(f"照片无法写入磁盘（{error.strerror}），本次内容没有保存。请检查磁盘空间。") from error
        row = (digest, submitter, chunks_of(len(body)), at.astimezone(UTC).isoformat())
        with self._outbox.writing() as db:
            db.execute(INSERT, row)
        return digest

    def _write(self, digest: str, body: bytes) -> None:
        """Under a temporary name until it is whole on the disk."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        part = self._folder / f"{digest}.part"
        try:
            with part.open("wb") as file:
                file.write(body)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, self._folder / digest)
        finally:
            part.unlink(missing_ok=True)

    def next(self, submitter: str = "") -> Picture | None:
        """The oldest that is not wholly delivered; of one submitter where one is named."""
        question = (
            "SELECT sha256, submitter, chunks, sent FROM photos"
            f" WHERE state = 'pending'{AND_OF[bool(submitter)]} ORDER BY saved_at LIMIT 1"
        )
        asked = (submitter,) if submitter else ()
        return next((Picture(*row) for row in self._outbox.asked(question, *asked)), None)

    def pending(self, submitter: str) -> list[tuple[str, str]]:
        """SHA-256 of those of a submitter that are not wholly delivered, each with when it was saved."""
        question = "SELECT sha256, saved_at FROM photos WHERE state = 'pending' AND submitter = ? ORDER BY saved_at"
        return [(sha256, saved_at) for sha256, saved_at in self._outbox.asked(question, submitter)]

    def file(self, sha256: str) -> Path:
        """Where a picture lies."""
        return self._folder / sha256

    def chunk(self, picture: Picture) -> Outgoing:
        """Its next chunk, without a message id, for a repeat is meant; a picture whose file is gone raises OSError."""
        with (self._folder / picture.sha256).open("rb") as file:
            file.seek(picture.sent * CHUNK)
            body = file.read(CHUNK)
        return chunk(picture.submitter, picture.sha256, picture.sent, picture.chunks, body)

    def sent(self, picture: Picture, at: datetime) -> None:
        """The bus has stored that chunk; of one that is sent anew meanwhile it was none."""
        done = picture.sent + 1
        state = State.DELIVERED if done >= picture.chunks else State.PENDING
        with self._outbox.writing() as db:
            db.execute(
                "UPDATE photos SET sent = ?, state = ?, delivered_at = ?"
                " WHERE sha256 = ? AND state = 'pending' AND sent = ?",
                (done, state, at.astimezone(UTC).isoformat(), picture.sha256, picture.sent),
            )

    def given_up(self, picture: Picture, why: str) -> None:
        """It can never be sent: the person reads why."""
        self.decided(
            [Answer(picture.submitter, picture.sha256, State.REFUSED, [{"slug": "lost", "zh": why, "en": why}])]
        )

    def decided(self, answers: Iterable[Answer]) -> None:
        """The county has the picture, or will not have it; what is decided stays so."""
        rows = [(a.state, json.dumps(list(a.reasons), ensure_ascii=False), a.id) for a in answers]
        with self._outbox.writing() as db:
            db.executemany(DECIDED, rows)

    def unanswered(self, before: datetime, submitter: str = "") -> list[Picture]:
        """Delivered before that moment, and nothing heard since."""
        question = (
            "SELECT sha256, submitter, chunks, sent FROM photos"
            f" WHERE state = 'delivered' AND delivered_at < ?{AND_OF[bool(submitter)]} ORDER BY saved_at LIMIT 100"
        )
        asked = (before.astimezone(UTC).isoformat(), *((submitter,) if submitter else ()))
        return [Picture(*row) for row in self._outbox.asked(question, *asked)]

    def send_again(self, sha256: str) -> None:
        """From its first chunk: the county keeps half a picture only for so long."""
        with self._outbox.writing() as db:
            db.execute(f"UPDATE photos SET state = 'pending', sent = 0 WHERE sha256 = ? AND {UNDECIDED}", (sha256,))

    def refused(self) -> list[tuple[str, str]]:
        """Pictures that the county will not have, and why, newest first."""
        rows = self._outbox.asked("SELECT sha256, reasons FROM photos WHERE state = 'refused' ORDER BY saved_at DESC")
        return [(sha256, "".join(reason["zh"] for reason in json.loads(reasons))) for sha256, reasons in rows]

    def states(self, named: Sequence[str]) -> dict[str, State]:
        """How far each of these is, as far as it is known here."""
        marks = ", ".join("?" * len(named))
        rows = self._outbox.asked(f"SELECT sha256, state FROM photos WHERE sha256 IN ({marks})", *named)
        return {sha256: State(state) for sha256, state in rows}

    def waiting(self) -> int:
        """How many are not wholly delivered."""
        (found,) = self._outbox.asked("SELECT count(*) FROM photos WHERE state = 'pending'")[0]
        return int(found)

    def sweep(self, now: datetime) -> None:
        """Removes files of pictures that were decided `KEPT_DAYS` ago, then their rows.

        Why one was refused is said as long as the record that names it can be looked up here.
        """
        has, refused = (self._decided(state, now, KEPT_DAYS) for state in (State.ACCEPTED, State.REFUSED))
        for (sha256,) in (*has, *refused):
            (self._folder / sha256).unlink(missing_ok=True)
        with self._outbox.writing() as db:
            gone = (*has, *self._decided(State.REFUSED, now, RECORDS_KEPT_DAYS))
            db.executemany("DELETE FROM photos WHERE sha256 = ?", gone)

    def _decided(self, state: State, now: datetime, days: int) -> list[tuple[str]]:
        """More than so many days ago."""
        question = "SELECT sha256 FROM photos WHERE state = ? AND coalesce(delivered_at, saved_at) < ?"
        return self._outbox.asked(question, state, (now - timedelta(days=days)).astimezone(UTC).isoformat())
