"""A row of the audit as it lies in the roster's database: never changed, its id is its number."""

from __future__ import annotations

from typing import Any, ClassVar

from shared.database.documents import Document
from shared.identity.audit import AuditLine

DIGITS = 12


def row_id(n: int) -> str:
    """That sorts as the numbers do."""
    return f"{n:0{DIGITS}}"


class AuditRow(Document):
    """One line, and what chains it."""

    collection: ClassVar[str] = "audit"

    n: int
    previous: str
    line: AuditLine
    sum: str

    def exported(self) -> dict[str, Any]:
        """As it is exported and verified."""
        return {"n": self.n, "previous": self.previous, "line": self.line.model_dump(mode="json"), "sum": self.sum}
