"""What a scheme of assessment may not say, whoever adopts it: its rule refuses it, its form says so at the field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services.feedback.assessment.figures import COUNTS, DIVISORS, FIGURES
from shared.events.assessment import MOST_ADJUSTED, AdoptAssessmentScheme, Indicator, ScoringWay
from shared.events.reasonable import Unreasonable
from shared.events.vocabulary import OrganisationKind


def unfit(asked: AdoptAssessmentScheme) -> Unreasonable | None:
    """The first of: its day, an indicator, what indicators of a kind come to, the bounds of grades."""
    return next(_unfit(asked), None)


def _unfit(asked: AdoptAssessmentScheme) -> Iterator[Unreasonable]:
    if (asked.effective_from.month, asked.effective_from.day) != (1, 1):
        yield Unreasonable("effective_from", "scheme-not-from-new-year", {"effective_from": asked.effective_from})
    for n, one in enumerate(asked.indicators):
        if said := _unfit_indicator(one, asked.indicators[:n]):
            field, slug = said
            yield Unreasonable(f"indicators.{n}.{field}", slug, {"title": one.name})
    for kind in OrganisationKind:
        yield from _unfit_kind(kind, asked.indicators)
    if not asked.excellent_from > asked.good_from > asked.passing_from:
        yield Unreasonable("good_from", "grades-out-of-order", {})


def _unfit_indicator(one: Indicator, before: Sequence[Indicator]) -> tuple[str, str] | None:
    if any((other.name, other.applies_to) == (one.name, one.applies_to) for other in before):
        return "name", "indicator-listed-twice"
    if one.figure not in FIGURES:
        return "figure", "figure-unknown"
    if one.divided_by is not None and (one.figure not in COUNTS or one.divided_by not in DIVISORS):
        return "divided_by", "not-a-quotient"
    return ("target", "target-is-floor") if one.target == one.floor else None


def _unfit_kind(kind: OrganisationKind, indicators: Sequence[Indicator]) -> Iterator[Unreasonable]:
    """Weights come to a hundred points, deductions and bonuses to ten at most."""
    mine = [one for one in indicators if one.applies_to is kind]
    points = sum(one.weight for one in mine if one.is_weighted)
    if mine and points != 100:
        yield Unreasonable("indicators.0.weight", "weights-not-hundred", {"kind": kind, "points": points})
    for way in (ScoringWay.DEDUCT, ScoringWay.BONUS):
        adjusted = sum(one.weight for one in mine if one.way is way)
        if adjusted > MOST_ADJUSTED:
            said = {"kind": kind, "points": adjusted, "most": MOST_ADJUSTED}
            yield Unreasonable("indicators.0.weight", "adjustments-beyond-most", said)
