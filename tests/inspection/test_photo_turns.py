"""Photos are looked at in turn: of each other organisation at most one is looked at while one waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

from hypothesis import given
from hypothesis import strategies as st

from services.inspection.photos.turns import Turns

CODES = ("A", "B", "C", "D")
ARRIVALS = st.lists(st.lists(st.sampled_from(CODES), max_size=12), min_size=1, max_size=40)
"""Before each turn the organisations of which a photo more is there."""
Next = Callable[[Mapping[str, int]], str | None]


def longest_passed(arrivals: list[list[str]], next_of: Next) -> int:
    """The most photos of one organisation that were looked at while another waited."""
    waiting: dict[str, list[int]] = {code: [] for code in CODES}
    passed: dict[str, Counter[str]] = {code: Counter() for code in CODES}
    longest = sequence = 0
    for came in arrivals:
        for code in came:
            sequence += 1
            waiting[code].append(sequence)
        served = next_of({code: mine[0] for code, mine in waiting.items() if mine})
        if served is None:
            continue
        waiting[served].pop(0)
        passed[served].clear()
        for other in CODES:
            if other != served and waiting[other]:
                passed[other][served] += 1
                longest = max(longest, passed[other][served])
    return longest


@given(ARRIVALS)
def test_nobody_is_passed_twice_by_the_same(arrivals: list[list[str]]) -> None:
    assert longest_passed(arrivals, Turns().next) <= 1


def test_control_in_the_order_in_which_they_came_one_waits_for_all_of_another() -> None:
    def in_their_order(first: Mapping[str, int]) -> str | None:
        return min(first, key=lambda code: first[code]) if first else None

    arrivals = [["A"] * 10 + ["B"], *([[]] * 10)]
    assert (longest_passed(arrivals, in_their_order), longest_passed(arrivals, Turns().next)) == (10, 1)


def test_those_that_were_never_served_come_in_the_order_of_their_photos() -> None:
    turns = Turns()
    assert [turns.next({"B": 1, "A": 2}), turns.next({"B": 3, "A": 2}), turns.next({})] == ["B", "A", None]
