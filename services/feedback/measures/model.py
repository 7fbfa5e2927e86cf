"""The documents that facts add up to: one for each month and place in the tree."""

from __future__ import annotations

from typing import Any, ClassVar

from shared.database.documents import Document


class MonthlyDocument(Document):
    """What the facts of one month add up to for one place in the tree: `2018-03/150424/150424100/150424100202`.

    An organisation that moved within the month has two. Sums for a township or the county are made when read.
    """

    collection: ClassVar[str] = "monthly"

    month: str
    county: str
    path: str
    add: dict[str, Any] = {}
    latest: dict[str, Any] = {}
