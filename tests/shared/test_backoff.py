"""Waits grow up to a limit, begin anew with each iterator, and are never everybody's at once."""

from __future__ import annotations

from itertools import islice

from shared.backoff import doubling, jittered


def test_a_wait_doubles_up_to_the_longest() -> None:
    assert list(islice(doubling(0.5, 60.0), 9)) == [0.5, 1, 2, 4, 8, 16, 32, 60, 60]


def test_a_jittered_wait_is_off_by_half_at_most_and_never_the_same_for_all() -> None:
    waits = {jittered(10.0) for _ in range(100)}
    assert len(waits) > 1
    assert all(5.0 <= wait <= 15.0 for wait in waits)
