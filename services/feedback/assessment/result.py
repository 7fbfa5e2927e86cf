"""What a unit's assessment comes to, term by term: as it is kept, and frozen into its report."""

from __future__ import annotations

from datetime import date

from shared.events.assessment import Grade, Indicator
from shared.part import KeptPart


class Term(KeptPart):
    """An indicator with what a unit has of it: `n` of `d`, both None where it has no such figure.

    `weight` is what it was worth here, with what others without a figure left to it, and `points` what came of it:
    both in hundredths of a point; what is deducted is below zero.
    """

    indicator: Indicator
    n: int | None = None
    d: int | None = None
    weight: int
    points: int


class Result(KeptPart):
    """Points in hundredths, None where there is nothing to assess; the grade, and the place among its kind.

    Units with the same score share a place. `is_vetoed` says that the grade is kept down; `approved_on` when the list
    was approved.
    """

    score: int | None = None
    grade: Grade | None = None
    rank: int | None = None
    among: int = 0
    is_vetoed: bool = False
    approved_on: date | None = None
    terms: tuple[Term, ...] = ()

    @property
    def by_indicators(self) -> int:
        """Points of a hundred, before what is deducted and added."""
        return sum(one.points for one in self.terms if one.indicator.is_weighted)

    @property
    def adjusted(self) -> int:
        """What deductions and bonuses come to."""
        return sum(one.points for one in self.terms if not one.indicator.is_weighted)
