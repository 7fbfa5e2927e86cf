"""What happened to a finding counts as of when it happened: learnt at once or weeks later, all figures are the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.inspection.rectifying import Case, Sums

FOUND, END = date(2018, 3, 5), date(2018, 7, 1)
ACTS = ("accepts", "submits", "submits", "verifies", "verifies", "sends_back", "reopens", "extends")
COURSES = st.lists(st.tuples(st.integers(0, 6), st.sampled_from(ACTS)), min_size=1, max_size=9)
"""Days after what came before, and what is done."""
BY_THE_CLOCK = ("rectifications-escalated", "escalations-received")
"""What the clock did it did; what is learnt later takes it back, and cannot do it in its stead."""

Deed = tuple[date, str]


class Learning:
    """A case and the clock that goes on beside it."""

    def __init__(self) -> None:
        self.case, self.today = Case(), FOUND

    def goes_on_to(self, day: date) -> None:
        """Every day's tick up to this one."""
        while self.today < day:
            self.today += timedelta(days=1)
            self.case.looks(self.today.isoformat())

    def learns(self, n: int, deed: Deed) -> bool:
        """Whether it was accepted."""
        day, act = deed
        return not isinstance(getattr(self.case, act)(f"{day}T10:{n:02}"), str)

    def sums(self) -> Sums:
        """Everything by day, when much later nothing more follows."""
        self.goes_on_to(END)
        return Sums({key: n for key, n in self.case.sums.items() if key[0] not in BY_THE_CLOCK})


def at_once(course: Sequence[tuple[int, str]]) -> tuple[list[tuple[int, Deed]], Sums]:
    """What was accepted when each was learnt on its day, and the figures that follow."""
    here, day, done = Learning(), FOUND, []
    for n, (gap, act) in enumerate(course):
        day += timedelta(days=gap)
        here.goes_on_to(day)
        if here.learns(n, (day, act)):
            done.append((n, (day, act)))
    return done, here.sums()


@settings(max_examples=200, deadline=None)
@given(COURSES, st.lists(st.integers(0, 12), min_size=9, max_size=9))
def test_when_it_is_learnt_changes_no_figure(course: list[tuple[int, str]], late: list[int]) -> None:
    done, sums = at_once(course)
    here = Learning()
    for (n, deed), days in zip(done, late, strict=False):
        here.goes_on_to(deed[0] + timedelta(days=days))
        if not here.learns(n, deed):
            return
    assert here.sums() == sums


def test_a_clock_that_slept_for_months_tells_the_same() -> None:
    done, sums = at_once([(1, "extends"), (6, "submits"), (0, "verifies"), (3, "reopens"), (5, "submits")])
    here = Learning()
    for n, deed in done:
        assert here.learns(n, deed)
    assert here.sums() == sums
    assert sums
