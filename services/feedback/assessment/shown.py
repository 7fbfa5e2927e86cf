"""A result as a document shows it: a sentence of score, grade and place, and each term as a line of words."""

from __future__ import annotations

from dataclasses import dataclass

from services.feedback.assessment.result import Result, Term
from services.feedback.assessment.words import (
    counted_text,
    formula_text,
    grade_state,
    points_text,
    rank_text,
    reads_text,
)
from services.feedback.reports import periods
from shared.dates import day_text


@dataclass(frozen=True, slots=True)
class ShownTerm:
    """An indicator: what was added up, how that reads, how it was reckoned, what it was worth and what came of it."""

    name: str
    counted: str
    reads: str
    formula: str
    weight: str
    points: str


@dataclass(frozen=True, slots=True)
class ShownResult:
    """Of a unit in a period."""

    sentence: str
    terms: tuple[ShownTerm, ...]


def shown_result(result: Result | None, period: str) -> ShownResult | None:
    """None of a document that bears no assessment."""
    return ShownResult(sentence(result, period), tuple(map(_shown, result.terms))) if result else None


def sentence(result: Result, period: str) -> str:
    """全年考核得分87.50分，等次为良好，在同类单位中列第5名（共17个）。经2019年1月8日书记办公会审定。"""
    now = periods.spoken(period).now
    if result.score is None:
        return f"{now}没有可以考核的数据，不评定等次。"
    kept_down = "（一票否决）" if result.is_vetoed else ""
    approved = f"经{day_text(result.approved_on)}书记办公会审定。" if result.approved_on else ""
    said = f"{now}考核得分{points_text(result.score)}分，等次为{grade_state(result).word}{kept_down}"
    return f"{said}，在同类单位中列{rank_text(result)}。{approved}"


def _shown(term: Term) -> ShownTerm:
    return ShownTerm(
        term.indicator.name,
        counted_text(term),
        reads_text(term),
        formula_text(term),
        points_text(term.weight),
        points_text(term.points),
    )
