"""Whatever is asked of a finding in whatever order, and however late it is learnt, the facts tell what is kept."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from services.inspection.rectifications.model import DONE, Rectification, Stage, What
from services.inspection.rectifications.rules.rounds import STEPS_KEPT
from tests.asking import COUNTY, NEIGHBOUR, STATION, TOWNSHIP
from tests.inspection.rectifying import FINDING, Case, Facts, patrol

ASKING = st.sampled_from([STATION, TOWNSHIP, COUNTY, NEIGHBOUR])
DOING = st.sampled_from([STATION, STATION, STATION, TOWNSHIP])
JUDGING = st.sampled_from([TOWNSHIP, TOWNSHIP, COUNTY, COUNTY, STATION, NEIGHBOUR])
"""Mostly whoever may, so that lives get far."""
AGO = st.sampled_from([0, 0, 0, 1, 2, 4, 8])
"""Days after which something is learnt."""


class Life(RuleBasedStateMachine):
    """One finding from the 5th of March 2018 on; time only goes on, but things are learnt days after they happened."""

    def __init__(self) -> None:
        super().__init__()
        self.case = Case()
        self.today = date(2018, 3, 5)
        self.n = 0

    def _at(self, ago: int) -> str:
        self.n += 1
        return f"{self.today - timedelta(days=ago)}T{9 + self.n % 8:02}:{self.n % 60:02}"

    def _before(self) -> Rectification:
        return self.case.it

    def _judged(self, outcome: Facts | str, before: Rectification, by: str) -> None:
        """Nobody who did the work, and nobody beside it, was let judge it."""
        if not isinstance(outcome, str):
            assert by in (TOWNSHIP, COUNTY)
            assert by not in (before.organisation, before.submitted_by)

    @rule(ago=AGO, by=DOING)
    def accepts(self, ago: int, by: str) -> None:
        self.case.accepts(self._at(ago), by)

    @rule(ago=AGO, by=DOING)
    def submits(self, ago: int, by: str) -> None:
        self.case.submits(self._at(ago), by)

    @rule(ago=AGO, by=JUDGING)
    def verifies(self, ago: int, by: str) -> None:
        before = self._before()
        self._judged(self.case.verifies(self._at(ago), by), before, by)

    @rule(ago=AGO, by=JUDGING)
    def sends_back(self, ago: int, by: str) -> None:
        before = self._before()
        self._judged(self.case.sends_back(self._at(ago), by), before, by)

    @rule(ago=AGO, by=JUDGING)
    def reopens(self, ago: int, by: str) -> None:
        before = self._before()
        outcome = self.case.reopens(self._at(ago), by)
        self._judged(outcome, before, by)
        assert isinstance(outcome, str) or before.stage is Stage.VERIFIED

    @rule(ago=AGO, by=JUDGING, days=st.integers(1, 9))
    def extends(self, ago: int, by: str, days: int) -> None:
        before = self._before()
        outcome = self.case.extends(self._at(ago), days, by)
        self._judged(outcome, before, by)
        assert isinstance(outcome, str) or self.case.it.deadline > before.deadline

    @rule(ago=AGO, by=st.sampled_from([TOWNSHIP, COUNTY]), is_there=st.booleans())
    def is_looked_at_again(self, ago: int, by: str, is_there: bool) -> None:
        again = patrol(*[FINDING] * is_there, reinspects=self.case.id)
        self.case.says(again, self._at(ago), by, n=self.n)

    @rule(days=st.integers(1, 9))
    def time_goes_on(self, days: int) -> None:
        for _ in range(days):
            self.today += timedelta(days=1)
            self.case.looks(f"{self.today}")
            assert self.case.looks(f"{self.today}") == ()

    @precondition(lambda self: self.case.it.stage is Stage.VERIFIED)
    @rule()
    def a_month_goes_on(self) -> None:
        self.time_goes_on(32)
        assert self.case.it.stage is Stage.CLOSED

    @precondition(lambda self: self.case.it.stage is Stage.CLOSED)
    @rule(by=ASKING)
    def nothing_moves_what_is_closed(self, by: str) -> None:
        before = self.case.it
        asked = (self.case.submits, self.case.verifies, self.case.sends_back, self.case.reopens, self.case.accepts)
        assert all(isinstance(ask(self._at(0), by), str) for ask in asked)
        assert self.case.it == before

    @invariant()
    def the_facts_tell_what_is_kept(self) -> None:
        kept = self.case.kept(Rectification)
        done = [one for one in kept if one.stage in DONE]
        assert self._sums() == {
            "rectifications-completed": len(done),
            "rectified-on-time.d": len(done),
            "rectified-on-time.n": sum(bool(one.on_time) for one in done),
            "rectified-late": sum(not one.on_time for one in done),
            "rectifications-overdue": sum(one.ever_overdue for one in kept),
            "rectifications-escalated": sum(one.escalations for one in kept),
            "rectifications-sent-back": sum(one.sent_back for one in kept),
            "rectifications-reopened": sum(one.reopened for one in kept),
        }

    def _sums(self) -> dict[str, Any]:
        names = ("completed", "overdue", "sent-back", "reopened")
        mine = (*(f"rectifications-{name}" for name in names), "rectified-on-time.d", "rectified-on-time.n")
        sums = {name: self.case.sum(name) for name in (*mine, "rectified-late")}
        return sums | {"rectifications-escalated": self.case.sum("rectifications-escalated", TOWNSHIP)}

    @invariant()
    def work_that_waits_or_is_done_is_not_escalated_further(self) -> None:
        one = self.case.it
        assert one.look is None or one.stage is not Stage.CLOSED
        assert len(one.steps) <= STEPS_KEPT
        assert one.steps[0].what is What.OPENED


LIVES = Life.TestCase
LIVES.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
