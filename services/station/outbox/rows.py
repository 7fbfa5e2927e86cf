"""Rows of the outbox: a submission with what became of it, and how rows are written and read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from services.station.outbox.drafts import Draft
from shared.events.digests import content_digest
from shared.events.outgoing import Outgoing


class State(StrEnum):
    PENDING = "pending"
    DELIVERED = "delivered"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Saved:
    """One submission and how far it is; `sequence` is its place in the county's stream once it is delivered."""

    n: int
    id: str
    submitter: str
    subject: str
    headers: dict[str, str]
    body: bytes
    saved_at: str
    state: State
    reasons: list[dict[str, str]]
    corrects: str
    sequence: int | None
    delivered_at: str | None

    @property
    def message(self) -> Outgoing:
        """As it is sent."""
        return Outgoing(self.subject, self.body, self.headers)

    @property
    def content(self) -> str:
        """The digest by which the county tells it from another content under its id."""
        return content_digest(self.headers, self.body)

    @property
    def saved(self) -> datetime:
        """When it was put on the disk."""
        return datetime.fromisoformat(self.saved_at)

    @property
    def type(self) -> str:
        """The type's name, from the subject."""
        return self.subject.split(".")[2]


class Answer(NamedTuple):
    """What the county decided about one submission."""

    submitter: str
    id: str
    state: State
    reasons: Sequence[dict[str, str]]
    digest: str = ""
    """Of the content that it was decided on; empty where the county did not say."""
    service: str = ""
    """That decided; each has a ledger of its own, in which the id may stand for something else."""


COLUMNS = "n, id, submitter, subject, headers, body, saved_at, state, reasons, corrects, sequence, delivered_at"
INSERT = (
    "INSERT INTO submissions (id, submitter, subject, headers, body, saved_at, corrects, digest)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (submitter, id) DO NOTHING"
)
DELIVERED = (
    "UPDATE submissions SET sequence = ?, delivered_at = ?,"
    " state = CASE state WHEN 'pending' THEN 'delivered' ELSE state END WHERE n = ?"
)
DECIDED = (
    "UPDATE submissions SET state = ?, reasons = ?, decided_at = ?"
    " WHERE submitter = ? AND id = ? AND state IN ('pending', 'delivered')"
)
SEND_AGAIN = (
    "UPDATE submissions SET state = 'pending', reasons = '[]', decided_at = NULL"
    " WHERE state <> 'pending' AND delivered_at BETWEEN ? AND ?",
    "UPDATE photos SET state = 'pending', sent = 0, reasons = '[]'"
    " WHERE state <> 'pending' AND delivered_at BETWEEN ? AND ?",
)
"""Of submissions and of pictures, whose files stay for a month; ids stay, so nothing is submitted twice."""
SWEEP = "DELETE FROM submissions WHERE state IN ('accepted', 'refused') AND decided_at < ?"


def row(draft: Draft, at: datetime) -> tuple[object, ...]:
    subject, body, headers = draft.message
    written = json.dumps(dict(headers), ensure_ascii=False)
    digest = digest_of(subject, written, body)
    return (draft.id, draft.submitter, subject, written, body, utc(at), draft.corrects, digest)


def digest_of(subject: str, headers: str, body: bytes) -> str:
    """By which a row of a damaged file is known to be whole."""
    return hashlib.sha256(f"{subject}\n{headers}\n".encode() + body).hexdigest()


def saved(row: Sequence[Any]) -> Saved:
    """A row as it was read."""
    n, id, submitter, subject, headers, body, saved_at, state, reasons, *rest = row
    return Saved(
        n, id, submitter, subject, json.loads(headers), body, saved_at, State(state), json.loads(reasons), *rest
    )


def utc(at: datetime) -> str:
    """As times stand in the file: comparable as text."""
    return at.astimezone(UTC).isoformat()
