"""A subject's page: facts and lists of what is kept, ways to narrow a list, and what to do while there is nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from shared.forms.inputs import Option
from shared.pages.paging import Paging
from shared.pages.words import ShownState

ALL = "全部"


class Cell(NamedTuple):
    """What stands in a line: words with where they lead, a note below, or a state."""

    text: str = ""
    url: str = ""
    note: str = ""
    state: ShownState | None = None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A field by which a list is narrowed, kept in the page's address; without options it is searched for."""

    name: str
    label: str
    value: str
    options: tuple[Option, ...] = ()


def narrowing(name: str, label: str, chosen: str | None, options: Mapping[str, str]) -> Narrowing:
    """Among these, by value; nothing chosen is all of them. What the address asks for stays chosen."""
    value = chosen or ""
    offered = {"": ALL, **options}
    offered.setdefault(value, value)
    return Narrowing(name, label, value, tuple(Option(one, said, one == value) for one, said in offered.items()))


@dataclass(frozen=True, slots=True)
class Board:
    """A list: `heads` with the look of each column, `empty` what to do while nothing was ever entered."""

    title: str
    heads: Mapping[str, str]
    lines: Sequence[Sequence[Cell]]
    empty: str
    paging: Paging | None = None
    narrowings: tuple[Narrowing, ...] = ()
    note: str = ""

    @property
    def advice(self) -> str:
        """In the place of lines."""
        is_narrowed = any(one.value for one in self.narrowings)
        return "没有符合条件的，请放宽条件后再查看。" if is_narrowed else self.empty


@dataclass(frozen=True, slots=True)
class SubjectPage:
    """Everything but the forms: `facts` are labels with what they say, `back` leads to the list of such."""

    title: str
    lead: str = ""
    back: Cell | None = None
    facts: tuple[tuple[str, Cell], ...] = ()
    boards: tuple[Board, ...] = ()
    steps: tuple[tuple[str, bool], ...] = ()
    """Stages in their order, and whether each is reached."""
    note: str = ""
    """What is said where a form might be looked for and none is offered."""
