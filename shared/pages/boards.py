"""A subject's page: facts and lists of what is kept, ways to narrow a list, and what to do while there is nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from shared.forms.inputs import Option
from shared.pages.cells import Cell as Cell
from shared.pages.cells import Cells
from shared.pages.paging import Paging
from shared.pages.sorting import Sorting
from shared.pages.words import Choice

ALL = "全部"
ON_SCREEN = "on-screen"
"""The look of a column that only leads somewhere: it is left out of a table."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A field by which a list is narrowed, kept in the page's address; without options it is searched for."""

    name: str
    label: str
    value: str
    options: tuple[Option, ...] = ()

    @property
    def leaves_out(self) -> bool:
        """Whether there may be more without it: it is chosen, and need not be."""
        return bool(self.value) and (not self.options or any(not one.value for one in self.options))


def narrowing(name: str, label: str, chosen: str | None, options: Mapping[str, str]) -> Narrowing:
    """Among these, by value; nothing chosen is all of them.

    What the address asks for stays chosen; where it is not among them it is never shown as the code that it is.
    """
    value = chosen or ""
    offered = {"": ALL, **options}
    offered.setdefault(value, f"所选的{label}")
    return Narrowing(name, label, value, tuple(Option(one, said, one == value) for one, said in offered.items()))


def choice(name: str, label: str, chosen: str, options: Mapping[str, str]) -> Narrowing:
    """One of these is always shown; to show them all would say nothing."""
    one_of = {**options} if chosen in options else {chosen: f"所选的{label}", **options}
    return Narrowing(name, label, chosen, tuple(Option(one, said, one == chosen) for one, said in one_of.items()))


NOT_SORTED = Sorting()


@dataclass(frozen=True, slots=True)
class Board:
    """A list: `heads` with the look of each column, `empty` what to do while nothing was ever entered."""

    title: str
    heads: Mapping[str, str]
    lines: Sequence[Cells]
    empty: str
    paging: Paging | None = None
    narrowings: tuple[Narrowing, ...] = ()
    note: str = ""
    stacks: bool = True
    """Whether each line is a card on a phone; else the columns that are `roomy` are left out there."""
    narrowed: str = ""
    """By what, where the page has ways of its own to narrow it."""
    sorting: Sorting = NOT_SORTED

    @property
    def advice(self) -> str:
        """In the place of lines."""
        is_narrowed = any(one.leaves_out for one in self.narrowings)
        return "没有符合条件的，请放宽条件后再查看。" if is_narrowed else self.empty


def each_apart(boards: Iterable[Board]) -> tuple[Board, ...]:
    """Lists of one page, each exported under a key of its own: the second of a key is its `-2`."""
    counted: Counter[str] = Counter()
    return tuple(_apart(one, one.paging, counted) if one.paging else one for one in boards)


def _apart(board: Board, under: Paging, counted: Counter[str]) -> Board:
    counted[under.key] += 1
    if (nth := counted[under.key]) == 1:
        return board
    key = f"{under.key}-{nth}"
    url = under.export_url and under.export_url.removesuffix(under.key) + key
    return replace(board, paging=replace(under, key=key, export_url=url))


def chosen(*choices: Iterable[Choice]) -> str:
    """What is chosen of a page's own filters."""
    return "；".join(one.name for among in choices for one in among if one.current)


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
