"""What is chosen among what the context offers: a word for each key of a map, or several of many."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

Context = Any
"""What a form is shown and read in: the station's desk, a place with its checklist. Its functions are given it."""
Names = Mapping[str, str]
When = Callable[[Context], bool]


def always(context: Context) -> bool:
    """A part that is always there."""
    return True


def as_it_stands(context: Context, value: str) -> str:
    """Of what has no other name."""
    return value


class Choosing(NamedTuple):
    """What may be chosen, a key of a map or one of many: how it is called, and a remark."""

    key: str
    label: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """A choice of radio buttons for each key of a map."""

    path: str
    items: Callable[[Context], Sequence[Choosing]]
    choices: Names
    when: When = always


@dataclass(frozen=True, slots=True)
class Ticks:
    """Several of many: a box to tick for each value that a list of texts may have; with `is_all` all are ticked first.

    How few and how many is the model's. `called` is what is ticked already and offered no more, as people call it;
    `empty` stands where nothing is offered.
    """

    path: str
    label: str
    items: Callable[[Context], Sequence[Choosing]]
    hint: str = ""
    is_all: bool = False
    called: Callable[[Context, str], str] = as_it_stands
    empty: str = "没有可以选择的。"
    when: When = always
