"""Who did what, when, from where and how it ended: lines that a chain of SM3 sums holds together.

A row's sum is of its number, of the sum before it and of its line: one that is changed, taken out or put in between
does not fit those beside it. A row that tells of a submission is a pointer: what was said lies in the ledger, under
its key.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from cryptography.hazmat.primitives import hashes

from shared.part import SubmittedPart

FIRST = "0" * 64
"""What stands before the first row."""


class AuditKind(StrEnum):
    """What a line tells of."""

    SIGN_IN = "sign-in"
    SIGN_IN_FAILED = "sign-in-failed"
    ACCOUNT = "account"
    NO_RIGHT = "no-right"
    PERSONAL = "personal-data"
    EXPORT = "export"
    RIGHTS = "rights"
    SUBMISSION = "submission"
    AUDIT = "audit"
    TODO = "todo"
    OPERATION = "operation"


class AuditLine(SubmittedPart):
    """As a service tells it: `code` is the organisation and `person` the id of whoever did it, as far as known."""

    id: str
    at: str
    service: str
    kind: AuditKind
    code: str = ""
    person: str = ""
    address: str = ""
    what: str = ""
    outcome: str = ""


def sum_of(n: int, previous: str, line: Mapping[str, Any]) -> str:
    """Of one row, in hexadecimal digits (SM3, GB/T 32905)."""
    said = json.dumps([n, previous, line], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    digest = hashes.Hash(hashes.SM3())
    digest.update(said.encode())
    return digest.finalize().hex()


def chained(lines: Iterable[AuditLine], last: int, previous: str) -> Iterator[dict[str, Any]]:
    """The rows of these lines, after the row that was the last."""
    for n, line in enumerate(lines, last + 1):
        said = line.model_dump(mode="json")
        own = sum_of(n, previous, said)
        yield {"n": n, "previous": previous, "line": said, "sum": own}
        previous = own


def trimmed(n: int, own: str) -> str:
    """What the row says before which all rows up to one are gone, for they are older than they have to be kept."""
    return f"trimmed up to {n} {own}"


def unexplained(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Of all rows that are kept: where the first was not the first ever, one of them says that those before went."""
    if not rows or rows[0]["n"] == 1:
        return
    said = trimmed(rows[0]["n"] - 1, rows[0]["previous"])
    if not any(row["line"]["kind"] == AuditKind.AUDIT and row["line"]["what"] == said for row in rows):
        yield f"rows before {rows[0]['n']} are missing, and no row says that they were trimmed"


def faults_in(rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """What is wrong with rows that should be a stretch of the chain, in order; nothing when it holds."""
    before: Mapping[str, Any] | None = None
    for row in rows:
        n = row["n"]
        if before is not None and n != before["n"] + 1:
            yield f"rows {before['n'] + 1} to {n - 1} are missing"
        elif before is not None and row["previous"] != before["sum"]:
            yield f"row {n} does not follow row {before['n']}"
        if row["sum"] != sum_of(n, row["previous"], row["line"]):
            yield f"row {n} was changed"
        if n == 1 and row["previous"] != FIRST:
            yield "row 1 has something before it"
        before = row
