"""The documents that facts add up to: one for each month and place in the tree, and one of stocks for each place."""

from __future__ import annotations

from typing import Any, ClassVar

from shared.database.documents import Document


class MonthlyDocument(Document):
    """What the facts of one month add up to for one place in the tree: `2018-03/123456/123456100/123456100202`.

    An organisation that moved within the month has two. Sums for a township or the county are made when read.
    """

    collection: ClassVar[str] = "monthly"

    month: str
    county: str
    path: str
    add: dict[str, Any] = {}


class Balance(Document):
    """What each month's facts changed an organisation's stocks by, every month since the first: few numbers a year.

    It is the organisation's, not its place's: what is open moves along with it.
    """

    collection: ClassVar[str] = "balances"

    county: str
    add: dict[str, dict[str, int]] = {}
