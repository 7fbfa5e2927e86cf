"""Due days that the calendar moves: provisional ones when their year's notice is known, others when it is corrected.

A tick asks, so that it does not matter how the calendar became known: by a notice, or by a release that has the year.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from services.greenchannel.model import Case
from services.greenchannel.rules import days_taken
from shared.calendar import CHINA, due_after
from shared.database.documents import COUNTS
from shared.events import Event
from shared.events.greenchannel import CaseDueSettled, CaseTimingRevised, SettleDueDays
from shared.pipeline.decisions import About, Accepted, Query, State, Verdict
from shared.roster.organisations import county_of

MOST = 500
"""Cases of each kind that one tick looks at, those due first first: the others are looked at before they are due."""
RECENT = timedelta(days=31)
"""How long after its due day an open case is still looked at for a corrected notice."""
NOON = time(12)


class Timing(NamedTuple):
    """Whether a case was done in time, and after how many working days."""

    on_time: bool
    working_days: int


def to_look_at(event: Event[SettleDueDays]) -> tuple[Query, Query]:
    """Provisional cases, completed ones too; and open ones whose due day is certain unless a notice is corrected."""
    day = event.data.day
    of_county = {"organisation": {"$regex": f"^{county_of(event.organisation)}"}}
    here = {**of_county, **COUNTS, "opened": {"$lt": day.isoformat()}}
    since = (day - RECENT).isoformat()
    certain = {**here, "completed": None, "provisional": False, "due": {"$gte": since}}
    return Query(Case, {**here, "provisional": True}, "due", MOST), Query(Case, certain, "due", MOST)


def settle_due_days(state: State, event: Event[SettleDueDays]) -> Verdict:
    """What is due otherwise than was told is told again; a second look changes nothing."""
    found = {one.id: one for query in to_look_at(event) for one in state.find(Case, query.filter)}
    settled = [settle(one) for one in found.values() if one.opened < event.data.day]
    changed = [one for one in settled if one is not None]
    return Accepted(tuple(case for case, _ in changed), tuple(fact for _, facts in changed for fact in facts))


def settle(case: Case) -> tuple[Case, tuple[About, ...]] | None:
    """The case as the calendar has it now, with what is to be told of it; None when that is what was told.

    One that was completed while its due day was provisional is judged again; under a certain one it stays as decided.
    """
    due = due_after(case.opened, case.limit_days)
    if (due.day, due.provisional) == (case.due, case.provisional) or (case.completed and not case.provisional):
        return None
    fact = CaseDueSettled(
        case=case.id.rsplit("/", 1)[1],
        process=case.process,
        before=case.due,
        due=due.day,
        provisional=due.provisional,
    )
    certain = case.having(due=due.day, provisional=due.provisional)
    judged, revised = _judged_again(case, certain)
    return judged, (About(case.organisation, fact), *revised)


def _judged_again(before: Case, case: Case) -> tuple[Case, tuple[About, ...]]:
    """As of the day of completion; what an earlier release told of it is told by its due day."""
    if case.completed is None:
        return case, ()
    now = Timing(case.completed <= case.due, days_taken(case, case.completed))
    said = Timing(
        case.completed <= before.due if before.on_time is None else before.on_time,
        now.working_days if before.working_days is None else before.working_days,
    )
    revised = (retimed(case, case.completed, said, now),) if said != now else ()
    return case.having(on_time=now.on_time, working_days=now.working_days), revised


def retimed(case: Case, completed: date, said: Timing, now: Timing) -> About:
    """The revision of a completed case's figures, in the month in which it was completed."""
    fact = CaseTimingRevised(
        case=case.id.rsplit("/", 1)[1],
        on_time=now.on_time,
        on_time_before=said.on_time,
        working_days=now.working_days,
        working_days_before=said.working_days,
    )
    return About(case.organisation, fact, datetime.combine(completed, NOON, CHINA))
