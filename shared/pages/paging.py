"""Lists that are longer than a page say how many there are, and lead to the rest: nothing is cut off silently."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from shared.pages.chinese import grouped
from shared.stretch import Stretch


@dataclass(frozen=True, slots=True)
class Paging:
    """What stands under a list; addresses are empty where there is no such page."""

    sentence: str
    previous_url: str
    next_url: str


def paging(stretch: Stretch, unit: str, url: Callable[[int], str]) -> Paging:
    """共320起，本页第61至120起, and the pages before and behind."""
    here = f"，本页第{grouped(stretch.skip + 1)}至{grouped(stretch.end)}{unit}" if stretch.pages > 1 else ""
    return Paging(
        f"共{grouped(stretch.total)}{unit}{here}。",
        url(stretch.number - 1) if stretch.number > 1 else "",
        url(stretch.number + 1) if stretch.number < stretch.pages else "",
    )
