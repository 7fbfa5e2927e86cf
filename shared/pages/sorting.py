"""Lists that are sorted by the heads of their columns: each head is a link, and how it is sorted stands in the address.

A sort is a column's key, the least first, or with - before it the most first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter
from typing import TypeVar

T = TypeVar("T")
Columns = Mapping[str, str]
"""The heads that sort, by what each asks for when it is first pressed."""


@dataclass(frozen=True, slots=True)
class SortedHead:
    """Where a column's head leads, and how the list is sorted by it now: in the words of aria-sort."""

    url: str
    sorted: str = ""


@dataclass(frozen=True, slots=True)
class Sorting:
    """The heads of a list that sort it, and what its address asks for; a list without any is not sorted."""

    heads: Mapping[str, SortedHead] = field(default_factory=dict)
    asked: str = ""


def sorting(columns: Columns, asked: str | None, url: Callable[[str], str]) -> Sorting:
    """Each head leads to its own order, and pressed once more to the reverse of that."""
    return Sorting({head: _head(first, asked or "", url) for first, head in columns.items()}, asked or "")


def _head(first: str, asked: str, url: Callable[[str], str]) -> SortedHead:
    key = first.removeprefix("-")
    now = {key: "ascending", f"-{key}": "descending"}.get(asked, "")
    return SortedHead(url(_reverse(first) if asked == first else first), now)


def _reverse(sort: str) -> str:
    return sort.removeprefix("-") if sort.startswith("-") else f"-{sort}"


def pattern_of(columns: Columns) -> str:
    """What an address may ask for, to be declared by its route."""
    return f"^-?({'|'.join(first.removeprefix('-') for first in columns)})$"


def in_order(
    lines: Iterable[T], sort: str | None, value: Callable[[T, str], int | float | str | date | None]
) -> list[T]:
    """By the value that each has in the column; what has none stands last, and equal ones stay as they were."""
    if not sort:
        return [*lines]
    found = [(value(one, sort.removeprefix("-")), one) for one in lines]
    known = [each for each in found if each[0] is not None]
    known.sort(key=itemgetter(0), reverse=sort.startswith("-"))
    return [one for _, one in known] + [one for has, one in found if has is None]
