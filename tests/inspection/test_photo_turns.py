"""Photos are looked at in turn: of each other organisation at most one is looked at while one waits, or as many as keep
the processor no longer than one's own."""

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


LONG, SHORT = 10.0, 0.2
"""Seconds of a photo that is made to spin, and of a phone's."""


def seconds_until_answered(turns: Turns, weighs: bool) -> float:
    """Of a form's nine photos that come while another sends one after the other that spins."""
    seconds, mine = 0.0, list(range(100, 109))
    turns.next({"spins": 0})
    turns.took("spins", LONG if weighs else 0.0)
    for n in range(1, 100):
        code = turns.next({"spins": n, **({"mine": mine[0]} if mine else {})})
        assert code is not None
        took = LONG if code == "spins" else SHORT
        seconds += took
        turns.took(code, took if weighs else 0.0)
        if code == "mine":
            mine.pop(0)
        if not mine:
            return seconds
    raise AssertionError("never answered")


def test_whose_photos_keep_a_processor_long_waits_until_others_have_had_as_much() -> None:
    assert seconds_until_answered(Turns(), weighs=True) < LONG


def test_control_with_turns_that_all_weigh_the_same_each_of_them_waits_for_one_that_spins() -> None:
    assert seconds_until_answered(Turns(), weighs=False) > 7 * LONG


def test_who_took_long_has_its_turn_again_when_each_other_has_had_as_much_and_at_once_when_nobody_waits() -> None:
    turns = Turns()
    turns.next({"spins": 0})
    turns.took("spins", LONG)
    before = 0
    while turns.next({"spins": 1, "mine": 2}) == "mine":
        turns.took("mine", SHORT)
        before += 1
    assert LONG / SHORT / 2 < before <= LONG / SHORT
    turns.took("spins", LONG)
    assert turns.next({"spins": 3}) == "spins"


def test_who_sent_nothing_for_long_has_saved_no_turns_up() -> None:
    turns = Turns()
    for n in range(100):
        turns.next({"often": n})
        turns.took("often", SHORT)
    served = []
    for n in range(6):
        code = turns.next({"often": 100 + n, "seldom": 200 + n})
        assert code is not None
        turns.took(code, SHORT)
        served.append(code)
    assert served.count("often") >= 2
