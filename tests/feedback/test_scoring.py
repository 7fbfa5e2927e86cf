"""Points: a hundred in all, never more for a worse figure, within their bounds, and the same as they are printed."""

from __future__ import annotations

import itertools
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from services.feedback.assessment.figures import COUNTS, DIVISORS, RATES, Quotient, hundredths
from services.feedback.assessment.scoring import HUNDRED, half_up, score_of, share, terms_of, weights
from services.feedback.measures.catalogue import MEASURES, Kind
from shared.events.assessment import Indicator, ScoringWay, Without
from tests.feedback.assessing import MANAGED, PUT_RIGHT, UPHELD, indicator

WEIGHTED = (ScoringWay.LINEAR, ScoringWay.STEPS)


@st.composite
def indicators(draw: Any) -> list[Indicator]:
    """Of one kind, whose weights come to a hundred; some adjust."""
    cuts = sorted(draw(st.sets(st.integers(1, 99), max_size=7)))
    bounds = [0, *cuts, 100]
    parts = [after - before for before, after in itertools.pairwise(bounds)]
    made = [draw(one(weight, WEIGHTED)) for weight in parts]
    adjusting = draw(st.lists(one(5, (ScoringWay.DEDUCT, ScoringWay.BONUS)), max_size=2))
    return [*made, *adjusting]


def one(weight: int, ways: tuple[ScoringWay, ...]) -> SearchStrategy[Indicator]:
    ends = st.lists(st.integers(0, 100_00), min_size=2, max_size=2, unique=True)
    return st.builds(
        lambda figure, way, steps, without, between: indicator(
            "指标", figure, weight, way=way, steps=steps, without=without, floor=between[0], target=between[1]
        ),
        st.sampled_from([name for name in RATES if MEASURES[name].unit == "%"]),
        st.sampled_from(ways),
        st.integers(1, 20),
        st.sampled_from(list(Without)),
        ends,
    )


def measured(found: dict[str, tuple[int, int]]) -> dict[str, Any]:
    none = {"n": 0, "d": 0, "value": None}
    return {name: {**none, "n": found[name][0], "d": found[name][1]} if name in found else none for name in RATES}


FIGURES = st.dictionaries(
    st.sampled_from(RATES), st.integers(1, 500).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d)))
)


@given(indicators(), FIGURES)
def test_what_can_be_reached_is_a_hundred_points_whoever_has_no_figure(
    scheme: list[Indicator], found: dict[str, tuple[int, int]]
) -> None:
    worth = weights(scheme, [one.figure in found for one in scheme])
    weighted = sum(points for one, points in zip(scheme, worth, strict=True) if one.is_weighted)
    has_any = any(one.is_weighted and (one.figure in found or one.without is not Without.SPREAD) for one in scheme)
    assert weighted == (HUNDRED if has_any else 0)


@given(indicators(), FIGURES)
def test_points_stay_within_what_they_can_be_and_add_up_as_printed(
    scheme: list[Indicator], found: dict[str, tuple[int, int]]
) -> None:
    terms = terms_of(scheme, measured(found), 1)
    score = score_of(terms)
    for term in terms:
        least, most = (-term.weight, 0) if term.indicator.way is ScoringWay.DEDUCT else (0, term.weight)
        assert least <= term.points <= most
    if score is not None:
        assert score == max(0, sum(term.points for term in terms))
        assert 0 <= score <= HUNDRED + 1000


@given(indicators(), st.integers(1, 300), st.data())
def test_a_better_figure_never_gets_fewer_points(scheme: list[Indicator], d: int, data: st.DataObject) -> None:
    """Towards the target is better; of a deduction worse."""
    one = scheme[0]
    less, more = sorted(data.draw(st.lists(st.integers(0, d), min_size=2, max_size=2)))
    low, high = (terms_of(scheme, measured({one.figure: (n, d)}), 1)[0].points for n in (less, more))
    assert (low <= high) if one.target > one.floor else (low >= high)


@given(st.fractions(min_value=0, max_value=200), st.integers(1, 20), st.booleans())
def test_a_share_is_nothing_at_the_floor_and_all_at_the_target(reads: Fraction, steps: int, is_falling: bool) -> None:
    ends = {"floor": 90_00, "target": 10_00} if is_falling else {"floor": 10_00, "target": 90_00}
    for way in ScoringWay:
        judged = indicator("指标", "score", 10, way=way, steps=steps, **ends)
        assert 0 <= share(judged, reads * 100) <= 1
        assert [int(share(judged, Fraction(end))) for end in (judged.floor, judged.target)] == [0, 1]


def test_halves_are_rounded_upwards() -> None:
    assert [half_up(Fraction(n, 10)) for n in (0, 4, 5, 14, 15, 25)] == [0, 0, 1, 1, 2, 3]


def test_steps_count_only_when_they_are_whole() -> None:
    quarters = indicator("指标", "rectified-on-time", 20, way=ScoringWay.STEPS, steps=4)
    shares = [share(quarters, Fraction(reads)) for reads in (24_99, 25_00, 74_99, 100_00)]
    assert shares == [0, Fraction(1, 4), Fraction(1, 2), 1]


def test_a_unit_is_explained_term_by_term() -> None:
    found = {"score": {"n": 180_00, "d": 2}, "rectified-on-time": {"n": 9, "d": 10}, "incidents-upheld": 2}
    terms = terms_of([MANAGED, PUT_RIGHT, UPHELD], found, 1)
    assert [(one.n, one.d, one.weight, one.points) for one in terms] == [
        (18000, 2, 6000, 4500),
        (9, 10, 4000, 3600),
        (2, 1, 500, -200),
    ]
    assert score_of(terms) == 79_00


@pytest.mark.parametrize(
    ("without", "expected"), [(Without.SPREAD, 75_00), (Without.FULL, 85_00), (Without.ZERO, 45_00)]
)
def test_what_nobody_could_do_is_spread_or_all_or_nothing(without: Without, expected: int) -> None:
    found = {"score": {"n": 90_00, "d": 1}, "rectified-on-time": {"n": 0, "d": 0}}
    other = PUT_RIGHT.model_copy(update={"without": without})
    assert score_of(terms_of([MANAGED, other], found, 1)) == expected


def test_where_there_is_no_figure_at_all_there_is_no_score() -> None:
    terms = terms_of([MANAGED, PUT_RIGHT, UPHELD], {"incidents-upheld": 0}, 1)
    assert (score_of(terms), [one.points for one in terms]) == (None, [0, 0, 0])


def test_thirds_come_to_a_hundred_points_all_the_same() -> None:
    three = [indicator(f"指标{n}", "score", weight) for n, weight in enumerate((20, 20, 20))]
    assert weights([*three, indicator("另一", "visits", 40)], [True, True, True, False]) == [3334, 3333, 3333, 0]


def test_figures_read_as_reports_print_them() -> None:
    assert hundredths("rectified-on-time", Quotient(49, 50)) == 98_00
    assert hundredths("score", Quotient(191_00, 2)) == 95_50
    assert hundredths("visits", Quotient(3, 2)) == 1_50
    assert hundredths("incidents-upheld", Quotient(2, 1)) == 2_00


def test_a_count_is_divided_by_another_or_by_places() -> None:
    heard = indicator("党课到课", "lesson-attendance", 10, divided_by="places", target=12_00)
    (term,) = terms_of([heard], {"lesson-attendance": 96}, 16)
    assert (term.n, term.d, term.points) == (96, 16, 50_00)
    (none,) = terms_of([heard], {"lesson-attendance": 96}, 0)
    assert none.n is None


def test_every_figure_that_is_offered_is_a_number() -> None:
    assert {MEASURES[name].kind for name in (*RATES, *COUNTS)}.isdisjoint({Kind.DISTRIBUTION})
    assert set(DIVISORS) - {"places"} <= set(COUNTS)
