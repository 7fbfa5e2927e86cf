"""What is left open and overdue as of any day: never fewer than none, never more overdue than open, in any course."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from services.inspection.rectifications.model import OPEN, TO_DO, Rectification
from tests.asking import STATION, TOWNSHIP, asked
from tests.inspection.rectifying import FINDING, Case, Facts, patrol

FOUND, END = date(2018, 3, 5), date(2018, 8, 1)
STEPS = ("accepts", "submits", "submits", "verifies", "sends_back", "reopens", "extends")
LOOKS_AGAIN = ("finds it again", "finds nothing")
ACTS = st.sampled_from((*STEPS, *LOOKS_AGAIN, "takes back", "takes back"))
COURSES = st.lists(st.tuples(ACTS, st.integers(0, 6), st.sampled_from((0, 0, 1, 3, 12))), min_size=1, max_size=10)
"""What is done, days after what came before, and days until it is learnt."""


class Course:
    """A case beside the clock; a step may be taken back once."""

    def __init__(self) -> None:
        self.case, self.today, self.done = Case(), FOUND, FOUND
        self.first, self.gone = self.case.last.key, set[str]()

    def goes_on_to(self, day: date) -> None:
        """Every day's tick up to this one."""
        while self.today < day:
            self.today += timedelta(days=1)
            self.case.looks(self.today.isoformat())

    def takes(self, n: int, act: str, gap: int, late: int) -> Facts | str:
        """What follows from it, learnt some days later."""
        self.done += timedelta(days=gap)
        self.goes_on_to(self.done + timedelta(days=late))
        at = f"{self.done}T10:{n:02}"
        if act in LOOKS_AGAIN:
            found = [FINDING] if act == LOOKS_AGAIN[0] else []
            return self.case.decides_on(asked(patrol(*found, reinspects=self.case.id), STATION, at, TOWNSHIP, n))
        return self._takes_back(f"{self.today}T10:{n:02}") if act == "takes back" else getattr(self.case, act)(at)

    def _takes_back(self, at: str) -> Facts | str:
        last = self.case.last
        if last.key in {self.first, *self.gone}:
            return "already-corrected"
        self.gone.add(last.key)
        return self.case.takes_back(last, at)


@settings(max_examples=60, deadline=None)
@given(COURSES)
def test_as_of_any_day_what_is_overdue_is_open_and_what_is_open_was_found(course: list[tuple[str, int, int]]) -> None:
    here = Course()
    for n, (act, gap, late) in enumerate(course):
        here.takes(n, act, gap, late)
    here.goes_on_to(END)
    case, kept = here.case, here.case.kept(Rectification)
    for day in sorted({day for _, _, day in case.sums}):
        overdue, still = (case.sum(f"rectifications-open{of}", until=day) for of in ("-overdue", ""))
        assert 0 <= overdue <= still <= len(kept), day
        assert case.sum("rectified-on-time.n", until=day) <= case.sum("rectified-on-time.d", until=day), day
        assert 0 <= case.sum("rectified-late", until=day) <= case.sum("rectifications-completed", until=day), day
    assert case.sum("rectifications-open") == sum(one.stage in OPEN for one in kept)
    late_ones = [one for one in kept if one.stage in TO_DO and one.deadline < here.today]
    assert case.sum("rectifications-open-overdue") == len(late_ones)


def test_an_extension_to_a_day_that_is_over_leaves_one_finding_overdue_once_in_the_month_before() -> None:
    case = Case()
    case.days("2018-03-06", "2018-04-03")
    case.extends("2018-04-03", days=2)
    case.days("2018-04-04", "2018-04-30")
    assert case.it.deadline == date(2018, 3, 12)
    months = [case.sum("rectifications-open-overdue", until=day) for day in (date(2018, 3, 31), date(2018, 4, 30))]
    assert months == [1, 1]
    assert case.sum("rectifications-overdue") == 1
