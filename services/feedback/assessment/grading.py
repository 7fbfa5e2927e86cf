"""Places and grades of the units of one kind by their scores: how many may be excellent, and what keeps one down."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

from services.feedback.assessment.model import AssessedBy
from shared.events.assessment import Grade


class Place(NamedTuple):
    """A unit's place among its kind, which those with the same score share, and its grade."""

    rank: int
    grade: Grade


def graded(scores: Mapping[str, int], scheme: AssessedBy, vetoed: Collection[str]) -> dict[str, Place]:
    """By unit; scores are hundredths of a point."""
    excellent = _excellent(scores, scheme, vetoed)
    ranks = {score: 1 + sum(other > score for other in scores.values()) for score in set(scores.values())}
    return {
        code: Place(ranks[score], _grade(score, scheme, code in excellent, code in vetoed))
        for code, score in scores.items()
    }


def _excellent(scores: Mapping[str, int], scheme: AssessedBy, vetoed: Collection[str]) -> frozenset[str]:
    """By score as far as the share of the kind goes, rounded down: of equal scores for which it does not, none."""
    able = {
        code: score for code, score in scores.items() if score >= scheme.excellent_from * 100 and code not in vetoed
    }
    most = len(scores) * scheme.excellent_share // 100
    beyond = sorted(able.values(), reverse=True)[most:]
    return frozenset(code for code, score in able.items() if not beyond or score > beyond[0])


def _grade(score: int, scheme: AssessedBy, is_excellent: bool, is_vetoed: bool) -> Grade:
    if score < scheme.passing_from * 100:
        return Grade.FAILING
    if is_vetoed or score < scheme.good_from * 100:
        return Grade.PASSING
    return Grade.EXCELLENT if is_excellent else Grade.GOOD
