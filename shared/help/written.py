"""Help as it is written: what a page is for, how it is done, and what people ask."""

from __future__ import annotations

from typing import NamedTuple


class OftenAsked(NamedTuple):
    """What people ask, and its answer."""

    asks: str
    answer: str


class Help(NamedTuple):
    """Of one page. A page of the table has its name and address there; that of one thing says them itself.

    `path` lies below the service's own, as its route is declared; `of` is the page of the table from which one comes.
    """

    use: str
    steps: tuple[str, ...]
    questions: tuple[OftenAsked, ...]
    name: str = ""
    path: str = ""
    of: str = ""

    @property
    def sentences(self) -> tuple[str, ...]:
        """Everything that a person reads of it."""
        return (self.name, self.use, *self.steps, *(part for one in self.questions for part in one))
