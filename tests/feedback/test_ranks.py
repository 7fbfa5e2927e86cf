"""A rank is told where it is fair: by score, among three at least, equal places for what reads equal."""

from __future__ import annotations

from typing import Any

import pytest

from services.feedback.measures.catalogue import finished
from services.feedback.reports.model import Rank
from services.feedback.reports.peers import rank


def scored(hundredths: int, times: int = 1) -> dict[str, Any]:
    return finished({"add": {"score": {"n": hundredths * times, "d": times}}})


UNSCORED = finished({"add": {}})


@pytest.mark.parametrize(
    ("own", "others", "expected"),
    [
        (9500, (9600, 9400), Rank(place=2, among=3)),
        (9500, (9500, 9400), Rank(place=1, among=3)),
        (9400, (9500, 9500), Rank(place=3, among=3)),
        (9500, (9400, 9300, 9600, 9600), Rank(place=3, among=5)),
        (9500, (9400,), None),
    ],
)
def test_a_place_is_one_more_than_how_many_are_better(own: int, others: tuple[int, ...], expected: Rank | None) -> None:
    mine = scored(own)
    assert rank(mine, [mine, *map(scored, others)]) == expected


def test_who_has_no_score_is_not_ranked_and_is_not_among_those_who_are() -> None:
    mine = scored(9500)
    assert rank(UNSCORED, [UNSCORED, mine, mine, mine]) is None
    assert rank(mine, [mine, UNSCORED, UNSCORED, scored(9400)]) is None
    assert rank(mine, [mine, UNSCORED, scored(9400), scored(9300)]) == Rank(place=1, among=3)


def test_what_reads_equal_is_equal() -> None:
    mine, other = finished({"add": {"score": {"n": 28_501, "d": 3}}}), scored(9500)
    assert mine["score"]["value"] != other["score"]["value"]
    assert rank(other, [other, mine, scored(9000)]) == Rank(place=1, among=3)
