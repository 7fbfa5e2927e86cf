"""Points of a unit from its figures, by a scheme's indicators: whole hundredths, reckoned exactly, halves upwards."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from services.feedback.assessment.figures import Quotient, hundredths, quotient
from services.feedback.assessment.result import Term
from services.feedback.measures.catalogue import Measures
from shared.events.assessment import Indicator, ScoringWay, Without

HUNDRED = 100_00
"""All points, in hundredths."""


def terms_of(indicators: Sequence[Indicator], measures: Measures, places: int | None) -> tuple[Term, ...]:
    """Each indicator with what a unit has of it and the points that it gets, in the order of the scheme."""
    found = [quotient(one, measures, places) for one in indicators]
    worth = weights(indicators, [one is not None for one in found])
    return tuple(_term(*each) for each in zip(indicators, found, worth, strict=True))


def score_of(terms: Sequence[Term]) -> int | None:
    """The sum of the points as they are printed, never below zero; None where nothing was worth any."""
    if not any(one.weight for one in terms if one.indicator.is_weighted):
        return None
    return max(0, sum(one.points for one in terms))


def weights(indicators: Sequence[Indicator], has_figure: Sequence[bool]) -> list[int]:
    """In hundredths. What has no figure and is spread leaves its weight to the others in proportion to theirs.

    These come to a hundred points exactly: what is left over by rounding down goes to the largest remainders, the first
    of equal ones. Deductions and bonuses keep theirs.
    """
    pairs = zip(indicators, has_figure, strict=True)
    stays = [one.is_weighted and (has or one.without is not Without.SPREAD) for one, has in pairs]
    whole = sum(one.weight for one, is_in in zip(indicators, stays, strict=True) if is_in)
    if not whole:
        return [0 if one.is_weighted else one.weight * 100 for one in indicators]
    exact = [HUNDRED * one.weight if is_in else 0 for one, is_in in zip(indicators, stays, strict=True)]
    floors = [one // whole for one in exact]
    by_remainder = sorted(range(len(exact)), key=lambda n: (-(exact[n] % whole), n))
    for n in by_remainder[: HUNDRED - sum(floors)]:
        floors[n] += 1
    return [one.weight * 100 if not one.is_weighted else worth for one, worth in zip(indicators, floors, strict=True)]


def share(indicator: Indicator, reads: Fraction) -> Fraction:
    """How much of its points a figure gets: none at the floor, all at the target, never more; of steps whole ones."""
    span = indicator.target - indicator.floor
    part = min(Fraction(1), max(Fraction(0), (reads - indicator.floor) / span))
    if indicator.way is ScoringWay.STEPS:
        return Fraction(int(part * indicator.steps), indicator.steps)
    return part


def half_up(amount: Fraction) -> int:
    """Of what is not below zero: 12.345 points are 12.35."""
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def _term(indicator: Indicator, found: Quotient | None, worth: int) -> Term:
    n, d = found or (None, None)
    points = half_up(worth * _share(indicator, found))
    signed = -points if indicator.way is ScoringWay.DEDUCT else points
    return Term(indicator=indicator, n=n, d=d, weight=worth, points=signed)


def _share(indicator: Indicator, found: Quotient | None) -> Fraction:
    """Without a figure nothing is deducted or added; other points are all there, or none."""
    if found is not None:
        return share(indicator, hundredths(indicator.figure, found))
    return Fraction(indicator.is_weighted and indicator.without is Without.FULL)
