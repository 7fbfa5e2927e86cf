"""Several of many as they stand in a form: each box is a field of its own, and one unseen says that they were there.

Without that field nobody knows whether nothing was ticked, or the form was never shown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from shared.forms.bounds import Bounds
from shared.forms.choosing import Choosing, Context, Ticks
from shared.forms.entered import Values

YES, THERE = "yes", "there"
"""What a box says that is ticked, and the field that says that boxes were there."""


@dataclass(frozen=True, slots=True)
class TicksEntry:
    """The boxes in their place, with what they are offered for now."""

    ticks: Ticks
    bounds: Bounds
    items: tuple[Choosing, ...]
    context: Context = None

    @property
    def path(self) -> tuple[str, ...]:
        """Of the list in the data."""
        return tuple(self.ticks.path.split("."))

    @property
    def name(self) -> str:
        """In the page; that of a box goes on with its value: drafts-2018-03."""
        return _name(self.ticks.path)

    @property
    def named(self) -> str:
        """As a sentence says it."""
        return f"“{self.ticks.label}”"

    @property
    def is_needed(self) -> bool:
        """Whether ticking none is wrong."""
        return self.bounds.required and self.bounds.fewest > 0

    def ticked(self, values: Values) -> list[str]:
        """In the order in which they are offered; what is offered no more stands last."""
        begins = f"{self.name}-"
        found = {name.removeprefix(begins): None for name, said in values.items() if name.startswith(begins) and said}
        offered = [one.key for one in self.items]
        return [key for key in offered if key in found] + [key for key in found if key not in offered]

    def shown_ticked(self, values: Values) -> list[str]:
        """As `ticked`; in a form that was not filled in yet what is declared."""
        is_fresh = self.name not in values and not self.ticked(values)
        return [one.key for one in self.items] if is_fresh and self.ticks.is_all else self.ticked(values)

    def shown_items(self, values: Values) -> list[Choosing]:
        """All boxes: what is ticked stays, though it is offered no more."""
        offered = {one.key for one in self.items}
        gone = [key for key in self.ticked(values) if key not in offered]
        return [*self.items, *(Choosing(key, self.ticks.called(self.context, key)) for key in gone)]

    def names(self, values: Values) -> list[str]:
        """Of what is ticked, as people call it."""
        called = {one.key: one.label for one in self.shown_items(values)}
        return [called[key] for key in self.ticked(values)]


def ticked(path: str, chosen: Iterable[str]) -> dict[str, str]:
    """What a form brings in which these are ticked and no others: for one that is to begin so."""
    return {_name(path): THERE, **{f"{_name(path)}-{one}": YES for one in chosen}}


def _name(path: str) -> str:
    return path.replace(".", "-")
