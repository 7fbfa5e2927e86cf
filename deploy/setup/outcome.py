"""What set-up brought about, and what is not as declared yet."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """Parts that are as declared, and a sentence for each that is not: set-up repeated later sees to it."""

    done: tuple[str, ...] = ()
    lacking: tuple[str, ...] = ()

    def __add__(self, more: Outcome) -> Outcome:
        return Outcome(self.done + more.done, self.lacking + more.lacking)

    def __str__(self) -> str:
        """As set-up ends with it."""
        return "; ".join((f"set up: {len(self.done)} parts as declared", *self.lacking))
