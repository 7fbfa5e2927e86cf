"""A week that crosses a month, or in which a village moved: no rate exceeds 1, in whatever order looks are heard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from itertools import permutations

import pytest

from services.feedback.measures.adding import added
from services.inspection.handlers import HANDLERS
from services.inspection.patrols.model.patrols import Inspection
from services.inspection.patrols.rules.undoing import inspected, undo_inspection
from shared.database.documents import Document, Query
from shared.events import Fact
from shared.events.vocabulary import OrganisationKind
from shared.pipeline.decisions import About, Accepted, Consequence, Original, State
from shared.roster.organisations import Roster
from tests.asking import OTHER_TOWNSHIP, STATION, TOWNSHIP, Desk, asked, organisation, roster, standing
from tests.inspection.patrolling import BY_TOWNSHIPS, WEEKLY_SEEN

FRIDAY = BY_TOWNSHIPS.model_copy(update={"weekday": 5})
"""Due on the 1st of June: the week begins in May."""
VILLAGE = OrganisationKind.VILLAGE
MOVED = organisation(STATION, standing(VILLAGE, TOWNSHIP), standing(VILLAGE, OTHER_TOWNSHIP, date(2018, 6, 1)))
Look = tuple[str, str]
ACROSS_MONTHS = (("2018-05-30", TOWNSHIP), ("2018-05-31", TOWNSHIP), ("2018-06-01T18:00", TOWNSHIP))
ACROSS_TOWNSHIPS = (("2018-05-31", TOWNSHIP), ("2018-06-01", OTHER_TOWNSHIP), ("2018-06-01T18:00", OTHER_TOWNSHIP))


class Week(Desk):
    """What is heard of a week adds up by month and by whom it is about."""

    def __init__(self, known: Roster) -> None:
        super().__init__(HANDLERS, known)
        self.agrees(FRIDAY, at="2018-01-01")
        self.sums: Counter[tuple[str, str, str]] = Counter()

    def hears(self, look: Look) -> Original:
        """Of a township's look at a station."""
        event = asked(WEEKLY_SEEN, STATION, *look)
        verdict = self.decides(event)
        assert isinstance(verdict, Accepted)
        facts = tuple(self._counts(verdict.facts, STATION, event.time))
        return Original(event.id, event.key, event.type, look[1], STATION, event.time, accepted=True, facts=facts)

    def takes_back(self, original: Original) -> None:
        """What the database would find is all there is."""
        state = State(self.roster)
        for need in inspected(original):
            kept = self.kept(need.kind)
            if isinstance(need, Query):
                found = [one for one in kept if isinstance(one, Inspection) and not one.withdrawn]
                state.copy.load_found(need, [*found])
            else:
                state.copy.load([one for one in kept if one.id == need.id])
        verdict = undo_inspection(state, original)
        assert isinstance(verdict, Accepted)
        self.keeps(one for one in verdict.changes if isinstance(one, Document))
        assert [*self._counts(verdict.facts, STATION, original.time)]

    def _counts(self, facts: Iterable[Fact | About], here: str, at: datetime) -> Iterable[Consequence]:
        for fact in facts:
            about = fact if isinstance(fact, About) else About(here, fact)
            one = Consequence(about.fact, about.organisation, about.time or at, "")
            for name, amount in added(one.fact).items():
                self.sums[f"{one.time:%Y-%m}", one.organisation, name] += amount
            yield one

    @property
    def rates_hold(self) -> bool:
        """Of what is due so much is done, and no more of that in time."""
        return all(self._holds(month, whom) for month, whom, _ in [*self.sums])

    def _holds(self, month: str, whom: str) -> bool:
        of_both = ("patrols-on-time.n", "patrol-rate.n", "patrol-rate.d")
        in_time, done, due = (self.sums[month, whom, name] for name in of_both)
        return 0 <= in_time <= done <= due


ORDERS = [*permutations(ACROSS_MONTHS), *permutations(ACROSS_TOWNSHIPS)]


@pytest.mark.parametrize("looks", ORDERS, ids=lambda looks: "-".join(at[5:10] + at[10:13] for at, _ in looks))
def test_a_rate_is_never_above_one_also_when_looks_are_taken_back(looks: tuple[Look, ...]) -> None:
    for gone in (*permutations(range(3), 2), ()):
        week = Week(roster(MOVED) if OTHER_TOWNSHIP in dict(looks).values() else roster())
        heard = [week.hears(look) for look in looks]
        assert week.rates_hold
        for n in gone:
            week.takes_back(heard[n])
            assert week.rates_hold, (looks, gone)


def test_a_place_is_in_time_where_its_first_look_counts() -> None:
    week = Week(roster())
    for look in ACROSS_MONTHS:
        week.hears(look)
    assert week.sums["2018-05", TOWNSHIP, "patrols-on-time.n"] == week.sums["2018-05", TOWNSHIP, "patrol-rate.n"] == 1
    assert week.sums["2018-06", TOWNSHIP, "patrol-rate.d"] == 0
