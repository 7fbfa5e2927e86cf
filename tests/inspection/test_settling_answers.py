"""Days by which incidents are to be answered when the calendar becomes known or is corrected."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from services.feedback.measures.adding import added
from services.inspection.excellence.model.incidents import Incident, IncidentStage
from services.inspection.handlers import HANDLERS
from shared.calendar import forget, know
from shared.events import Fact
from shared.events.inspection import IncidentDueSettled, MarkUnanswered, SettleAnswerDays, UnansweredWithdrawn
from shared.notices import Notice
from shared.pipeline.decisions import About, Accepted
from tests.asking import COUNTY, HALL, OFFICE, Desk, asked, facts, roster
from tests.inspection.test_incidents import REPORT, answer

REPORTED = date(2026, 12, 28)
"""A Monday: by the decree alone five working days later is Tuesday 5 January 2027."""
LONGER = Notice(year=2027, off=tuple(date(2027, 1, n) for n in range(1, 6)))
"""Monday and Tuesday are off too."""
MOVED = Notice(year=2027, off=(date(2027, 1, 1),), worked=(date(2027, 1, 2),))


def reported() -> Desk:
    county = Desk(HANDLERS, roster())
    county.agrees(REPORT, OFFICE, f"{REPORTED}", by=HALL)
    return county


def settles(county: Desk, day: date) -> tuple[tuple[str, Fact], ...]:
    """What the clock's look at the days tells; a second look tells nothing."""
    event = asked(SettleAnswerDays(day=day), COUNTY, f"{day}T00:00")
    verdict = county.decides(event, county.kept(Incident))
    assert isinstance(verdict, Accepted)
    assert county.decides(event, county.kept(Incident)) == Accepted()
    return facts(verdict, COUNTY)


def marks(county: Desk, day: date) -> tuple[tuple[str, Fact], ...]:
    """The tick that marks what is unanswered; MongoDB's part of it is done here."""
    late = [one for one in county.kept(Incident) if one.stage is IncidentStage.REPORTED and one.due < day]
    verdict = county.decides(asked(MarkUnanswered(day=day), COUNTY, f"{day}T00:00"), late)
    assert isinstance(verdict, Accepted)
    return facts(verdict, COUNTY)


def test_a_provisional_day_is_settled_and_told_as_a_change() -> None:
    county = reported()
    incident = county.only(Incident)
    assert (incident.due, incident.provisional) == (date(2027, 1, 5), True)
    assert settles(county, date(2026, 12, 29)) == ()
    know([MOVED])
    settled = IncidentDueSettled(
        incident=incident.incident,
        kind=incident.kind,
        before=date(2027, 1, 5),
        due=date(2027, 1, 4),
        provisional=False,
    )
    assert settles(county, date(2026, 12, 30)) == ((OFFICE, settled),)
    assert not county.only(Incident).provisional


def test_a_mark_made_under_a_day_that_was_no_working_day_is_taken_back_as_of_when_it_was_made() -> None:
    county = reported()
    assert len(marks(county, date(2027, 1, 6))) == 1
    know([LONGER])
    event = asked(SettleAnswerDays(day=date(2027, 1, 7)), COUNTY, "2027-01-07T00:00")
    verdict = county.decides(event, county.kept(Incident))
    assert isinstance(verdict, Accepted)
    (withdrawn,) = [
        one for one in verdict.facts if isinstance(one, About) and isinstance(one.fact, UnansweredWithdrawn)
    ]
    assert withdrawn.time is not None
    assert withdrawn.time.date() == date(2027, 1, 6)
    assert county.only(Incident).stage is IncidentStage.REPORTED
    assert marks(county, date(2027, 1, 7)) == ()
    assert len(marks(county, date(2027, 1, 8))) == 1


@given(st.integers(0, 30), st.sampled_from([LONGER, MOVED]), st.integers(1, 20))
def test_figures_are_those_of_a_calendar_known_all_along(after: int, notice: Notice, known: int) -> None:
    """But for marks: an answer that was in time when it came is not marked afterwards, it only counts as late."""
    later, all_along = _figures(after, notice, known), _figures(after, notice, 0)
    if notice is MOVED:
        assert later.pop("incidents-unanswered", 0) <= all_along.pop("incidents-unanswered", 0)
    assert later == all_along


def _figures(after: int, notice: Notice, known: int) -> dict[str, int]:
    forget()
    total: dict[str, int] = {}
    county = reported()
    for n in range(1, 40):
        day = REPORTED + timedelta(days=n)
        if n >= known:
            know([notice])
        seen = [*settles(county, day), *marks(county, day)]
        if n == after:
            seen += county.agrees(answer(county), OFFICE, f"{day}")
        for _, fact in seen:
            for name, amount in added(fact).items():
                total[name] = total.get(name, 0) + amount
    forget()
    return {name: amount for name, amount in total.items() if amount}
