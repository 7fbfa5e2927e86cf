"""Who may be nominated (资格): nothing was found against the organisation, and its last year did not fail."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from services.feedback.assessment.model import Assessed
from services.feedback.placing.model import LedgerFact
from services.feedback.reports import periods
from shared.database.documents import COUNTS, Need, Query
from shared.events import Event
from shared.events.assessment import Grade
from shared.events.feedback import NominateForAward
from shared.events.inspection import IncidentClosed, IncidentClosingWithdrawn
from shared.pipeline.decisions import Refused, State


def eligibility_needs(event: Event[NominateForAward]) -> Iterator[Need]:
    """Which incidents of the organisation were closed in the year, and how the years before were graded."""
    yield _closings(event)
    yield _years(event)


def not_eligible(state: State, event: Event[NominateForAward], period: str) -> Refused | None:
    """An incident was found founded in the award's period so far, or the last year that was approved is 不合格."""
    here, months = event.organisation, periods.months_of(period)
    closed = [one for one in state.find(LedgerFact, _closings(event).filter) if one.month in months]
    if founded := founded_incident(closed):
        day, kind = founded
        return Refused("incident-in-the-year", organisation=here, day=day, matter=kind, period=period)
    years = state.find(Assessed, _years(event).filter)
    last = max(years, key=lambda one: one.period, default=None)
    if last and last.result.grade is Grade.FAILING:
        return Refused("graded-failing", organisation=here, period=last.period)
    return None


def founded_incident(facts: Iterable[LedgerFact]) -> tuple[date, str] | None:
    """The day and kind of the last incident that stands as founded: more often found so than that was taken back.

    A fact that takes another back bears its time, so that no order tells which of them came last.
    """
    found: Counter[str] = Counter()
    last: dict[str, tuple[date, str]] = {}
    for one in facts:
        match one.fact:
            case IncidentClosingWithdrawn(incident=incident, upheld=True):
                found[incident] -= 1
            case IncidentClosed(incident=incident, kind=kind, upheld=True):
                found[incident] += 1
                last[incident] = max(last.get(incident, (one.day, "")), (one.day, kind.value))
    return max((last[incident] for incident, times in found.items() if times > 0), default=None)


def _closings(event: Event[NominateForAward]) -> Query:
    year, types = event.day.year, [IncidentClosed.type, IncidentClosingWithdrawn.type]
    of_year = {"$gte": f"{year}-01", "$lte": f"{year}-12"}
    return Query(LedgerFact, {"organisation": event.organisation, "month": of_year, "type": {"$in": types}})


def _years(event: Event[NominateForAward]) -> Query:
    """Those that were approved and are over."""
    before = {"$in": [str(year) for year in range(event.day.year - 5, event.day.year)]}
    return Query(Assessed, {"organisation": event.organisation, "period": before, "is_approved": True, **COUNTS})
