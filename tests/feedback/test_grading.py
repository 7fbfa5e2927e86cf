"""Grades: by bounds that a scheme sets, excellent as far as the share of the kind goes, kept down by a veto."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from services.feedback.assessment.grading import graded
from services.feedback.assessment.model import AssessedBy
from shared.events.assessment import Grade

SCORES = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(0, 110_00), max_size=40)
BEST_FIRST = list(Grade)


def scheme(share: int = 30) -> AssessedBy:
    return AssessedBy(
        effective_from=date(2018, 1, 1),
        indicators=(),
        excellent_from=90,
        good_from=80,
        passing_from=60,
        excellent_share=share,
        quarterly=False,
    )


@given(SCORES, st.integers(0, 100), st.data())
def test_no_more_are_excellent_than_their_share(scores: dict[str, int], share: int, data: st.DataObject) -> None:
    vetoed = data.draw(st.sets(st.sampled_from(sorted(scores)))) if scores else set()
    found = graded(scores, scheme(share), vetoed)
    excellent = [code for code, place in found.items() if place.grade is Grade.EXCELLENT]
    assert len(excellent) * 100 <= len(scores) * share
    assert all(scores[code] >= 90_00 and code not in vetoed for code in excellent)
    assert all(BEST_FIRST.index(found[code].grade) >= BEST_FIRST.index(Grade.PASSING) for code in vetoed)


@given(SCORES)
def test_whoever_has_more_points_is_never_graded_or_placed_lower(scores: dict[str, int]) -> None:
    found = graded(scores, scheme(), ())
    for one, points in scores.items():
        for other, fewer in scores.items():
            if points > fewer:
                assert found[one].rank < found[other].rank
                assert BEST_FIRST.index(found[one].grade) <= BEST_FIRST.index(found[other].grade)
            elif points == fewer:
                assert found[one] == found[other]


def test_bounds_are_reached_to_the_hundredth() -> None:
    points = {"a": 90_00, "b": 89_99, "c": 80_00, "d": 79_99, "e": 60_00, "f": 59_99}
    found = graded(points, scheme(), ())
    assert [found[code].grade for code in "abcdef"] == [
        Grade.EXCELLENT,
        Grade.GOOD,
        Grade.GOOD,
        Grade.PASSING,
        Grade.PASSING,
        Grade.FAILING,
    ]
    assert [found[code].rank for code in "abcdef"] == [1, 2, 3, 4, 5, 6]


def test_equal_scores_for_which_the_share_does_not_go_are_good_all_of_them() -> None:
    points = {"a": 99_00, "b": 95_00, "c": 95_00, **{f"d{n}": 70_00 for n in range(4)}}
    found = graded(points, scheme(), ())
    assert [found[code].grade for code in "abc"] == [Grade.EXCELLENT, Grade.GOOD, Grade.GOOD]
    assert [found[code].rank for code in ("a", "b", "c", "d0")] == [1, 2, 2, 4]


def test_a_veto_leaves_its_place_to_the_next() -> None:
    points = {"a": 99_00, "b": 95_00, **{f"d{n}": 50_00 for n in range(2)}}
    found = graded(points, scheme(), {"a", "d0"})
    assert (found["a"].grade, found["b"].grade, found["d0"].grade) == (Grade.PASSING, Grade.EXCELLENT, Grade.FAILING)
    assert found["a"].rank == 1


def test_bounds_and_share_are_the_schemes() -> None:
    lower = scheme(100).model_copy(update={"excellent_from": 50, "good_from": 40, "passing_from": 10})
    found = graded({"a": 55_00, "b": 45_00, "c": 9_99}, lower, ())
    assert [found[code].grade for code in "abc"] == [Grade.EXCELLENT, Grade.GOOD, Grade.FAILING]
