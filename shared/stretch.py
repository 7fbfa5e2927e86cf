"""Which part of a list a page shows: never less than all without saying so."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a list that a page shows: of `total` items the page `number`, from 1 on, each of `size`."""

    total: int
    number: int
    size: int

    @classmethod
    def of(cls, total: int, asked: int, size: int) -> Stretch:
        """A page that lies behind the end is the last."""
        return cls(total, min(max(asked, 1), cls(total, 1, size).pages), size)

    @property
    def pages(self) -> int:
        """An empty list has one too."""
        return max(1, -(-self.total // self.size))

    @property
    def skip(self) -> int:
        """How many items stand on the pages before."""
        return (self.number - 1) * self.size

    @property
    def end(self) -> int:
        """The number of its last item."""
        return min(self.total, self.skip + self.size)
