"""How a list of what is kept is read for its page: narrowed by what its address asks, one page of it at a time."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlencode

from shared.database.documents import T
from shared.database.kept import every_document, page_of_documents
from shared.database.mongo import Database
from shared.pages.cells import Cells, EveryLine
from shared.pages.paging import LIST, Paging, paging
from shared.pages.tables import MOST_ROWS
from shared.stretch import Stretch

SHOWN = 25
"""Lines on a page of a list: on a phone each is a card of several."""


class Address(NamedTuple):
    """A list's own: its path, and what narrows it. What is empty is not said."""

    path: str
    by: Mapping[str, str | None] = {}

    def sorted_by(self, sort: str) -> str:
        """The same list from its beginning, in another order."""
        return Address(self.path, {**self.by, "sort": sort}).at()

    def at(self, page: int = 1) -> str:
        """One of its pages."""
        asked = {name: value for name, value in self.by.items() if value}
        said = urlencode({**asked, **({"page": page} if page > 1 else {})})
        return f"{self.path}?{said}" if said else self.path


def saying(field: str, words: str | None) -> dict[str, Any]:
    """The part of a filter that asks for words anywhere in a text."""
    return {field: {"$regex": re.escape(words)}} if words else {}


def asking(**asked: str | None) -> dict[str, Any]:
    """The part of a filter that asks for values; what is not asked for is any."""
    return {name: value for name, value in asked.items() if value}


async def lines_of(
    db: Database,
    kind: type[T],
    wanted: Mapping[str, Any],
    order: Sequence[tuple[str, int]],
    page: int,
    address: Address,
    unit: str,
    line: Callable[[T], Cells],
    without_last: str = "",
) -> tuple[list[Cells], Paging]:
    """A page of the documents that fit, as lines, and what stands under them: all of them are a table.

    Documents `without_last` a value of that field stand last, whichever way the list is sorted by it.
    """

    async def every() -> AsyncIterator[Cells]:
        async for one in every_document(db, kind, wanted, order, MOST_ROWS + 1, without_last):
            yield line(one)

    found, stretch = await page_of_documents(db, kind, wanted, order, page, SHOWN, without_last)
    return [line(one) for one in found], paging(stretch, unit, address.at, every)


def lines_at_hand(
    lines: Sequence[Cells], page: int, address: Address, unit: str, size: int = SHOWN, key: str = LIST
) -> tuple[Sequence[Cells], Paging]:
    """The same of lines that are all there already; `key` tells a list from others of its page."""
    stretch = Stretch.of(len(lines), page, size)
    return lines[stretch.skip : stretch.end], paging(stretch, unit, address.at, every_line(lines), key)


def every_line(lines: Sequence[Cells]) -> EveryLine:
    """Of those, as a table asks for them."""

    async def every() -> AsyncIterator[Cells]:
        for one in lines:
            yield one

    return every
