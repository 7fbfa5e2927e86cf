"""Lists that are longer than a page say how many there are, and lead to the rest: nothing is cut off silently."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shared.pages.cells import EveryLine
from shared.pages.chinese import grouped
from shared.stretch import Stretch

LIST = "list"
"""The key of a page's list where it has one alone."""


@dataclass(frozen=True, slots=True)
class Paging:
    """What stands under a list; addresses are empty where there is no such page.

    `every` reads all its lines, for the table under `export_url`; `key` tells the list from others of its page.
    """

    sentence: str
    previous_url: str
    next_url: str
    every: EveryLine | None = None
    export_url: str = ""
    key: str = LIST


def paging(
    stretch: Stretch, unit: str, url: Callable[[int], str], every: EveryLine | None = None, key: str = LIST
) -> Paging:
    """共320起，本页第61至120起, the pages before and behind, and all of it as a table."""
    here = f"，本页第{grouped(stretch.skip + 1)}至{grouped(stretch.end)}{unit}" if stretch.pages > 1 else ""
    return Paging(
        f"共{grouped(stretch.total)}{unit}{here}。",
        url(stretch.number - 1) if stretch.number > 1 else "",
        url(stretch.number + 1) if stretch.number < stretch.pages else "",
        every,
        exported_at(url(1), key) if every and stretch.total else "",
        key,
    )


def exported_at(url: str, key: str = LIST) -> str:
    """Where a list of a page is had as a table: the page's own address, narrowed as it is."""
    return f"{url}{'&' if '?' in url else '?'}export={key}"
