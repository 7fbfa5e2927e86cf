"""Whatever is asked of a finding in whatever order, and however late it is learnt, the facts tell what is kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from services.inspection.rectifications.model import DONE, OPEN, TO_DO, Rectification, Stage, What
from services.inspection.rectifications.rules.recording import withdrawn
from services.inspection.rectifications.rules.rounds import STEPS_KEPT
from shared.calendar import china_day, due_after
from shared.events import Fact
from shared.pipeline.decisions import About
from tests.asking import COUNTY, NEIGHBOUR, STATION, TOWNSHIP
from tests.inspection.rectifying import FINDING, Case, Facts, Sums, kinds, patrol, summed

ASKING = st.sampled_from([STATION, TOWNSHIP, COUNTY, NEIGHBOUR])
DOING = st.sampled_from([STATION, STATION, STATION, TOWNSHIP])
JUDGING = st.sampled_from([TOWNSHIP, TOWNSHIP, COUNTY, COUNTY, STATION, NEIGHBOUR])
"""Mostly whoever may, so that lives get far."""
AGO = st.sampled_from([0, 0, 0, 1, 2, 4, 8])
"""Days after which something is learnt."""


FOUND = date(2018, 3, 5)


@dataclass
class Course:
    """What was accepted of one finding, each with its day: everything that the rate and the stock may depend on."""

    steps: list[tuple[date, str]] = field(default_factory=list)
    extensions: list[tuple[date, int]] = field(default_factory=list)

    def due(self) -> date:
        """Three working days, and those of every extension that was given before they were over."""
        due = due_after(FOUND, FINDING.rectify_within).day
        for day, more in sorted(self.extensions):
            due = due_after(due, more).day if day <= due else due
        return due

    def in_time(self, today: date) -> bool:
        """The work that stands now was submitted by then."""
        standing = [day for day, what in self.steps if what == "submitted"]
        sent_back = bool(self.steps) and self.steps[-1][1] == "sent back"
        return self.due() < today and bool(standing) and not sent_back and standing[-1] <= self.due()

    def is_open(self, at: date) -> bool:
        """At the end of a day: the last that had happened by then was no verification."""
        return [what for day, what in self.steps if day <= at][-1:] != ["verified"]


class Life(RuleBasedStateMachine):
    """One finding from the 5th of March 2018 on; time only goes on, but things are learnt days after they happened."""

    def __init__(self) -> None:
        super().__init__()
        self.case = Case()
        self.today = FOUND
        self.n = 0
        self.course = Course()

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
        self._takes("submitted", ago, self.case.submits(self._at(ago), by))

    @rule(ago=AGO, by=JUDGING)
    def verifies(self, ago: int, by: str) -> None:
        before = self._before()
        outcome = self._takes("verified", ago, self.case.verifies(self._at(ago), by))
        self._judged(outcome, before, by)

    @rule(ago=AGO, by=JUDGING)
    def sends_back(self, ago: int, by: str) -> None:
        before = self._before()
        outcome = self._takes("sent back", ago, self.case.sends_back(self._at(ago), by))
        self._judged(outcome, before, by)

    @rule(ago=AGO, by=JUDGING)
    def reopens(self, ago: int, by: str) -> None:
        before = self._before()
        outcome = self._takes("sent back", ago, self.case.reopens(self._at(ago), by))
        self._judged(outcome, before, by)
        assert isinstance(outcome, str) or before.stage is Stage.VERIFIED

    @rule(ago=AGO, by=JUDGING, days=st.integers(1, 9))
    def extends(self, ago: int, by: str, days: int) -> None:
        before = self._before()
        outcome = self.case.extends(self._at(ago), days, by)
        self._judged(outcome, before, by)
        if not isinstance(outcome, str):
            assert self.case.it.deadline > before.deadline
            self.course.extensions.append((self.today - timedelta(days=ago), days))

    def _takes(self, what: str, ago: int, outcome: Facts | str) -> Facts | str:
        if not isinstance(outcome, str):
            self.course.steps.append((self.today - timedelta(days=ago), what))
        return outcome

    @rule(ago=AGO, by=st.sampled_from([TOWNSHIP, COUNTY]), is_there=st.booleans())
    def is_looked_at_again(self, ago: int, by: str, is_there: bool) -> None:
        again = patrol(*[FINDING] * is_there, reinspects=self.case.id)
        outcome = self.case.says(again, self._at(ago), by, n=self.n)
        sent_back = {"rectification-sent-back", "rectification-reopened"}
        if not isinstance(outcome, str) and sent_back & set(kinds(outcome)):
            self._takes("sent back", ago, outcome)

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
        expected = {
            "rectifications-completed": len(done),
            "rectified-late": sum(not one.in_time for one in done),
            "rectifications-overdue": sum(one.ever_overdue for one in kept),
            "rectifications-escalated": sum(one.escalations for one in kept),
            "rectifications-sent-back": sum(one.sent_back for one in kept),
            "rectifications-reopened": sum(one.reopened for one in kept),
            "rectifications-open": sum(one.stage in OPEN for one in kept),
            "rectifications-open-overdue": sum(one.stage in TO_DO and one.marked is not None for one in kept),
        }
        assert {name: self.case.sum(name) for name in expected} == expected
        assert self.case.sum("escalations-received", TOWNSHIP) == expected["rectifications-escalated"]

    @invariant()
    def what_fell_due_is_what_its_steps_come_to_and_so_is_what_was_open_on_each_day(self) -> None:
        sums = summed(self._of_it())
        due = self.course.due()
        if self.case.it.fell_due is not None or due >= self.today:
            fell_due = Counter({("d", due): int(due < self.today), ("n", due): int(self.course.in_time(self.today))})
            assert {key: n for key, n in self._rate(sums).items() if n} == {key: n for key, n in fell_due.items() if n}
        for n in range((self.today - FOUND).days + 1):
            day = FOUND + timedelta(days=n)
            held = sum(n for (name, _, at), n in sums.items() if name == "rectifications-open" and at <= day)
            assert held == self.course.is_open(day)

    @invariant()
    def everything_of_it_can_be_taken_back_day_by_day(self) -> None:
        undone = withdrawn(self.case.it, self.case.it.since, STATION).facts
        dated = [
            (one.organisation, one.fact, china_day(one.time)) for one in undone if isinstance(one, About) and one.time
        ]
        assert len(dated) == len(undone)
        assert summed([*self._of_it(), *dated]) == {}

    def _of_it(self) -> list[tuple[str, Fact, date]]:
        return [one for one in self.case.heard if getattr(one[1], "rectification", "") == self.case.id]

    def _rate(self, sums: Sums) -> dict[tuple[str, date], int]:
        return {(name[-1], day): n for (name, _, day), n in sums.items() if name.startswith("rectified-on-time")}

    @invariant()
    def work_that_waits_or_is_done_is_not_escalated_further(self) -> None:
        one = self.case.it
        assert one.look is None or one.stage is not Stage.CLOSED
        assert len(one.steps) <= STEPS_KEPT
        assert one.steps[0].what is What.OPENED


LIVES = Life.TestCase
LIVES.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
